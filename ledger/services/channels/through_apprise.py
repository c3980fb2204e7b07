"""Mail, chats and pushes: handed to Apprise in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import ledger
from ledger.errors import DeliveryError
from ledger.services.channels import TIME_LIMIT, Message
from ledger.services.channels.addresses import Address
from ledger.services.channels.guarding import HostError, host_key
from ledger.services.channels.schemes import CHATS, PLAIN
from ledger.services.channels.troubles import KINDS, Trouble
from ledger.services.channels.words import body_lines, title_line, without_markup

_KEPT = (
    "PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TZ",
    "PYTHONHOME", "PYTHONPATH", "PYTHONUSERBASE", "LD_LIBRARY_PATH",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
)  # fmt: skip
"""Neither proxies, which would resolve names past the guard, nor the channels themselves."""

_PROGRAM = (  # our own folder comes last, so that nothing that lies beside us hides a module of Python's
    "import sys; sys.path.append(sys.argv.pop()); from ledger.services.channels.apprise_child import main; main()"
)


class ThroughApprise:
    """One of Apprise's services, by its URL."""

    def __init__(self, name: str, address: Address, allowed: Collection[str], *, limit: float = TIME_LIMIT) -> None:
        """Deliver to ``address``; hosts of ``allowed`` (``host_key``) may be private and unencrypted."""
        self.name, self._address, self._allowed, self._limit = name, address, allowed, limit

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"ThroughApprise({self.name!r}, {self._address})"

    def trouble(self) -> Trouble | None:
        """What is wrong with the address, as far as it is seen without Apprise."""
        if self._address.scheme not in PLAIN:
            return None
        return None if _hosts(self._address.reveal()) & set(self._allowed) else Trouble("plain")

    def deliver(self, message: Message) -> None:
        """Hand it over; raises ``DeliveryError``."""
        found = self._sent(message)
        if found is not None:
            raise DeliveryError(f"{self._address}: {found.told()}")

    def _sent(self, message: Message) -> Trouble | None:
        title, body = title_line(message), "\n".join(body_lines(message))
        if self._address.scheme in CHATS:
            title, body = without_markup(title), without_markup(body)
        told = {"url": self._address.reveal(), "allowed": sorted(self._allowed), "title": title, "body": body or title}
        try:
            return _read(self._answer(json.dumps(told).encode("ascii")))
        except subprocess.TimeoutExpired:
            return Trouble("time")
        except OSError:
            return Trouble("failed")

    def _answer(self, told: bytes) -> bytes:
        """What the process answers; the address goes by its standard input, which no list of processes shows."""
        own = str(Path(ledger.__file__).parent.parent)
        command = [sys.executable, "-P", "-W", "ignore", "-c", _PROGRAM, own]
        done = subprocess.run(  # noqa: S603 - ourselves
            command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(os.environ),
            timeout=self._limit, check=False,
        )  # fmt: skip
        return done.stdout


def _read(answer: bytes) -> Trouble | None:
    """The trouble that the process tells: a word of ours and a number, so that nothing else comes through."""
    try:
        told = json.loads(answer)
        kind, code = told.get("kind"), told.get("code")
    except (ValueError, AttributeError):
        return Trouble("failed")
    if kind is None:
        return None if told == {} else Trouble("failed")
    return Trouble(kind if kind in KINDS else "failed", code if isinstance(code, int) else None)


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    kept = {name: environ[name] for name in _KEPT if name in environ}
    return kept | {"NO_PROXY": "*", "NETRC": os.devnull}


def _hosts(url: str) -> set[str]:
    """The hosts that an address names: its own, and a mail server's."""
    try:
        parts = urlsplit(url)
        named = [parts.hostname or "", *parse_qs(parts.query).get("smtp", [])]
        return {host_key(one) for one in named if one}
    except (HostError, ValueError):
        return set()
