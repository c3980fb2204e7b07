"""Timers that know only the system's clocks: what a plan in another zone is on them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from ledger.domain.instants import Instant, to_datetime
from ledger.domain.moments import zone_named
from ledger.services.schedules.computer import local
from ledger.services.schedules.plan import Plan

_YEARS = 3
_DAY = 24 * 60
LENIENCE = 10
"""Minutes after its time in which a run still counts as that one."""


def differences(zone: str, clocks: tzinfo | None, now: Instant) -> tuple[int, ...]:
    """By how many minutes ``clocks`` are ahead of ``zone`` in the years after ``now``, ascending; one where they agree.

    ``clocks`` of ``None`` are the system's.
    """
    place, begin = zone_named(zone), to_datetime(now).replace(minute=0, second=0, microsecond=0)
    hours = (begin + timedelta(hours=hour) for hour in range(_YEARS * 366 * 24))
    return tuple(sorted({_ahead(moment, clocks, place) for moment in hours}))


def now_ahead(zone: str, clocks: tzinfo | None, now: Instant) -> int:
    """By how many minutes ``clocks`` are ahead of ``zone`` at this time."""
    return _ahead(to_datetime(now), clocks, zone_named(zone))


def _ahead(moment: datetime, clocks: tzinfo | None, place: tzinfo) -> int:
    here = local(moment.astimezone(UTC), clocks).utcoffset() or timedelta()
    there = moment.astimezone(place).utcoffset() or timedelta()
    return round((here - there) / timedelta(minutes=1))


def shifted(at: time, days: tuple[int, ...], minutes: int) -> tuple[time, tuple[int, ...]]:
    """A time of day on some weekdays, so many minutes later."""
    passed, minute = divmod(at.hour * 60 + at.minute + minutes, _DAY)
    return time(*divmod(minute, 60)), tuple(sorted((day + passed) % 7 for day in days))


def on_local_clocks(plan: Plan, ahead: int) -> list[tuple[time, tuple[int, ...]]]:
    """The plan's times and weekdays on clocks that are so many minutes ahead."""
    return sorted(shifted(at, plan.days, ahead) for at in plan.at)


def guard(plan: Plan, at: time) -> str:
    """A shell's patterns for ``date +%u-%H:%M`` in the plan's zone from ``at`` on, for as long as a run may be late."""
    found: dict[str, list[int]] = {}
    for late in range(LENIENCE):
        then, days = shifted(at, plan.days, late)
        found.setdefault(f"{_days(days)}-{then.hour:02}:{then.minute // 10}", []).append(then.minute % 10)
    return "|".join(f"{begin}{_digits(last)}" for begin, last in found.items())


def _days(days: tuple[int, ...]) -> str:
    numbers = "".join(str(day + 1) for day in days)
    return f"[{numbers}]" if len(numbers) > 1 else numbers or "?"


def _digits(last: list[int]) -> str:
    if len(last) == 10:
        return "?"
    return f"[{last[0]}-{last[-1]}]" if len(last) > 1 else str(last[0])
