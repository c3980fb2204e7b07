"""The bounds of a span of deadlines: a day begins it at its beginning and ends it at its end."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ledger.domain.instants import SECOND, Instant, to_datetime
from ledger.domain.moments import Moment, at_wall, zone_named
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.services.times import read_time

_END = time(23, 59, 59)


def since_told(told: str) -> Instant:
    """The first instant that ``--since`` lets through; raises ``InputError``."""
    return first_of(read_time(told, "--since"))


def until_told(told: str) -> Instant:
    """The last instant that ``--until`` lets through; raises ``InputError``."""
    return last_of(read_time(told, "--until"))


def first_of(moment: Moment) -> Instant:
    """The first instant of the day that ``moment`` names, or the instant that it names."""
    return _beginning(moment) if _names_a_day(moment) else moment.instant


def last_of(moment: Moment) -> Instant:
    """The last instant of the day that ``moment`` names, or the instant that it names."""
    return moment.instant + SECOND - 1 if _names_a_day(moment) else moment.instant


def _local(moment: Moment) -> datetime:
    return to_datetime(moment.instant).astimezone(zone_named(moment.zone or "UTC"))


def _names_a_day(moment: Moment) -> bool:
    return ":" not in moment.typed and _local(moment).time() == _END


def _beginning(moment: Moment) -> Instant:
    """One second after the end of the day before: right also where a day begins at one o'clock."""
    try:
        eve = _local(moment).date() - timedelta(days=1)
    except OverflowError:
        raise InputError(f"{quoted(moment.typed)}: the days begin with the second day of year 1") from None
    return at_wall(datetime.combine(eve, _END), moment.zone or "UTC", 1) + SECOND
