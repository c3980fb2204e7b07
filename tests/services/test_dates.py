"""Words for times are read as meant and echoed, or refused; nothing is guessed."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.instants import format_instant
from ledger.domain.moments import Moment, describe, parse_moment
from ledger.errors import InputError
from ledger.services.dates import ZoneChoice, default_zone, read_deadline, read_moment

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday


def deadline(text, zone="Europe/Berlin", now=NOW):
    return read_deadline(text, zone=zone, clock_now=now)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("Tomorrow", "2026-11-24"),
        ("in 3 weeks", "2026-12-14"),
        ("in two weeks", "2026-12-07"),
        ("in a week", "2026-11-30"),
        ("3 days from now", "2026-11-26"),
        ("in 90 days", "2027-02-21"),
        ("in a month", "2026-12-23"),
        ("in 1 year", "2027-11-23"),
        ("31 December 2026", "2026-12-31"),
        ("31st December 2026", "2026-12-31"),
        ("December 31, 2026", "2026-12-31"),
        ("31 dec", "2026-12-31"),
        ("5th of March", "2027-03-05"),
        ("by 5 March", "2027-03-05"),
        ("march 5", "2027-03-05"),
        ("February 29", "2028-02-29"),
        ("5 March 2025", "2025-03-05"),
        ("friday", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("on Friday", "2026-11-27"),
        ("monday", "2026-11-30"),
        ("last friday", "2026-11-20"),
        ("end of the day", "2026-11-23"),
        ("end of today", "2026-11-23"),
        ("end of the week", "2026-11-29"),
        ("end of next week", "2026-12-06"),
        ("end of this month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of last month", "2026-10-31"),
        ("by the end of the month", "2026-11-30"),
        ("end of the quarter", "2026-12-31"),
        ("end of next quarter", "2027-03-31"),
        ("end of the year", "2026-12-31"),
        ("end of year", "2026-12-31"),
        ("end of next year", "2027-12-31"),
        ("end of March", "2027-03-31"),
        ("end of November", "2026-11-30"),
        ("end of February 2028", "2028-02-29"),
        ("end of 2027", "2027-12-31"),
        ("end of 5 March", "2027-03-05"),
    ],
)
def test_a_day_in_words_is_its_end(text, day):
    assert deadline(text) == Moment(parse_moment(day, "Europe/Berlin").instant, "Europe/Berlin", text)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("tomorrow at 18:00", "2026-11-24T17:00:00Z"),
        ("tomorrow 6pm", "2026-11-24T17:00:00Z"),
        ("tomorrow, 6:30 am", "2026-11-24T05:30:00Z"),
        ("tomorrow 12am", "2026-11-23T23:00:00Z"),
        ("friday noon", "2026-11-27T11:00:00Z"),
        ("tomorrow 12 pm", "2026-11-24T11:00:00Z"),
        ("31 December 2026 18:00", "2026-12-31T17:00:00Z"),
        ("end of March at 9:00", "2027-03-31T07:00:00Z"),
        ("now", "2026-11-23T12:00:00Z"),
        ("in 2 hours", "2026-11-23T14:00:00Z"),
        ("in an hour", "2026-11-23T13:00:00Z"),
        ("in one minute", "2026-11-23T12:01:00Z"),
        ("90 minutes from now", "2026-11-23T13:30:00Z"),
        ("2 hours ago", "2026-11-23T10:00:00Z"),
        ("2026-12-31", "2026-12-31T22:59:59Z"),
        ("2026-12-31T18:00:00Z", "2026-12-31T18:00:00Z"),
    ],
)
def test_a_time_of_day_is_exact(text, utc):
    assert format_instant(deadline(text).instant) == utc


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", "2026-11-22"),
        ("3 weeks ago", "2026-11-02"),
        ("friday", "2026-11-20"),
        ("monday", "2026-11-16"),
        ("next friday", "2026-11-27"),
        ("31 december", "2025-12-31"),
        ("end of March", "2026-03-31"),
        ("end of November", "2025-11-30"),
        ("5 March 2025", "2025-03-05"),
    ],
)
def test_a_moment_of_the_past_prefers_the_last_one(text, day):
    read = read_moment(text, zone="UTC", clock_now=NOW)
    assert format_instant(read.instant) == f"{day}T23:59:59Z"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "3", "12", "2027", "the 5th", "march", "march 2027", "december 2026 5", "12/31/2026", "31.12.2026"),
        *(
            "31 december 26",
            "next week",
            "next month",
            "in 3",
            "3 weeks",
            "2 hours",
            "in 2 hours ago",
            "soon",
            "christmas",
        ),
        *("in 100000 years", "in 9999 years", "end of", "end of end", "noon", "18:00", "tomorrow 18", "5pm EST"),
        *("31 February 2027", "30 feb", "31 november", "0 march", "32 december 2026", "mañana", "明日", "in ３ weeks"),
        *("end of " * 5000, "in " * 5000, "tomorrow " + "9" * 5000),
    ],
)
def test_what_has_no_single_meaning_is_refused_in_one_short_line(text):
    with pytest.raises(InputError, match="cannot be read as a time") as refusal:
        deadline(text)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tomorrow at 25:00", "time of day that does not exist"),
        ("tomorrow at 18:60", "time of day that does not exist"),
        ("tomorrow 13pm", "the hour runs from 1 to 12"),
        ("tomorrow 0am", "the hour runs from 1 to 12"),
        ("2026-02-30", "does not exist"),
        ("2026-13-01T00:00:00Z", "does not exist"),
        ("20261231", "cannot be read"),
        ("28 March 2027 02:30", "does not exist in Europe/Berlin"),
        ("31 October 2027 02:30", "comes twice in Europe/Berlin"),
    ],
)
def test_a_time_that_does_not_exist_is_refused(text, problem):
    with pytest.raises(InputError, match=problem):
        deadline(text)


def test_a_time_that_comes_twice_is_taken_once_told_which():
    second = read_deadline("31 October 2027 02:30", zone="Europe/Berlin", clock_now=NOW, fold=1)
    assert format_instant(second.instant) == "2027-10-31T01:30:00Z"


def test_an_unknown_zone_is_refused():
    for text in ("tomorrow", "now", "2026-12-31"):
        with pytest.raises(InputError, match="'Berlin' is not a time zone; did you mean 'Europe/Berlin'"):
            deadline(text, zone="Berlin")


def test_today_is_the_zones_today():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert describe(deadline("tomorrow", "UTC", late).instant, "UTC").startswith("24 November 2026")
    assert describe(deadline("tomorrow", "Asia/Tokyo", late).instant, "Asia/Tokyo").startswith("25 November 2026")


def test_hours_are_durations_across_a_clock_change():
    before = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)  # 01:00 in New York, an hour before the clocks go back
    read = read_deadline("in 2 hours", zone="America/New_York", clock_now=before)
    assert format_instant(read.instant) == "2026-11-01T07:00:00Z"


@given(st.integers(0, 2000), st.integers(1, 400))
def test_counted_days_are_calendar_days(start, count):
    now = NOW + timedelta(days=start)
    expected = (now + timedelta(days=count)).date().isoformat()
    assert format_instant(deadline(f"in {count} days", "UTC", now).instant) == f"{expected}T23:59:59Z"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        read = deadline(text)
    except InputError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert "Europe/Berlin" in describe(read.instant, read.zone)


def test_exact_times_do_not_wait_for_the_parser_of_words():
    program = (
        "import sys; from datetime import datetime, UTC; from ledger.services.dates import read_deadline;"
        "[read_deadline(t, zone='UTC', clock_now=datetime(2026,1,1,tzinfo=UTC)) for t in ('2026-12-31','end of May')];"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0


def system(folder, *, timezone=None, localtime=None):
    if timezone is not None:
        (folder / "timezone").write_text(timezone)
    if localtime is not None:
        (folder / "localtime").symlink_to(localtime)
    return folder


def test_the_zone_that_was_chosen_comes_first(tmp_path):
    told = {"FORECAST_ZONE": "Asia/Tokyo", "TZ": "Europe/Paris"}
    assert default_zone(told, system(tmp_path, timezone="UTC\n")) == ZoneChoice("Asia/Tokyo", "FORECAST_ZONE")


def test_a_chosen_zone_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="'Tokyo' is not a time zone; did you mean 'Asia/Tokyo'"):
        default_zone({"FORECAST_ZONE": "Tokyo"}, tmp_path)


@pytest.mark.parametrize("told", ["Europe/Paris", ":Europe/Paris", "/usr/share/zoneinfo/Europe/Paris"])
def test_then_the_system_variable(told, tmp_path):
    assert default_zone({"TZ": told}, system(tmp_path, timezone="Asia/Tokyo")) == ZoneChoice("Europe/Paris", "TZ")


def test_then_the_system_files(tmp_path):
    linked = "/usr/share/zoneinfo/posix/America/New_York"
    assert default_zone({"TZ": "<-03>3"}, system(tmp_path, localtime=linked)).name == "America/New_York"
    assert default_zone({}, tmp_path).origin == str(tmp_path / "localtime")
    assert default_zone({}, system(tmp_path, timezone="Europe/Kyiv\n")) == ZoneChoice(
        "Europe/Kyiv", str(tmp_path / "timezone")
    )


def test_then_utc_and_it_says_so(tmp_path):
    assert default_zone({}, tmp_path) == ZoneChoice("UTC", "no zone is set on this system")


def test_the_environment_is_read_when_asked(monkeypatch):
    monkeypatch.setenv("FORECAST_ZONE", "Pacific/Apia")
    assert default_zone().name == "Pacific/Apia"
