"""Times that people type, read once with the zone they mean and refused where the clock forbids them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time

from ledger import clock
from ledger.domain.instants import Instant, from_datetime, to_datetime
from ledger.domain.moments import Moment, describe, zone_named
from ledger.errors import InputError, RefusedError


def read_time(told: str, field: str, zone: str | None = None, *, ahead: bool = False) -> Moment:
    """The moment that ``told`` means: ``now``, RFC 3339, a plain date, or words such as "in 3 weeks".

    Days and local times are read in ``zone``, else in the user's own; words that name no year mean the next one where
    ``ahead``, else the last one. Raises ``InputError`` that begins with ``field``.
    """
    now = clock.now()
    if told.strip().lower() == "now":
        return Moment(from_datetime(now), None, "now")
    from ledger.services.dates import default_zone, read_deadline, read_moment

    read = read_deadline if ahead else read_moment
    try:
        return read(told, zone=zone or default_zone().name, clock_now=now)
    except InputError as problem:
        raise InputError(f"{field}: {problem}") from problem


_TIMED = re.compile(r":|hour|minute", re.IGNORECASE)
"""In a time that people type: it names more than a day."""


def read_review(told: str, field: str, zone: str | None = None) -> Moment:
    """A time ahead at which something is to be reviewed: where only a day was named, its beginning.

    Deadlines end with their day, reviews begin with it. Errors as for ``read_time``.
    """
    moment = read_time(told, field, zone, ahead=True)
    if moment.zone is None or _TIMED.search(moment.typed):
        return moment
    place = zone_named(moment.zone)
    wall = to_datetime(moment.instant).astimezone(place)
    if wall.time() != time(23, 59, 59):
        return moment
    midnight = datetime.combine(wall.date(), time(), place)
    return replace(moment, instant=from_datetime(midnight.astimezone(UTC)))


def refuse_future(moment: Moment, recorded_at: Instant, field: str) -> None:
    """Refuse a claimed time after our own clock."""
    if moment.instant > recorded_at:
        said = describe(moment.instant, moment.zone)
        raise RefusedError(
            f"{field} {moment.typed!r} is in the future: it reads as {said}; give a time that has passed"
        )
