"""Real servers on the loopback interface: an HTTP one that answers as it is told, and one for mail."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from ledger.services.channels import Item, Message

Answer = Callable[[socket.socket], None]
NAME = "hook.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

MESSAGE = Message("2 due", ("Will it end? – due since Friday", "And that?"), (), "abc123")
HOSTILE = Message(
    "2 due\r\nBcc: thief@example.org\r\n\r\nbody",
    (
        "Will it?\r\n.\r\nMAIL FROM:<thief@example.org>\x1b]52;c;QUJD\x07\x00\u202e",
        "@everyone <!channel> <@U12345> [click](https://example.org) `code` <b>bold</b>",
        "x" * 10_000,
    ),
    (Item("due", 1, "a\r\nb", "t\r\n\x1b" + "y" * 10_000, 0, "Europe/Berlin", 0, "line"),),
    "abc\r\nX-Evil: 1",
)


def answering(status: int, *headers: str) -> Answer:
    """An answer with ``status``."""
    lines = [f"HTTP/1.1 {status} Said", "Content-Length: 0", *headers]
    return lambda connection: connection.sendall("\r\n".join([*lines, "", ""]).encode())


@dataclass
class Http:
    """What a server was sent, and how it answers."""

    answer: Answer = lambda connection: connection.sendall(OK)
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    port: int = 0

    def head(self) -> str:
        """The last request's head."""
        return self.requests[-1].partition(b"\r\n\r\n")[0].decode("latin-1")

    def body(self) -> bytes:
        """The last request's body."""
        return self.requests[-1].partition(b"\r\n\r\n")[2]


@contextmanager
def http_server(context: ssl.SSLContext | None = None, *, host: str = "127.0.0.1") -> Iterator[Http]:
    """Serve until the block ends."""
    found, listener = Http(), socket.create_server((host, 0))
    found.port = listener.getsockname()[1]
    if context is not None:
        context.sni_callback = lambda _socket, name, _context: found.names.append(name)

    def run() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            found.connections += 1
            threading.Thread(target=_serve, args=(found, connection, context), daemon=True).start()

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    try:
        yield found
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        worker.join(5)


def _serve(found: Http, plain: socket.socket, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), plain:
        plain.settimeout(20)
        connection = context.wrap_socket(plain, server_side=True) if context else plain
        with connection:
            found.requests.append(_request(connection))
            found.answer(connection)


def _request(connection: socket.socket) -> bytes:
    taken = b""
    while b"\r\n\r\n" not in taken:
        more = connection.recv(65_536)
        if not more:
            return taken
        taken += more
    head, _, body = taken.partition(b"\r\n\r\n")
    length = next(int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


@dataclass
class Mail:
    """What a mail server was sent; ``reply`` is its answer to each message."""

    port: int = 0
    reply: str = "250 OK"
    envelopes: list[Any] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message."""
        del server, session
        self.envelopes.append(envelope)
        return self.reply


class _Controller(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(**settings: Any) -> Iterator[Mail]:
    """Serve until the block ends."""
    found = Mail()
    controller = _Controller(found, hostname="127.0.0.1", port=0, **settings)
    controller.start()
    found.port = controller.port
    try:
        yield found
    finally:
        controller.stop()


def refusing_login(*_: Any) -> AuthResult:
    """An authenticator that takes nobody."""
    return AuthResult(success=False, handled=False)


def taking_login(*_: Any) -> AuthResult:
    """An authenticator that takes everybody."""
    return AuthResult(success=True)


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
