"""One POST to a pinned address: resolved once, checked, connected to by number, within one time limit for all of it."""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import cast

from ledger.services.channels.guarding import Resolver, permitted
from ledger.services.channels.troubles import Trouble, of_exception, of_status

MOST_ANSWERED = 65_536
"""Bytes that are read of an answer: its status and headers; its body is never needed."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to post to; prints none of it."""

    host: str = field(repr=False)
    """As ``host_key`` gives it."""
    port: int = field(repr=False)
    path: str = field(repr=False)
    secure: bool = True
    context: ssl.SSLContext | None = field(default=None, repr=False)


class _Answer(io.RawIOBase):
    """What a socket gives, up to a number of bytes and until a moment, however slowly it comes."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection, self._until, self._left = connection, until, MOST_ANSWERED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._left <= 0:
            raise HTTPException
        self._connection.settimeout(_remaining(self._until))
        taken = self._connection.recv_into(buffer[: self._left])
        self._left -= taken
        return taken

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode
        return io.BufferedReader(self)


def _remaining(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Posting:
    """One attempt, run in a thread of its own, so that nothing in it can outlast the limit."""

    def __init__(self, target: Target, allowed: Collection[str], resolve: Resolver, limit: float) -> None:
        """Prepare to post to ``target`` within ``limit`` seconds."""
        self._target, self._allowed, self._resolve = target, allowed, resolve
        self._until = time.monotonic() + limit
        self._connection: socket.socket | None = None
        self._trouble: Trouble | None = Trouble("time")

    def post(self, body: bytes, headers: Mapping[str, str]) -> Trouble | None:
        """Send ``body``; ``None`` where it was taken."""
        worker = threading.Thread(target=self._run, args=(body, headers), name="webhook", daemon=True)
        worker.start()
        worker.join(max(0.0, self._until - time.monotonic()))
        if not worker.is_alive():
            return self._trouble
        self._close()
        return Trouble("time")

    def _run(self, body: bytes, headers: Mapping[str, str]) -> None:
        try:
            self._trouble = of_status(self._exchange(body, headers))
        except OSError as problem:  # first: an invalid certificate is a ValueError as well
            self._trouble = of_exception(problem)
        except (HTTPException, ValueError):
            self._trouble = Trouble("answer")
        finally:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            with suppress(OSError):
                self._connection.close()

    def _exchange(self, body: bytes, headers: Mapping[str, str]) -> int:
        target = self._target
        addresses = permitted(target.host, target.port, self._allowed, self._resolve)
        self._connection = self._connected(addresses)
        if target.secure:
            context = target.context or ssl.create_default_context()
            self._connection = context.wrap_socket(self._connection, server_hostname=target.host)
        self._send(self._connection, body, headers)
        answer = HTTPResponse(cast("socket.socket", _Answer(self._connection, self._until)), method="POST")
        answer.begin()
        return answer.status

    def _connected(self, addresses: list[str]) -> socket.socket:
        """The first address that answers."""
        last: OSError = TimeoutError()
        for number, address in enumerate(addresses):
            patience = _remaining(self._until) / (len(addresses) - number)
            try:
                return socket.create_connection((address, self._target.port), timeout=patience)
            except OSError as problem:
                last = problem
        raise last

    def _send(self, connection: socket.socket, body: bytes, headers: Mapping[str, str]) -> None:
        kind = HTTPSConnection if self._target.secure else HTTPConnection
        client = kind(self._target.host, self._target.port)  # the Host header is of the name, not of the address
        client.auto_open, client.sock = 0, connection
        connection.settimeout(_remaining(self._until))
        client.request("POST", self._target.path, body=body, headers=dict(headers))
