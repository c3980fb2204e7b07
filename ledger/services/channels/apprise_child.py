"""Run as a program: one message through Apprise, its address read from standard input, one line of JSON as the answer.

A process of its own, since Apprise writes addresses to logs, takes the time it likes, resolves each name anew and
follows redirects. Here it can be killed, nothing it prints is kept, and every connection passes the guard: all names
are resolved through it, and the interpreter's own hook refuses every other address, socket and program.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from importlib import import_module
from typing import Any

from ledger.services.channels.apprise_guard import Guard
from ledger.services.channels.guarding import HostError, host_key
from ledger.services.channels.troubles import Trouble, of_exception

PATIENCE = 6.0
"""Seconds for a connection, and for each answer; the parent's limit is over all."""

PAUSE = 0.3
"""Seconds between two requests at most, where one message takes several; services have up to 5.5."""


def main() -> None:
    """Read ``{"url", "allowed", "title", "body"}``, and answer ``{"kind", "code"}``, or ``{}`` where it was taken."""
    answers = _silenced()
    told = json.loads(sys.stdin.buffer.read())
    guard = Guard(frozenset(told["allowed"]))
    try:
        trouble = _sent(told, guard)
    except Exception as problem:  # whatever a service's code raises: by its class alone
        trouble = guard.worst() or of_exception(problem)
    answer = {} if trouble is None else {"kind": trouble.kind, "code": trouble.code}
    os.write(answers, json.dumps(answer).encode("ascii"))
    os._exit(0)  # threads of a service may hang


def _silenced() -> int:
    """Send whatever is printed or logged nowhere; the handle on which to answer."""
    answers, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    logging.disable(logging.CRITICAL)
    return answers


def _sent(told: dict[str, Any], guard: Guard) -> Trouble | None:
    try:
        apprise: Any = import_module("apprise")
    except ImportError:
        return Trouble("missing")
    guard.install()
    asset = apprise.AppriseAsset(
        app_id="Forecast Ledger", storage_mode="memory", http_redirects=False, allow_templates=False, plugin_paths=[]
    )
    service = apprise.Apprise.instantiate(told["url"], asset=asset)
    if not service:
        return Trouble("address")
    if not _strict(service, guard):
        return Trouble("plain")
    if service.overflow_mode == apprise.OverflowMode.UPSTREAM:  # which the service would refuse
        service.overflow_mode = apprise.OverflowMode.SPLIT
    sender = apprise.Apprise(asset=asset)
    sender.add(service)
    taken = sender.notify(title=told["title"], body=told["body"], body_format=apprise.NotifyFormat.TEXT)
    return None if taken else guard.worst() or Trouble("failed")


def _strict(service: Any, guard: Guard) -> bool:
    """Undo what the address says of redirects and certificates; whether it is encrypted where it has to be."""
    mail = getattr(service, "smtp_host", None)
    allowed = guard.allows(_key(mail or getattr(service, "host", None) or ""))
    service.redirects = False
    service.verify_certificate = service.verify_certificate or not allowed
    service.request_rate_per_sec = min(service.request_rate_per_sec, PAUSE)
    service.socket_connect_timeout = service.socket_read_timeout = PATIENCE
    return allowed or getattr(service, "secure_mode", None) != "insecure"


def _key(host: str) -> str:
    try:
        return host_key(host)
    except HostError:
        return ""
