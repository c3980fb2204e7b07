"""iCalendar (RFC 5545): a file that calendars read and subscribe to.

An event stands at an instant and takes no time. It is written in the zone that was meant, with that zone's rules beside
it; in UTC where there was none, where a local time that comes twice would mean the other one (RFC 5545 reads it as the
first), and outside the years for which zones' rules are sure. Parts of a second are cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO, Literal

from ledger.domain.instants import Instant, to_datetime
from ledger.domain.moments import zone_named
from ledger.domain.text import safe_text
from ledger.errors import InputError
from ledger.formats.calendar_zones import zone_rules

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone
    from icalendar.prop import vInline

NAME = "Forecasts"
LONGEST_DESCRIPTION = 4_000
"""Characters of a description; some calendars drop what is longer than 8,192 bytes."""
ZONED_YEARS = range(1980, 2101)
_LAST_RULES = 2036
"""The rules of a zone are told up to here at least, for what recurs."""
_HEAD = (
    ("prodid", "-//Forecast Ledger//forecast export//EN"), ("version", "2.0"), ("calscale", "GREGORIAN"),
    ("x-wr-calname", NAME),
)  # fmt: skip
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ADDRESS = re.compile(r"https?://[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event; its words are raw, its instants µs."""

    uid: str
    """Our own words: it stays the same from one export to the next."""
    sequence: int
    """How often it was changed since it was made."""
    created: Instant
    modified: Instant
    start: Instant
    zone: str | None
    summary: str
    description: str
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    url: str | None = None
    weekly: time | None = None
    """The time of day in ``zone`` at which it recurs on the weekday of ``start``."""


def write_calendar(events: Sequence[CalendarEvent], stream: BinaryIO, written: Callable[[int], None]) -> None:
    """Write ``events`` as one calendar; ``written`` hears how many of them are."""
    whole = _calendar()
    for timezone in _timezones(events):
        whole.add_component(timezone)
    head, end = whole.to_ical().split(b"END:VCALENDAR")
    stream.write(head)
    for number, event in enumerate(events, start=1):
        stream.write(_event(event).to_ical())
        written(number)
    stream.write(b"END:VCALENDAR" + end)


def _calendar() -> Calendar:
    from icalendar import Calendar

    made = Calendar()
    for name, value in _HEAD:
        made.add(name, value)
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    return made


def _event(event: CalendarEvent) -> Event:
    from icalendar import Event

    made, modified = Event(), _second(event.modified)
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("created", _second(event.created))
    made.add("last-modified", modified)
    made.add("dtstamp", modified)
    made.add("dtstart", _start(event))
    if event.weekly is not None:
        made.add("rrule", {"freq": "weekly", "byday": _DAYS[_start(event).weekday()]})
    made.add("summary", _text(safe_text(event.summary)))
    made.add("description", _text(_shortened(safe_text(event.description, newline=True))))
    made.add("status", event.status)
    made.add("transp", "TRANSPARENT")
    if event.url is not None and _ADDRESS.fullmatch(event.url):
        made.add("url", event.url)
    return made


def _text(text: str) -> vInline:
    """``text`` escaped for a file; the library's own escaping takes a backslash and a large N for the end of a line."""
    from icalendar.prop import vInline

    return vInline(re.sub(r"[\\;,]", r"\\\g<0>", text).replace("\n", "\\n"))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1] + "…"


def _second(instant: Instant) -> datetime:
    return to_datetime(instant).replace(microsecond=0)


def _start(event: CalendarEvent) -> datetime:
    """When an event stands, on the clocks of its zone where these tell it."""
    moment = _second(event.start)
    try:
        local = moment.astimezone(zone_named(event.zone or "UTC"))
    except (InputError, OverflowError):  # a zone that this computer lacks, or the very first or last day
        return moment
    if event.weekly is not None:
        return datetime.combine(local.date(), event.weekly, local.tzinfo)
    sure = local.year in ZONED_YEARS and local.replace(fold=0).astimezone(UTC) == moment
    return local.replace(fold=0) if sure and event.zone else moment


def _timezones(events: Iterable[CalendarEvent]) -> list[Timezone]:
    """The rules of all zones that ``events`` stand in, by name, for the years that they stand in."""
    years, zones = {_LAST_RULES}, {}
    for start in map(_start, events):
        if start.tzinfo is not UTC and start.tzinfo is not None:
            years.add(start.year)
            zones[str(start.tzinfo)] = start.tzinfo
    return [zone_rules(zones[name], min(years) - 1, max(years) + 1) for name in sorted(zones)]
