"""The address of a channel, which holds secrets: it shows itself masked, wherever it is printed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ledger.services.channels.schemes import HOSTED, WEBHOOKS

LONGEST_ADDRESS = 4000
"""Characters; longer ones are refused, as no service needs them."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+]{0,30})://")
_NAME = re.compile(r"(?=.*[.])[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|localhost|\[[0-9a-f:.]+\]")


class Address:
    """A URL that prints itself masked: ``str`` and ``repr`` give its scheme and, where that is no secret, its host."""

    __slots__ = ("_url", "scheme", "shown")

    def __init__(self, url: str) -> None:
        """Hold ``url`` as the user wrote it."""
        self._url = url
        found = _SCHEME.match(url)
        self.scheme = found[1].lower() if found else ""
        self.shown = _masked(url, self.scheme)

    def reveal(self) -> str:
        """The whole URL, for the one who connects; never for a message."""
        return self._url

    def __repr__(self) -> str:
        """The masked address."""
        return self.shown

    __str__ = __repr__


def _masked(url: str, scheme: str) -> str:
    """``scheme://…@host``; without the host where a token may stand in its place or parts cannot be told apart."""
    if not scheme:
        return "an address that is not shown"
    host = _host(url) if scheme in HOSTED or scheme in WEBHOOKS else ""
    return f"{scheme}://…@{host}" if host else f"{scheme}://…"


def _host(url: str) -> str:
    """The host, if it is plainly one; a password with an unescaped ``/``, ``?``, ``#`` or ``@`` makes it none."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    rest = url.partition("://")[2]
    told_apart = "@" in parts.netloc or "@" not in rest
    whole = f"[{host}]" if ":" in host else host
    return whole if told_apart and parts.netloc.count("@") <= 1 and _NAME.fullmatch(whole) else ""
