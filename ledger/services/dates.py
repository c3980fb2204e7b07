"""Times as users type them, read against the clock and a zone.

Exact forms are the domain's (``ledger.domain.moments``); words are read here. Callers echo every reading with
:func:`ledger.domain.moments.describe`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from ledger.domain.instants import HOUR, MINUTE, from_datetime
from ledger.domain.moments import Fold, Moment, at_wall, parse_moment, zone_named
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.services.spoken_days import Preference, read_day

_LONGEST = 100
_WRITTEN = re.compile(r"[0-9]{4}-?[0-9]{2}")
_CLOCK = re.compile(
    r"(?P<day>.+?),? (?:at )?(?:(?P<noon>noon)|(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?(?: ?(?P<half>am|pm))?)"
)
_SHIFT = re.compile(
    r"(?P<ahead>in )?(?P<count>[0-9]{1,4}|an?|one) (?P<unit>hour|minute)s?(?P<way> ago| from now)?",
)


def read_deadline(text: str, *, zone: str, clock_now: datetime, fold: Fold | None = None) -> Moment:
    """The deadline that ``text`` names: an exact time, a day (its end, 23:59:59 in ``zone``), or words.

    Words are "end of next month", "in 3 weeks", "next friday", "31 December", "tomorrow at 18:00" and their
    like; what names no year or week is the next one after ``clock_now`` (aware). Raises :class:`InputError` for
    text with no meaning or more than one, and as :func:`ledger.domain.moments.parse_moment` does.
    """
    return _read(text, zone, clock_now, fold, "future")


def read_moment(text: str, *, zone: str, clock_now: datetime, fold: Fold | None = None) -> Moment:
    """A time in the past, such as a ``known_at``: as :func:`read_deadline`, but preferring the last one before now."""
    return _read(text, zone, clock_now, fold, "past")


def _read(text: str, zone: str, clock_now: datetime, fold: Fold | None, prefer: Preference) -> Moment:
    if _WRITTEN.match(text.strip()):
        return parse_moment(text, zone, fold)
    words = re.sub(r"^(?:(?:by|on|at) )?(?:the )?", "", " ".join(text[:_LONGEST].lower().split()))
    shift = _SHIFT.fullmatch(words)
    if words == "now" or (shift and (shift["ahead"] is None) is not (shift["way"] is None)):
        return Moment(from_datetime(clock_now) + _shifted(shift), zone_named(zone).key, text.strip())
    today = clock_now.astimezone(zone_named(zone)).date()
    day, clock = _split(words)
    on = read_day(day, today=today, prefer=prefer) if len(text) < _LONGEST else None
    if on is None:
        raise InputError(
            f"{quoted(text)} cannot be read as a time: write 2026-12-31, 2026-12-31T18:00:00Z, or words such as "
            "'31 December 2026', 'in 3 weeks', 'next friday' or 'end of March'"
        )
    if clock is None:
        return Moment(parse_moment(on.isoformat(), zone).instant, zone, text.strip())
    return Moment(at_wall(_wall(on, clock, text), zone, fold), zone, text.strip())


def _shifted(shift: re.Match[str] | None) -> int:
    """Microseconds from now; hours and minutes are true durations, whatever the clocks do."""
    if shift is None:
        return 0
    count = int(shift["count"]) if shift["count"].isdigit() else 1
    return count * (HOUR if shift["unit"] == "hour" else MINUTE) * (-1 if shift["way"] == " ago" else 1)


def _split(words: str) -> tuple[str, re.Match[str] | None]:
    """The words for the day, and the time of day if one is there for certain."""
    clock = _CLOCK.fullmatch(words)
    if clock is None or not (clock["noon"] or clock["minute"] or clock["half"]):
        return words, None
    return clock["day"], clock


def _wall(day: date, clock: re.Match[str], text: str) -> datetime:
    hour, minute, half = int(clock["hour"] or 12), int(clock["minute"] or 0), clock["half"]
    if half and not 1 <= hour <= 12:
        raise InputError(f"{quoted(text)}: with am or pm the hour runs from 1 to 12")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return datetime.combine(day, time(hour, minute))
    except ValueError:
        raise InputError(f"{quoted(text)} names a time of day that does not exist") from None


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """The zone that plain days and local times are read in, and where it was found."""

    name: str
    origin: str


def default_zone(environ: Mapping[str, str] = os.environ, etc: Path = Path("/etc")) -> ZoneChoice:
    """``FORECAST_ZONE``, else the system's zone (``TZ``, ``/etc/timezone``, ``/etc/localtime``), else UTC.

    Raises :class:`InputError` when ``FORECAST_ZONE`` names no zone; a system setting that names none is passed over.
    """
    if chosen := environ.get("FORECAST_ZONE"):
        return ZoneChoice(zone_named(chosen).key, "FORECAST_ZONE")
    for origin, told in (
        ("TZ", environ.get("TZ", "")),
        (str(etc / "timezone"), _first_line(etc / "timezone")),
        (str(etc / "localtime"), str((etc / "localtime").resolve())),
    ):
        name = re.sub(r"^:?(?:.*/zoneinfo/)?(?:posix/)?", "", told)
        if _is_zone(name):
            return ZoneChoice(name, origin)
    return ZoneChoice("UTC", "no zone is set on this system")


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip().split("\n")[0]
    except OSError:
        return ""


def _is_zone(name: str) -> bool:
    try:
        return bool(zone_named(name))
    except InputError:
        return False
