"""What Apprise's process may connect to, and what became of its attempts."""

from __future__ import annotations

import smtplib
import socket
import ssl
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from ledger.services.channels.guarding import GuardError, is_public, permitted
from ledger.services.channels.troubles import Trouble, of_exception, of_status

_FORBIDDEN = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn"}
)
_REACHING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_TELLING = ("guarded", "host", "login", "redirect", "certificate", "status", "encryption")
"""The kinds that say most come first; of the others the first that was met."""


class Guard:
    """Every name is resolved through it, every connection asks it, every failure is noted by it."""

    def __init__(self, allowed: frozenset[str]) -> None:
        """Let hosts of ``allowed`` (``host_key``) have any address."""
        self._allowed = allowed
        self._approved: set[str] = set()
        self._noted: list[Trouble] = []

    def allows(self, host: str) -> bool:
        """Whether the user allowed ``host`` by name."""
        return host in self._allowed

    def worst(self) -> Trouble | None:
        """The failure that says most."""
        for kind in _TELLING:
            for one in self._noted:
                if one.kind == kind:
                    return one
        return self._noted[0] if self._noted else None

    def install(self) -> None:
        """Guard this process from now on; it cannot be undone."""
        self._resolving()
        noting: list[tuple[Any, str, Callable[[Any], None] | None]] = [
            (socket.socket, "connect", None),
            (ssl.SSLContext, "wrap_socket", None),
            (smtplib.SMTP, "getreply", self._replied),
            (smtplib.SMTP, "starttls", None),
            (smtplib.SMTP, "login", None),
            (import_module("requests.adapters").HTTPAdapter, "send", self._answered),
        ]
        for owner, name, answered in noting:
            self._watch(owner, name, answered)
        sys.addaudithook(self._audited)

    def _resolving(self) -> None:
        system = socket.getaddrinfo

        def guarded(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
            name = host.decode("ascii") if isinstance(host, bytes) else str(host)
            found: list[Any] = []

            def resolve(key: str, _: int) -> list[str]:
                found.extend(system(key, port, *rest, **named))
                return [str(entry[4][0]) for entry in found]

            try:
                self._approved.update(permitted(name, 0, self._allowed, resolve))
            except OSError as problem:
                self._note(of_exception(problem))
                raise
            return found

        socket.getaddrinfo = guarded

    def _watch(self, owner: Any, name: str, answered: Callable[[Any], None] | None) -> None:
        """Note what ``owner.name`` raises or answers."""
        original = getattr(owner, name)

        def watched(*args: Any, **named: Any) -> Any:
            try:
                answer = original(*args, **named)
            except BlockingIOError:
                raise
            except OSError as problem:
                self._note(Trouble("login") if name == "login" and not self._noted else of_exception(problem))
                raise
            if answered is not None:
                answered(answer)
            return answer

        setattr(owner, name, watched)

    def _note(self, trouble: Trouble | None) -> None:
        if trouble is not None:
            self._noted.append(trouble)

    def _answered(self, response: Any) -> None:
        self._note(of_status(int(response.status_code)))

    def _replied(self, reply: Any) -> None:
        code = int(reply[0])
        if code >= 400:
            self._note(Trouble("login" if code in {530, 534, 535} else "status", code))

    def _audited(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN:
            raise GuardError("no programs")
        if event in _REACHING:
            address = args[1]
            host = str(address[0]) if isinstance(address, tuple) else ""
            if host not in self._approved and not is_public(host):
                raise GuardError("not public")
