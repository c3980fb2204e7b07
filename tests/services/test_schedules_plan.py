"""Plans: how they are read, and when they run next, held against systemd's own reckoning."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.instants import MINUTE, format_instant, from_datetime, parse_rfc3339
from ledger.domain.moments import zone_named
from ledger.errors import InputError
from ledger.services.schedules.plan import Plan, next_run, read_back, read_plan
from ledger.services.schedules.systemd_units import calendar
from ledger.services.schedules.zones import LENIENCE, differences, guard, shifted

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca")
PLANS = st.builds(
    lambda at, days, zone: Plan(tuple(sorted(at)), tuple(sorted(days)), zone),
    st.sets(st.builds(time, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=3),
    st.sets(st.integers(0, 6), max_size=3),
    st.sampled_from(ZONES),
)
INSTANTS = st.integers(parse_rfc3339("2024-01-01T00:00:00Z"), parse_rfc3339("2031-01-01T00:00:00Z"))
HAS_SYSTEMD = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is absent")


def test_a_plan_is_read_as_it_is_typed() -> None:
    plan = read_plan(["18:00", "9:05", "09:05"], ["Monday", "thu", "MON"], "Europe/Berlin")
    assert plan == Plan((time(9, 5), time(18)), (0, 3), "Europe/Berlin")
    assert str(plan) == "mon,thu at 09:05,18:00 in Europe/Berlin"
    assert str(read_plan([], [], "UTC")) == "daily at 09:00 in UTC"


@pytest.mark.parametrize(
    ("at", "weekly", "zone", "told"),
    [
        ("25:00", "mon", "UTC", "--at '25:00': there is no such time of day; the last is 23:59"),
        ("24:00", "mon", "UTC", "--at '24:00': there is no such time of day; the last is 23:59"),
        ("09:60", "mon", "UTC", "--at '09:60': there is no such time of day; the last is 23:59"),
        ("nine", "mon", "UTC", "--at 'nine': write a time of day, such as 09:00"),
        ("09:00\n", "mon", "Nowhere/Land", "'Nowhere/Land' is not a time zone"),
        ("9", "mon", "UTC", "--at '9': write a time of day, such as 09:00"),
        ("09:00", "mo", "UTC", "--weekly 'mo': write a weekday, such as mon, tue, wed, thu, fri, sat, sun"),
        ("09:00", "monk", "UTC", "--weekly 'monk': write a weekday, such as mon, tue, wed, thu, fri, sat, sun"),
        ("09:00", "", "UTC", "--weekly '': write a weekday, such as mon, tue, wed, thu, fri, sat, sun"),
        ("09:00", "mon@09:00", "UTC",
         "--weekly 'mon@09:00': write a weekday, such as mon, tue, wed, thu, fri, sat, sun; the time goes into --at"),
        ("09:00", "mon", "Europe/Berlim", "'Europe/Berlim' is not a time zone; did you mean 'Europe/Berlin'"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_one_line(at: str, weekly: str, zone: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        read_plan([at], [weekly], zone)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)


@given(PLANS)
def test_a_plan_that_is_written_down_is_read_again(plan: Plan) -> None:
    assert read_back(str(plan)) == plan


@pytest.mark.parametrize("told", ["", "daily at 25:00 in UTC", "xyz at 09:00 in UTC", "daily at 09:00 in No/Where"])
def test_what_somebody_wrote_instead_is_no_plan(told: str) -> None:
    assert read_back(told) is None


@given(PLANS, INSTANTS)
def test_the_next_run_shows_a_time_of_the_plan_on_its_clocks_and_none_lies_between(plan: Plan, after: int) -> None:
    found = next_run(plan, after)
    assert found is not None
    assert found > after
    place = zone_named(plan.zone)
    shown = datetime.fromtimestamp(found / 1e6, UTC).astimezone(place)
    assert shown.time() in plan.at
    assert not plan.days or shown.weekday() in plan.days
    moment = datetime.fromtimestamp(after // MINUTE * 60, UTC)
    while from_datetime(moment := moment + timedelta(minutes=30)) < found - 30 * MINUTE:
        begin, end = moment.astimezone(place), (moment + timedelta(minutes=30)).astimezone(place)
        if end.date() == begin.date() and end.time() > begin.time() and begin.fold == end.fold == 0:
            between = [at for at in plan.at if begin.time() < at < end.time()]
            assert not (between and (not plan.days or begin.weekday() in plan.days))


@pytest.mark.parametrize(
    ("after", "runs"),
    [
        ("2026-03-28T20:00:00Z", "2026-03-30T00:30:00Z"),  # 02:30 is skipped on the 29th
        ("2026-10-24T20:00:00Z", "2026-10-25T00:30:00Z"),  # comes twice: the first
        ("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
        ("2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),  # asked in the hour that is repeated
    ],
)
def test_skipped_and_repeated_times(after: str, runs: str) -> None:
    plan = read_plan(["02:30"], [], "Europe/Berlin")
    found = next_run(plan, parse_rfc3339(after))
    assert found is not None
    assert format_instant(found) == runs


def test_a_watch_runs_after_the_gap() -> None:
    found = next_run(read_plan(["02:30"], [], "Europe/Berlin"), parse_rfc3339("2026-03-28T20:00:00Z"), in_gaps=True)
    assert found == parse_rfc3339("2026-03-29T01:30:00Z")


def test_after_the_last_day_there_is_no_run() -> None:
    assert next_run(read_plan([], [], "UTC"), parse_rfc3339("9999-12-30T00:00:00Z")) is None


def elapses(line: str, after: str) -> int:
    words = ["systemd-analyze", "calendar", f"--base-time={after.replace('T', ' ').replace('Z', ' UTC')}", line]
    done = subprocess.run(words, capture_output=True, text=True, env={"TZ": "UTC", "LC_ALL": "C", "PATH": "/usr/bin"})
    assert done.returncode == 0, done.stderr
    match = re.search(r"Next elapse: \w{3} (\S+) (\S+) UTC", done.stdout)
    assert match, done.stdout
    return parse_rfc3339(f"{match[1]}T{match[2]}Z")


@HAS_SYSTEMD
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("at", "weekly"), [(("02:30", "23:59"), ()), (("00:00", "02:15"), ("sun",))])
@pytest.mark.parametrize(
    "after",
    ["2024-02-28T22:00:00Z", "2026-03-07T23:00:00Z", "2026-03-28T20:00:00Z", "2026-04-04T10:00:00Z",
     "2026-10-03T10:00:00Z", "2026-10-24T20:00:00Z", "2026-10-31T20:00:00Z", "2026-12-31T23:30:00Z"],
)  # fmt: skip
def test_systemd_reckons_the_same_next_run(zone: str, at: tuple[str, ...], weekly: tuple[str, ...], after: str) -> None:
    plan = read_plan(at, weekly, zone)
    assert next_run(plan, parse_rfc3339(after)) == min(elapses(line, after) for line in calendar(plan))


@given(PLANS, st.sampled_from(ZONES), INSTANTS)
def test_on_other_clocks_a_run_is_at_one_of_the_differences_and_its_guard_lets_it_pass(
    plan: Plan, clocks: str, after: int
) -> None:
    found = next_run(plan, after)
    assert found is not None
    ours, theirs = (
        datetime.fromtimestamp(found / 1e6, UTC).astimezone(zone_named(zone)) for zone in (plan.zone, clocks)
    )
    ahead = round(((theirs.utcoffset() or timedelta()) - (ours.utcoffset() or timedelta())) / timedelta(minutes=1))
    then, days = shifted(ours.time(), plan.days, ahead)
    assert then == theirs.time()
    assert not days or theirs.weekday() in days
    pattern = guard(plan, ours.time())
    for late in range(-3 * LENIENCE, 3 * LENIENCE):
        shown = datetime.fromtimestamp(found / 1e6 + late * 60, UTC).astimezone(zone_named(plan.zone))
        if shown.utcoffset() == ours.utcoffset():
            assert passes(pattern, f"{shown.isoweekday()}-{shown:%H:%M}") is (0 <= late < LENIENCE)


def passes(patterns: str, told: str) -> bool:
    """What a shell's ``case`` would say."""
    return any(re.fullmatch(one.replace("?", "."), told) for one in patterns.split("|"))


def test_the_differences_of_two_zones_are_those_of_the_coming_years() -> None:
    now = parse_rfc3339("2026-06-01T00:00:00Z")
    assert differences("Europe/Berlin", zone_named("Etc/UTC"), now) == (-120, -60)
    assert differences("Europe/Berlin", zone_named("Europe/Vienna"), now) == (0,)
    assert differences("UTC", zone_named("Etc/UTC"), now) == (0,)
    assert differences("Europe/Berlin", zone_named("Australia/Lord_Howe"), now) == (510, 540, 600)
