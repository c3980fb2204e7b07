"""The rules of review: when a thing that was said is said again, when a forecast is stale, when the week is reviewed.

Days are days of the calendar in the rules' zone, so that a reminder that runs once a day at nine says a thing again on
the day it should, whatever the clocks did meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ledger.domain.instants import HOUR, LATEST, Instant, from_datetime, to_datetime
from ledger.domain.moments import zone_named

STALE = Fraction(1, 3)
"""The share of a question's scheduled life after which a forecast without an update is stale, unless told otherwise."""

REPEAT = (1, 3, 7, 14, 30)
"""The days after the first announcement on which a due question is announced again; then every 30 days."""

APART = 12 * HOUR
"""An announcement is not repeated sooner than this."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Weekly(NamedTuple):
    """The day (0 is Monday) and the time of day of the weekly review, on the clocks of the rules' zone."""

    day: int
    at: time


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user wants to be reminded of; ``since`` is when the rules were set (µs)."""

    stale: Fraction | None = STALE
    """``None`` where no forecast is stale."""
    repeat: tuple[int, ...] = REPEAT
    """Ascending days; empty where nothing is said twice. After the last, every so many days as it has."""
    weekly: Weekly | None = None
    zone: str = "UTC"
    since: Instant = 0


class Said(NamedTuple):
    """When something was first and last announced (µs), and how often."""

    first: Instant
    last: Instant
    times: int


def repeat_at(said: Said, rules: Rules) -> Instant | None:
    """When what was ``said`` is to be said again: the next of its days after the last announcement, from its midnight.

    Days that passed unused are not made up for. ``None`` where nothing is repeated.
    """
    return _again(said.first, said.last, rules.repeat, rules.zone) if rules.repeat else None


@lru_cache(maxsize=4096)  # one pass says much, so that many questions have the same times
def _again(first: Instant, last: Instant, repeat: tuple[int, ...], zone: str) -> Instant | None:
    begun = _day(first, zone)
    passed = (_day(last, zone) - begun).days
    try:
        midnight = _begins(begun + timedelta(days=_next_days(repeat, passed)), zone)
    except OverflowError:  # after the last day that there is
        return None
    return max(midnight, last + APART)


def _next_days(repeat: tuple[int, ...], passed: int) -> int:
    """The first number of days of the repeats that is larger than ``passed``."""
    for days in repeat:
        if days > passed:
            return days
    longest = repeat[-1]
    return longest * (passed // longest + 1)


def last_weekly(rules: Rules, now: Instant) -> Instant | None:
    """The last weekly review that fell due by ``now``, since the rules were set."""
    found = None if rules.weekly is None else _weekly(rules.weekly, rules.zone, now, 0)
    if found is not None and rules.weekly is not None and found > now:
        found = _weekly(rules.weekly, rules.zone, now, -1)
    return found if found is not None and rules.since < found <= now else None


def next_weekly(rules: Rules, now: Instant) -> Instant | None:
    """The first weekly review after ``now``."""
    if rules.weekly is None:
        return None
    found = (_weekly(rules.weekly, rules.zone, now, weeks) for weeks in (0, 1))
    return next((one for one in found if one is not None and one > max(now, rules.since)), None)


def _weekly(weekly: Weekly, zone: str, now: Instant, weeks: int) -> Instant | None:
    """The review of the week of ``now``, or so many weeks later; after the gap where the clocks skipped its time."""
    today = _day(now, zone)
    try:
        day = today + timedelta(days=weekly.day - today.weekday() + 7 * weeks)
        return _instant(day, weekly.at, zone)
    except OverflowError:
        return None


def _day(instant: Instant, zone: str) -> date:
    try:
        return to_datetime(instant).astimezone(zone_named(zone)).date()
    except OverflowError:  # the first or last hours that there are
        return to_datetime(instant).date()


def _begins(day: date, zone: str) -> Instant:
    return _instant(day, time(), zone)


def _instant(day: date, at: time, zone: str) -> Instant:
    """When the clocks show ``at``: the first time of two, and as much later as they were put forward in a gap."""
    wall = datetime.combine(day, at, zone_named(zone))
    return min(from_datetime(wall.astimezone(UTC)), LATEST)
