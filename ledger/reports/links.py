"""What becomes a link: web addresses and nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ledger.reports.cleaning import shown

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)


def web_address(url: str) -> str | None:
    """``url`` if it can stand in a link: ``http`` or ``https``, a host, nothing hidden, nothing to be escaped."""
    if not _ADDRESS.fullmatch(url) or shown(url) != url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.hostname and parts.username is None else None
