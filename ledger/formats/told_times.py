"""Times as other trackers write them: with a zone or without, seconds padded or not, plain days, epoch seconds.

A time without a zone is read in the zone that was given, which is UTC where nobody says another. A plain day is no
instant: of a deadline it is the end of that day there, of all else (an opening, a statement, the settling of a
question) its beginning, so that what was said on the day of the outcome counts as late rather than as timely.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from ledger.domain.instants import EARLIEST, LATEST, SECOND, Instant, parse_rfc3339
from ledger.domain.moments import at_wall
from ledger.domain.text import quoted
from ledger.errors import InputError

Without = Literal["", "zone", "time"]
"""What a time lacked: nothing, its zone, or the time of day (and the zone)."""
Epoch = Literal["s", "ms"]
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
_WALL = re.compile(
    rf"{_DAY.pattern}[ T](\d{{1,2}}):(\d{{1,2}})(?::(\d{{1,2}})(?:[.,](\d+))?)?\s*"
    r"(Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?",
    re.ASCII,
)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d*)?", re.ASCII)


class Told(NamedTuple):
    """An instant, and what had to be assumed for it."""

    instant: Instant
    without: Without = ""


@lru_cache(maxsize=65_536)
def read_time(text: str, zone: str, *, end: bool = False) -> Told:
    """The instant that ``text`` names; a plain day is its end with ``end``, else its beginning.

    Parts of a second beyond the microsecond are cut. Raises :class:`InputError` for what is no time.
    """
    stripped = text.strip()
    if day := _DAY.fullmatch(stripped):
        return _day(stripped, *map(int, day.groups()), zone=zone, end=end)
    wall = _WALL.fullmatch(stripped)
    if wall is None:
        raise InputError(f"{quoted(text)} is not a time that can be read: write it as 2026-12-31T23:59:59Z")
    moment = _moment(stripped, wall)
    told = wall[8]
    if told is None:
        return Told(at_wall(moment, zone), "zone")
    return Told(parse_rfc3339(f"{moment.isoformat()}{_offset(told)}"))


def _day(text: str, year: int, month: int, day: int, *, zone: str, end: bool) -> Told:
    try:
        begins = date(year, month, day)
    except ValueError:
        raise InputError(f"{quoted(text)} names a day that does not exist") from None
    wall = datetime(begins.year, begins.month, begins.day) + (timedelta(hours=23, minutes=59, seconds=59) * end)  # noqa: DTZ001
    return Told(at_wall(wall, zone, 1 if end else 0), "time")


def _moment(text: str, wall: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in wall.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second, int((wall[7] or "")[:6].ljust(6, "0")))  # noqa: DTZ001
    except ValueError:
        raise InputError(f"{quoted(text)} names a day or a time of day that does not exist") from None


def _offset(told: str) -> str:
    if told in {"Z", "z", "UTC", "GMT"}:
        return "Z"
    digits = told.replace(":", "").ljust(5, "0")
    return f"{digits[:3]}:{digits[3:]}"


def read_epoch(number: object, unit: Epoch) -> Instant:
    """The instant of a count of seconds or milliseconds since 1970; parts below a microsecond are cut."""
    text = str(number)
    if isinstance(number, bool) or not _NUMBER.fullmatch(text):
        raise InputError(f"{quoted(text)} is not a time: a number of {'milli' * (unit == 'ms')}seconds is expected")
    instant = int(Decimal(text) * (SECOND if unit == "s" else SECOND // 1000))
    if not EARLIEST <= instant <= LATEST:
        raise InputError(f"{quoted(text)} is outside the years 1 to 9999: is it in other units?")
    return instant
