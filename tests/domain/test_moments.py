"""A moment is read as it was meant, or refused with what to write instead."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest

from ledger.domain.instants import EARLIEST, LATEST, format_instant, from_datetime, parse_rfc3339
from ledger.domain.moments import Moment, at_wall, describe, parse_moment, zone_named
from ledger.errors import InputError

ZONES = sorted(zone for zone in zoneinfo.available_timezones() if zone not in {"localtime", "Factory"})


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-12-31", "Europe/Berlin", "2026-12-31T22:59:59Z"),
        ("2026-12-31", "Pacific/Kiritimati", "2026-12-31T09:59:59Z"),
        ("2026-12-31", "Etc/GMT+12", "2027-01-01T11:59:59Z"),
        ("2026-12-31 18:00", "America/New_York", "2026-12-31T23:00:00Z"),
        ("2026-12-31T18:00:30.25", "America/New_York", "2026-12-31T23:00:30.250000Z"),
        ("2025-01-20T12:00:00-05:00", None, "2025-01-20T17:00:00Z"),
        ("2025-01-20 17:00Z", "Europe/Kyiv", "2025-01-20T17:00:00Z"),
        (" 2025-01-20T17:00:00Z ", None, "2025-01-20T17:00:00Z"),
        # The end of a day whose last hour comes twice is the end of the second.
        ("2018-02-17", "America/Sao_Paulo", "2018-02-18T02:59:59Z"),
    ],
)
def test_a_moment_is_read_in_its_zone(text, zone, utc):
    assert parse_moment(text, zone) == Moment(parse_rfc3339(utc), zone, text.strip())


@pytest.mark.parametrize(
    ("text", "zone", "problem"),
    [
        ("2026-12-31", None, "needs a zone"),
        ("2026-12-31 18:00", None, "needs a zone"),
        ("2026-02-30", "UTC", "does not exist"),
        ("2026-01-01 25:00", "UTC", "does not exist"),
        ("2026-01-01 12:00:60", "UTC", "does not exist"),
        ("2016-12-31T23:59:60Z", "UTC", "leap second"),
        ("2026-02-30T12:00Z", "UTC", "does not exist"),
        ("31.12.2026", "UTC", "cannot be read"),
        ("2026", "UTC", "cannot be read"),
        ("9999-12-31", "America/New_York", "outside the years"),
        ("0001-01-01 00:00", "Asia/Tokyo", "outside the years"),
        ("2026-12-31T00:00:00Z", "Mars/Olympus", "not a time zone"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text, zone, problem):
    with pytest.raises(InputError, match=problem) as refusal:
        parse_moment(text, zone)
    assert "\n" not in str(refusal.value)


def test_a_time_that_the_clocks_skip_is_refused_with_its_neighbours():
    neighbours = "write 2026-03-08T01:59:59-05:00 or 2026-03-08T03:00:00-04:00"
    with pytest.raises(InputError, match=f"02:30:00 does not exist in America/New_York.*{neighbours}"):
        parse_moment("2026-03-08 02:30", "America/New_York")


def test_a_day_that_a_zone_skipped_is_refused():
    # Samoa crossed the date line at the end of 29 December 2011 (IANA tz database, australasia).
    with pytest.raises(InputError, match=re.escape("2011-12-29T23:59:59-10:00 or 2011-12-31T00:00:00+14:00")):
        parse_moment("2011-12-30", "Pacific/Apia")


def test_a_time_that_comes_twice_is_asked_about():
    choices = "2026-11-01T01:30:00-04:00 (the first) or 2026-11-01T01:30:00-05:00 (the second)"
    with pytest.raises(InputError, match=re.escape(choices)):
        parse_moment("2026-11-01 01:30", "America/New_York")


def test_a_time_that_comes_twice_is_taken_once_told_which():
    first = parse_moment("2026-11-01 01:30", "America/New_York", 0)
    second = parse_moment("2026-11-01 01:30", "America/New_York", 1)
    assert format_instant(first.instant) == "2026-11-01T05:30:00Z"
    assert format_instant(second.instant) == "2026-11-01T06:30:00Z"
    assert parse_moment("2026-11-01 01:30-05:00", "America/New_York").instant == second.instant


def test_an_offset_with_seconds_is_told_in_utc():
    # New York's local mean time, four minutes behind, ended on 18 November 1883 (IANA tz database, northamerica).
    with pytest.raises(InputError, match="write 1883-11-18T16:57:02Z"):
        parse_moment("1883-11-18 12:01", "America/New_York")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Brelin", "Europe/Berlin"),
        ("America/NewYork", "America/New_York"),
    ],
)
def test_an_unknown_zone_is_answered_with_the_near_ones(name, meant):
    with pytest.raises(InputError, match=f"not a time zone; did you mean.*'{meant}'"):
        zone_named(name)


@pytest.mark.parametrize(
    "name",
    ["", "../UTC", "/etc/passwd", "Europe", "a\0b", "localtime", "posixrules", "Factory", "right/UTC", "zone.tab"],
)
def test_a_file_that_is_no_zone_is_refused(name):
    with pytest.raises(InputError, match="not a time zone"):
        zone_named(name)


def test_a_reading_is_described_for_checking():
    berlin = parse_moment("2026-12-31", "Europe/Berlin")
    assert describe(berlin.instant, berlin.zone) == (
        "31 December 2026, 23:59:59 in Europe/Berlin (2026-12-31T22:59:59Z)"
    )
    assert describe(1, None) == "1 January 1970, 00:00:00.000001 in UTC (1970-01-01T00:00:00.000001Z)"
    assert describe(LATEST, "Asia/Tokyo").startswith("31 December 9999, 23:59:59.999999 in UTC")
    assert describe(EARLIEST, "America/Lima").startswith("1 January 1, 00:00:00 in UTC")


def changes(zone, year):
    """The days of ``year`` after whose beginning (UTC) the zone's offset changes, with both offsets."""
    place = zoneinfo.ZoneInfo(zone)
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(367)]
    offsets = [day.astimezone(place).utcoffset() for day in days]
    for day, old, new in zip(days, offsets, offsets[1:], strict=False):
        if old != new:
            yield day, old, new


def exact_change(zone, day, old):
    """The first second after ``day`` at which the offset is no longer ``old``."""
    place, low, high = zoneinfo.ZoneInfo(zone), 0, 86_400
    while high - low > 1:
        middle = (low + high) // 2
        same = (day + timedelta(seconds=middle)).astimezone(place).utcoffset() == old
        low, high = (middle, high) if same else (low, middle)
    return day + timedelta(seconds=high)


@pytest.mark.parametrize("year", [1945, 1995, 2011, 2026, 2050])
def test_every_zone_around_its_changes(year):
    """Inside a gap every time is refused, inside a repetition asked about, outside both it is taken."""
    seen = 0
    for zone in ZONES:
        for day, old, new in changes(zone, year):
            seen += 1
            change = exact_change(zone, day, old)
            before, after = sorted([(change + old).replace(tzinfo=None), (change + new).replace(tzinfo=None)])
            middle, second = before + (after - before) / 2, timedelta(seconds=1)
            if new > old:
                with pytest.raises(InputError, match="does not exist"):
                    at_wall(middle, zone)
                assert at_wall(before - second, zone) == from_datetime(change - second)
                assert at_wall(after, zone) == from_datetime(change)
            else:
                with pytest.raises(InputError, match="comes twice"):
                    at_wall(middle, zone)
                assert at_wall(middle, zone, 1) - at_wall(middle, zone, 0) == (old - new) // timedelta(microseconds=1)
                assert at_wall(after, zone) == from_datetime(change + (after - before))
    assert seen > 20
