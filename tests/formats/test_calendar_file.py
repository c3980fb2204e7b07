"""The calendar file: what two independent libraries read in it, whatever the words and wherever the clocks change."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from ledger.domain.instants import Instant, format_instant, from_datetime, to_datetime
from ledger.domain.text import safe_text
from ledger.formats.calendar_file import LONGEST_DESCRIPTION, CalendarEvent, write_calendar

NOON = from_datetime(datetime(2026, 6, 1, 12, tzinfo=UTC))
ALLOWED = {
    *("UID", "SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "STATUS"),
    *("TRANSP", "URL"),
}
HOSTILE = (
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:two", "a\nBEGIN:VALARM\nEND:VALARM", "a\rATTACH:http://x",
    "a\0b", "x\u2028URL:http://evil\u2029", "x\x85ORGANIZER:me", "\x0b\x0c\x1c\x1d\x1eATTENDEE:x", ";VALUE=URI:x",
    "semi;colons, commas: colons\\", "back\\nslash \\N \\\\N \\; \\,", "\u202egnp.exe\u2066x", "\ufeff", "\ud800half",
    "🎲" * 300, "👩\u200d👩\u200d👧" * 100, "é" * 400, "x" * 10_000, " leading and trailing ", "\t tab", "", " \r\n x",
    "^n^'^^", "%0D%0AATTACH:x", '"quoted";"x"', "=cmd|' /C calc'!A0",
)  # fmt: skip
ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago"),
    *("Pacific/Auckland", "Africa/Casablanca", "Europe/Dublin", "Pacific/Apia", "America/St_Johns"),
)


_READ = itertools.count()


def event(start: Instant = NOON, zone: str | None = None, **more: object) -> CalendarEvent:
    told = {"uid": "one@ledger", "sequence": 0, "created": NOON, "modified": NOON, "summary": "s", "description": "d"}
    return CalendarEvent(start=start, zone=zone, **{**told, "status": "CONFIRMED", **more})  # type: ignore[arg-type]


def written(*events: CalendarEvent) -> bytes:
    stream, heard = io.BytesIO(), []
    write_calendar(events, stream, heard.append)
    assert heard == list(range(1, len(events) + 1))
    return stream.getvalue()


def properties(data: bytes) -> Counter[str]:
    """The names of an event's properties, by a reader of our own: lines unfolded, nothing else known."""
    unfolded = data.decode().replace("\r\n ", "")
    (body,) = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", unfolded, re.DOTALL)
    return Counter(re.split("[;:]", line, maxsplit=1)[0] for line in body.split("\r\n")[:-1])


def own_zone(data: bytes) -> bytes:
    """The same with names of zones that no library knows or remembers: the rules in the file are all there is."""
    return re.sub(rb"(TZID[:=])", rb"\1X%d-" % next(_READ), data)


def read_by_two(data: bytes) -> list[tuple[object, object]]:
    """Each event as both libraries read it."""
    first = Calendar.from_ical(own_zone(data)).events
    second = vobject.readOne(own_zone(data).decode()).vevent_list
    return list(zip(first, second, strict=True))


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200), st.text(st.characters(), max_size=200))
@example("\\N", "a\n\n \nb\\")
@example("", "")
def test_no_text_adds_anything(summary: str, description: str) -> None:
    check_words(summary, description)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_add_nothing(text: str) -> None:
    check_words(text, text)


def check_words(summary: str, description: str) -> None:
    data = written(event(summary=summary, description=description))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"[^\r]\n|\r[^\n]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data)
    assert properties(data) == dict.fromkeys(ALLOWED - {"URL"}, 1)
    assert (data.count(b"\nBEGIN:"), data.count(b"\nEND:")) == (1, 2)
    shown = safe_text(description, newline=True)
    cut = shown if len(shown) <= LONGEST_DESCRIPTION else shown[: LONGEST_DESCRIPTION - 1] + "…"
    ((one, other),) = read_by_two(data)
    assert (str(one["summary"]), str(one["description"])) == (safe_text(summary), cut)  # type: ignore[index]
    assert (other.summary.value, other.description.value) == (safe_text(summary), cut)  # type: ignore[attr-defined]


