"""The rules of zones as iCalendar tells them: when the clocks change, each time on a line of its own.

The calendar library's own search for changes goes in strides of two months and passes over shorter summers, such as
Morocco's month of Ramadan; and of several times on one line some readers see only the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from icalendar import Timezone

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


class _Clock(NamedTuple):
    """What clocks show: so much ahead of UTC, under a name, and whether it is a summer's (or any other) time."""

    ahead: timedelta
    name: str
    shifted: bool


def zone_rules(zone: tzinfo, first: int, last: int) -> Timezone:
    """The rules of ``zone`` from the beginning of the year ``first`` to the end of the year ``last``."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
    from icalendar.prop import vDDDLists

    found: dict[tuple[timedelta, _Clock], list[datetime]] = {}
    for at, before, after in _changes(zone, datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)):
        found.setdefault((before.ahead, after), []).append((at + before.ahead).replace(tzinfo=None))
    made = Timezone()
    made.add("tzid", str(zone))
    for (ahead, after), walls in found.items():
        rule = TimezoneDaylight() if after.shifted else TimezoneStandard()
        rule.add("dtstart", walls[0])
        rule.add("tzname", after.name)
        rule.add("tzoffsetfrom", ahead)
        rule.add("tzoffsetto", after.ahead)
        if walls[1:]:
            rule["rdate"] = [vDDDLists([wall]) for wall in walls[1:]]
        made.add_component(rule)
    return made


def _changes(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[tuple[datetime, _Clock, _Clock]]:
    """When the clocks change (in UTC), from what and to what; the first is no change."""
    before = _clock(begin, zone)
    yield begin, before, before
    at = begin
    while at < end:
        following = at + _DAY
        if (after := _clock(following, zone)) != before:
            yield _moment(zone, at, following), before, after
            before = after
        at = following


def _moment(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The second at which the clocks change, which they do once in between."""
    old = _clock(before, zone)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        before, after = (middle, after) if _clock(middle, zone) == old else (before, middle)
    return after


def _clock(at: datetime, zone: tzinfo) -> _Clock:
    local = at.astimezone(zone)
    return _Clock(local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))
