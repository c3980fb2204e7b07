"""Times as other trackers write them."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.instants import DAY, EARLIEST, LATEST, format_instant, parse_rfc3339, to_datetime
from ledger.errors import InputError
from ledger.formats.told_times import read_epoch, read_time


@pytest.mark.parametrize(
    ("text", "zone", "instant", "without"),
    [
        ("2025-01-10 01:12:2", "UTC", "2025-01-10T01:12:02Z", "zone"),
        ("2025-1-2 3:4:5", "UTC", "2025-01-02T03:04:05Z", "zone"),
        ("2025-01-10 01:12", "Europe/Berlin", "2025-01-10T00:12:00Z", "zone"),
        ("2026-01-12 16:00:00+00:00", "Europe/Berlin", "2026-01-12T16:00:00Z", ""),
        ("2019-03-01 10:00:00 UTC", "Europe/Berlin", "2019-03-01T10:00:00Z", ""),
        ("2022-11-14T00:00:00+0130", "UTC", "2022-11-13T22:30:00Z", ""),
        ("2022-11-14T00:00:00-05", "UTC", "2022-11-14T05:00:00Z", ""),
        ("2024-01-02T03:04:05.678Z", "UTC", "2024-01-02T03:04:05.678000Z", ""),
        ("2024-01-02T03:04:05.123456789Z", "UTC", "2024-01-02T03:04:05.123456Z", ""),
        ("2022/03/05", "UTC", "2022-03-05T00:00:00Z", "time"),
    ],
)
def test_forms(text: str, zone: str, instant: str, without: str) -> None:
    told = read_time(f" {text} ", zone)
    assert (format_instant(told.instant), told.without) == (instant, without)


def test_a_plain_day_ends_where_it_is() -> None:
    day = read_time("2026-03-29", "Europe/Berlin", end=True)
    assert format_instant(day.instant) == "2026-03-29T21:59:59Z"
    assert format_instant(read_time("2026-03-29", "Europe/Berlin").instant) == "2026-03-28T23:00:00Z"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a time"), ("soon", "is not a time"), ("2025-02-30", "does not exist"),
        ("2025-01-01 24:00:00", "does not exist"), ("2025-01-01 10:61", "does not exist"),
        ("٢٠٢٥-٠١-٠١", "is not a time"), ("2025-01-01T00:00:00+99:00", "is not a time"),
        ("0001-01-01T00:00:00+14:00", "outside the years"), ("2025-01-01 00:00:00 CET", "is not a time"),
    ],
)  # fmt: skip
def test_what_is_no_time(text: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_time(text, "UTC")
    assert said in str(refusal.value)


def test_a_time_that_the_clocks_skip_or_show_twice_is_asked_about() -> None:
    with pytest.raises(InputError, match="does not exist in Europe/Berlin"):
        read_time("2026-03-29 02:30", "Europe/Berlin")
    with pytest.raises(InputError, match="comes twice in Europe/Berlin"):
        read_time("2026-10-25 02:30", "Europe/Berlin")


@given(
    st.integers(EARLIEST + 2 * DAY, LATEST - 2 * DAY),
    st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_what_rfc_3339_says_is_read_as_it_is(instant: int, zone: timezone) -> None:
    text = to_datetime(instant).astimezone(zone).isoformat()
    assert parse_rfc3339(text) == instant
    assert read_time(text, "Europe/Berlin").instant == parse_rfc3339(text)


@given(st.integers(0, 4_000_000_000_000).map(lambda milliseconds: milliseconds * 1000))
def test_epochs_and_walls_agree(instant: int) -> None:
    moment = to_datetime(instant)
    assert read_epoch(instant // 1000, "ms") == instant
    assert read_epoch(f"{instant // 1_000_000}.{instant % 1_000_000:06}", "s") == instant
    assert read_time(f"{moment:%Y-%m-%d} {moment.hour}:{moment.minute}:{moment.second}", "UTC").instant == (
        instant // 1_000_000 * 1_000_000
    )


@pytest.mark.parametrize("number", [True, "x", "1e9", "", None, LATEST, -(10**17), "9" * 30])
def test_what_is_no_epoch(number: object) -> None:
    with pytest.raises(InputError):
        read_epoch(number, "s")
    assert EARLIEST < read_epoch(0, "s") < LATEST