def around_changes(zone: str) -> list[Instant]:
    """Instants around each change of the clocks of a zone in three years, to the second."""
    place, found = ZoneInfo(zone), []
    hour = 3_600_000_000
    begin = from_datetime(datetime(2026, 1, 1, tzinfo=UTC))
    for at in range(begin, begin + 3 * 366 * 24 * hour, hour):
        if to_datetime(at).astimezone(place).utcoffset() != to_datetime(at + hour).astimezone(place).utcoffset():
            found += [
                at + hour + beside * 1_000_000 for beside in (-7201, -3600, -1800, -1, 0, 1, 1800, 3599, 3600, 7200)
            ]
    return found or [begin]


@pytest.mark.parametrize("zone", ZONES)
def test_both_read_the_instant_around_every_change_of_the_clocks(zone: str) -> None:
    starts = around_changes(zone)
    data = written(*(event(start, zone) for start in starts))
    for start, (one, other) in zip(starts, read_by_two(data), strict=True):
        wanted = to_datetime(start)
        assert one["dtstart"].dt.astimezone(UTC) == wanted, format_instant(start)  # type: ignore[index]
        assert other.dtstart.value.astimezone(UTC) == wanted, format_instant(start)  # type: ignore[attr-defined]
    assert f"TZID={zone}:".encode() in data


@settings(deadline=None)
@given(
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([*ZONES, "UTC", "Etc/GMT+5", "Africa/Monrovia", "Gone/Nowhere", None]),
)
@example(datetime.min.replace(tzinfo=UTC), "Pacific/Auckland")
@example(datetime.min.replace(tzinfo=UTC), "America/New_York")
@example(datetime.max.replace(tzinfo=UTC), "Pacific/Auckland")
def test_any_instant_is_read_to_the_second(moment: datetime, zone: str | None) -> None:
    data = written(event(from_datetime(moment), zone))
    one = Calendar.from_ical(own_zone(data)).events[0]
    assert one["dtstart"].dt.astimezone(UTC) == moment.replace(microsecond=0)


def test_the_second_of_two_equal_local_times_is_in_utc_as_the_standard_means_the_first() -> None:
    first = from_datetime(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    data = written(event(first, "Europe/Berlin"), event(first + 3_600_000_000, "Europe/Berlin"))
    assert b"DTSTART;TZID=Europe/Berlin:20261025T023000" in data
    assert b"DTSTART:20261025T013000Z" in data


def test_each_zone_has_its_rules_once_and_in_order() -> None:
    data = written(*(event(zone=zone) for zone in [*ZONES, *reversed(ZONES)]))
    assert re.findall(rb"\nTZID:(.*?)\r", data) == sorted(zone.encode() for zone in ZONES)


def test_what_recurs_keeps_its_time_of_day() -> None:
    start = from_datetime(datetime(2026, 3, 23, 8, tzinfo=UTC))
    data = written(event(start, "Europe/Berlin", weekly=time(9)))
    assert b"RRULE:FREQ=WEEKLY;BYDAY=MO" in data
    other = vobject.readOne(own_zone(data).decode()).vevent
    days = other.getrruleset(addRDate=True)[:3]
    assert [(day.replace(tzinfo=None).isoformat(), str(day.utcoffset())) for day in days] == [
        ("2026-03-23T09:00:00", "1:00:00"), ("2026-03-30T09:00:00", "2:00:00"), ("2026-04-06T09:00:00", "2:00:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a,b;c?d=e&f#g", True), ("http://[::1]/x", True), ("javascript:alert(1)", False),
        ("https://example.org/\r\nATTACH:x", False), ("https://example.org/a b", False), ("file:///etc/passwd", False),
        ("https://exämple.org", False), ("", False), ("https://x\u2028y", False),
    ],
)  # fmt: skip
def test_only_an_address_of_the_web_is_one(url: str, kept: bool) -> None:
    data = written(event(url=url))
    assert set(properties(data)) == (ALLOWED if kept else ALLOWED - {"URL"})
    ((one, other),) = read_by_two(data)
    if kept:
        assert (str(one["url"]), other.url.value) == (url, url)  # type: ignore[index, attr-defined]


def test_a_calendar_without_events_is_one() -> None:
    assert Calendar.from_ical(written()).events == []
