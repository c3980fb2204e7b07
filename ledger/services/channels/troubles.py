"""What can go wrong with a delivery, as a word and a number from which the line for people is made here.

Nothing of an exception's own text is told: those quote addresses, and with them secrets.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass

from ledger.services.channels.guarding import GuardError, HostError


@dataclass(frozen=True, slots=True)
class Trouble:
    """One failure: a kind of ``_SAID``, and the status that the server answered, if it did."""

    kind: str
    code: int | None = None

    def told(self) -> str:
        """As a part of a line for people."""
        said = _SAID.get(self.kind, _SAID["failed"])
        return said.format(code="an error" if self.code is None else self.code)


_SAID = {
    "address": "the service cannot read this address; compare it with the service's page in Apprise's documentation",
    "guarded": 'its host has an address that is not public; if that is meant, allow it by name: allow = ["host"]',
    "host": "its host is no name and no address in its usual form",
    "plain": 'it would be sent without encryption; use an encrypted one, or allow its host by name: allow = ["host"]',
    "unresolved": "its host name is not found",
    "refused": "the connection was refused",
    "unreachable": "its host cannot be reached",
    "time": "no answer in time",
    "certificate": "its certificate is not valid for this host",
    "encryption": "no encrypted connection could be made",
    "closed": "the connection was closed before an answer came",
    "answer": "it answered with something that is not HTTP, or with too much",
    "redirect": "it answered {code}, a redirect, which is never followed; give the address that it leads to",
    "login": "it does not take the user name or the token (it answered {code})",
    "status": "it answered {code}",
    "missing": "Apprise is not installed; install it with: pip install apprise",
    "failed": "the message was not taken",
}
KINDS = frozenset(_SAID)


def of_status(code: int) -> Trouble | None:
    """The trouble of an HTTP status; ``None`` for a success."""
    if 200 <= code < 300:
        return None
    return Trouble("redirect" if 300 <= code < 400 else "login" if code in {401, 403, 407} else "status", code)


_BY_CLASS: tuple[tuple[type[BaseException], str], ...] = (
    (HostError, "host"),
    (GuardError, "guarded"),
    (ssl.SSLCertVerificationError, "certificate"),
    (TimeoutError, "time"),
    (ssl.SSLError, "encryption"),
    (socket.gaierror, "unresolved"),
    (ConnectionRefusedError, "refused"),
    (ConnectionError, "closed"),
    (smtplib.SMTPServerDisconnected, "closed"),
    (smtplib.SMTPNotSupportedError, "encryption"),
    (OSError, "unreachable"),
)


def of_exception(problem: BaseException) -> Trouble:
    """The trouble of an exception, by its class alone."""
    if isinstance(problem, smtplib.SMTPResponseException):
        kind = "login" if isinstance(problem, smtplib.SMTPAuthenticationError) else "status"
        return Trouble(kind, problem.smtp_code)
    return Trouble(next((kind for one, kind in _BY_CLASS if isinstance(problem, one)), "failed"))
