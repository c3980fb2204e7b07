"""A plan: times of day, on every day or on some weekdays, on the clocks of a zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ledger.domain.instants import LATEST, Instant, from_datetime, to_datetime
from ledger.domain.moments import zone_named
from ledger.domain.review_rules import WEEKDAYS
from ledger.domain.text import quoted
from ledger.errors import InputError

USUAL = time(9)
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})").fullmatch
_TOLD = re.compile(r"(daily|[a-z]{3}(?:,[a-z]{3})*) at ([0-9]{2}:[0-9]{2}(?:,[0-9]{2}:[0-9]{2})*) in (\S+)").fullmatch
_AHEAD = 15
"""Days to look ahead: a weekday may be skipped once where its time falls into a gap."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When to run."""

    at: tuple[time, ...]
    """Ascending, at least one, whole minutes."""
    days: tuple[int, ...]
    """Ascending, 0 is Monday; empty where it is every day."""
    zone: str

    def __str__(self) -> str:
        """The plan in words, from which ``read_back`` makes it again."""
        days = ",".join(WEEKDAYS[one] for one in self.days) or "daily"
        return f"{days} at {','.join(one.isoformat('minutes') for one in self.at)} in {self.zone}"

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        days = [WEEKDAYS[one] for one in self.days] or None
        return {"at": [one.isoformat("minutes") for one in self.at], "weekly": days, "zone": self.zone}


def read_plan(at: Sequence[str], weekly: Sequence[str], zone: str) -> Plan:
    """The plan as it was typed: ``09:00``, ``mon``. Raises ``InputError`` for what is no time, weekday or zone."""
    times = tuple(sorted({_read_time(one) for one in at})) or (USUAL,)
    return Plan(times, tuple(sorted({_read_day(one) for one in weekly})), zone_named(zone).key)


def read_back(told: str) -> Plan | None:
    """The plan that was written into a schedule; ``None`` where somebody changed it into none."""
    match = _TOLD(told)
    try:
        return match and read_plan(match[2].split(","), [] if match[1] == "daily" else match[1].split(","), match[3])
    except InputError:
        return None


def next_run(plan: Plan, after: Instant, *, in_gaps: bool = False) -> Instant | None:
    """The first run after an instant (µs), as systemd reckons.

    A time that the clocks skip is left out, or with ``in_gaps`` is as much later as the clocks went forward; one that
    comes twice is the first one, or the second where ``after`` lies in the hour that is repeated. ``None`` after the
    last day that there is.
    """
    local = to_datetime(after).astimezone(zone_named(plan.zone))
    try:
        days = [local.date() + timedelta(days=ahead) for ahead in range(-1, _AHEAD)]
    except OverflowError:
        return None
    asked = [one for one in days if not plan.days or one.weekday() in plan.days]
    found = (_instant(day, at, plan.zone, local, in_gaps) for day in asked for at in plan.at)
    return min((one for one in found if one is not None and after < one <= LATEST), default=None)


def _instant(day: date, at: time, zone: str, local: datetime, in_gaps: bool) -> Instant | None:
    fold = local.fold if day == local.date() else 0
    wall = datetime.combine(day, at, zone_named(zone)).replace(fold=fold)
    instant = wall.astimezone(UTC)
    skipped = instant.astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None)
    return None if skipped and not in_gaps else from_datetime(instant)


def _read_time(told: str) -> time:
    match = _TIME(told.strip())
    if match is None:
        raise InputError(f"--at {quoted(told)}: write a time of day, such as 09:00")
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        raise InputError(f"--at {quoted(told)}: there is no such time of day; the last is 23:59")
    return time(hour, minute)


def _read_day(told: str) -> int:
    name = told.strip().lower()
    day = WEEKDAYS.index(name[:3]) if name[:3] in WEEKDAYS else None
    if day is None or not _FULL[day].startswith(name):
        hint = "; the time goes into --at" if "@" in name else ""
        raise InputError(f"--weekly {quoted(told)}: write a weekday, such as {', '.join(WEEKDAYS)}{hint}")
    return day
