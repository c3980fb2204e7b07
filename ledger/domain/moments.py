"""Moments: an instant as a person names it, with the zone that was meant.

A local time is read through the IANA database (``zoneinfo``). One that the clocks skipped is refused with
its two neighbours; one that came twice is asked about, never guessed (PEP 495 calls the choice ``fold``).
"""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from ledger.domain.instants import MONTHS, Instant, format_instant, from_datetime, parse_rfc3339, to_datetime
from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import InputError

Fold = Literal[0, 1]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL = re.compile(rf"({_DAY.pattern})[Tt ]([0-9]{{2}}:[0-9]{{2}})(:[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?")
_OFFSET = re.compile(r"(.*)([Zz]|[+-][0-9]{2}:[0-9]{2})")
# Files in the system's database that are no zones, and trees that count leap seconds.
_NO_ZONE = re.compile(r"(?:posix|right)/.*|localtime|posixrules|Factory")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, and how it was told."""

    instant: Instant
    zone: str | None
    """The IANA zone that was meant; None when an offset was given and no zone named."""
    typed: str


def parse_moment(text: str, zone: str | None = None, fold: Fold | None = None) -> Moment:
    """The moment in an RFC 3339 time, a plain day (its end, 23:59:59) or a local date and time in ``zone``.

    ``fold`` says which of two is meant when a local time comes twice: 0 the first, 1 the second; the end of a
    plain day is the second. Raises :class:`InputError` for text in another form, a missing or unknown zone, a
    day or a local time that does not exist, and a time that comes twice without ``fold``.
    """
    typed = text.strip()
    if offset := _OFFSET.fullmatch(typed):
        local = _LOCAL.fullmatch(offset[1])
        known = typed if local is None else f"{local[1]}T{local[2]}{local[3] or ':00'}{offset[2]}"
        return Moment(parse_rfc3339(known), zone_named(zone).key if zone else None, typed)
    return _local_moment(typed, zone, fold)


def _local_moment(typed: str, zone: str | None, fold: Fold | None) -> Moment:
    day, local = _DAY.fullmatch(typed), _LOCAL.fullmatch(typed)
    if local is None and day is None:
        raise InputError(f"{quoted(typed)} cannot be read as a time: write 2026-12-31, or 2026-12-31T18:00:00Z")
    if zone is None:
        raise InputError(
            f"{quoted(typed)} needs a zone: name one such as Europe/Berlin, or give an offset as in 18:00Z"
        )
    written = f"{typed} 23:59:59" if local is None else typed.upper()
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        raise InputError(f"{quoted(typed)} names a day or a time of day that does not exist") from None
    return Moment(at_wall(wall, zone, 1 if local is None else fold), zone_named(zone).key, typed)


def at_wall(wall: datetime, zone: str, fold: Fold | None = None) -> Instant:
    """The instant when clocks in ``zone`` show the naive ``wall``; errors as for :func:`parse_moment`."""
    place = zone_named(zone)
    first, second = (_utc(wall, place, choice) for choice in (0, 1))
    if first == second:
        return from_datetime(first)
    if first > second:  # in a gap the earlier rule gives the later instant (PEP 495)
        raise InputError(_gap(wall, place, (second, first)))
    if fold is None:
        choices = f"{_told(first, place)} (the first) or {_told(second, place)} (the second)"
        raise InputError(f"{_shown(wall)} comes twice in {place.key}, when the clocks go back: write {choices}")
    return from_datetime(second if fold else first)


def _utc(wall: datetime, place: zoneinfo.ZoneInfo, fold: int) -> datetime:
    try:
        return wall.replace(tzinfo=place, fold=fold).astimezone(UTC)
    except OverflowError:
        raise InputError(f"{_shown(wall)} in {place.key} is outside the years 1 to 9999 in UTC") from None


def _gap(wall: datetime, place: zoneinfo.ZoneInfo, around: tuple[datetime, datetime]) -> str:
    """Say which times stand on either side of the gap; the clocks change within ``around``."""
    before, after = around
    old = before.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (middle, after) if middle.astimezone(place).utcoffset() == old else (before, middle)
    change = after.replace(microsecond=0)
    neighbours = f"{_told(change - timedelta(seconds=1), place)} or {_told(change, place)}"
    return f"{_shown(wall)} does not exist in {place.key}, where the clocks go forward: write {neighbours}"


def _told(instant: datetime, place: zoneinfo.ZoneInfo) -> str:
    """RFC 3339 with the local offset, or in UTC where the offset has seconds, which the form cannot say."""
    local = instant.astimezone(place)
    whole_minutes = not (local.utcoffset() or timedelta()) % timedelta(minutes=1)
    return local.isoformat() if whole_minutes else format_instant(from_datetime(instant))


def _shown(wall: datetime) -> str:
    return wall.isoformat(sep=" ")


@lru_cache(maxsize=1024)
def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The IANA zone of that name; :class:`InputError` with the near names when there is none."""
    try:
        if not _NO_ZONE.fullmatch(name):
            return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        pass
    known = sorted(zone for zone in zoneinfo.available_timezones() if not _NO_ZONE.fullmatch(zone))
    raise InputError(f"{quoted(name)} is not a time zone{did_you_mean(name, known)}")


def describe(instant: Instant, zone: str | None) -> str:
    """An instant for people to check: ``31 December 2026, 23:59:59 in Europe/Berlin (2026-12-31T22:59:59Z)``.

    Without a zone the local part is in UTC.
    """
    name, moment = zone or "UTC", to_datetime(instant)
    try:
        local = moment.astimezone(zone_named(name))
    except OverflowError:  # the first or last hours that can be kept
        name, local = "UTC", moment
    clock = local.time().isoformat()
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {clock} in {name} ({format_instant(instant)})"
