"""Instants: whole microseconds since 1970-01-01 UTC, and their RFC 3339 text.

All arithmetic on time is done on these integers, never on local times: two local times an hour apart
may be two hours apart, or the same instant told twice.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from ledger.domain.text import quoted
from ledger.errors import InputError

Instant = int
"""Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted; years 1 to 9999."""

SECOND: Instant = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
EARLIEST: Instant = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
LATEST: Instant = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND

_RFC3339 = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?P<fraction>\.[0-9]+)?(?P<offset>[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)


@lru_cache(maxsize=65_536)
def parse_rfc3339(text: str) -> Instant:
    """The instant that an RFC 3339 ``date-time`` names, such as ``2025-01-20T17:00:00Z``.

    The offset is required. A space or a small letter may stand for ``T``, as the standard allows. Raises
    :class:`InputError` for anything else: a day or an hour that does not exist, a leap second (``:60``, which
    no clock here counts), more than six digits of a second (they would be lost), a year outside 1 to 9999.
    """
    match = _RFC3339.fullmatch(text)
    problem = _problem(match)
    if problem:
        raise InputError(f"{quoted(text)} {problem}")
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise InputError(f"{quoted(text)} names a day or a time of day that does not exist") from None
    return from_datetime(moment)


def _problem(match: re.Match[str] | None) -> str:
    if match is None:
        return "is not a time that can be read: write it as 2026-12-31T23:59:59Z (RFC 3339)"
    if match["offset"] is None:
        return "has no offset from UTC: end it with Z, or with an offset such as +02:00"
    if match["second"] == "60":
        return "names a leap second, which is not counted: write second 59"
    if len(match["fraction"] or "") > 7:
        return "is finer than a microsecond: give at most six digits after the second"
    return ""


def from_datetime(moment: datetime) -> Instant:
    """The instant of an aware ``moment``; :class:`InputError` for a naive one, or outside years 1 to 9999 in UTC."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise InputError(f"{moment.isoformat()} has no offset from UTC")
    return _within((moment - _EPOCH) // _MICROSECOND)


def to_datetime(instant: Instant) -> datetime:
    """``instant`` as an aware datetime in UTC; :class:`InputError` outside years 1 to 9999."""
    return _EPOCH + timedelta(microseconds=_within(instant))


@lru_cache(maxsize=65_536)
def format_instant(instant: Instant) -> str:
    """The one text form of ``instant``: ``2025-01-20T17:00:00Z``, with six digits of a second only if not zero."""
    return to_datetime(instant).isoformat()[:-6] + "Z"


def _within(instant: Instant) -> Instant:
    if not EARLIEST <= instant <= LATEST:
        raise InputError("a time outside the years 1 to 9999 (in UTC) cannot be kept")
    return instant
