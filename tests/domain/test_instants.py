"""Instants read back as they were written, and nothing that does not exist is read at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.instants import (
    DAY,
    EARLIEST,
    HOUR,
    LATEST,
    MINUTE,
    SECOND,
    format_instant,
    from_datetime,
    parse_rfc3339,
    to_datetime,
)
from ledger.errors import InputError

instants = st.integers(EARLIEST, LATEST)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.000001Z", 1),
        ("1969-12-31T23:59:59.5Z", -SECOND // 2),
        ("1970-01-01T00:00:00.123456Z", 123_456),
        ("2025-01-20T12:00:00-05:00", 1_737_392_400 * SECOND),
        ("2025-01-20t17:00:00z", 1_737_392_400 * SECOND),
        ("2025-01-20 17:00:00+00:00", 1_737_392_400 * SECOND),
        ("2025-01-20T17:00:00-00:00", 1_737_392_400 * SECOND),
        ("2024-02-29T00:00:00Z", 1_709_164_800 * SECOND),
        ("0001-01-01T00:00:00Z", EARLIEST),
        ("9999-12-31T23:59:59.999999Z", LATEST),
        # RFC 3339, section 5.8
        ("1985-04-12T23:20:50.52Z", 482_196_050_520_000),
        ("1996-12-19T16:39:57-08:00", 851_042_397 * SECOND),
        ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000),
    ],
)
def test_rfc3339_is_read(text, instant):
    assert parse_rfc3339(text) == instant


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2025-02-30T00:00:00Z", "does not exist"),
        ("2025-02-29T00:00:00Z", "does not exist"),
        ("2025-13-01T00:00:00Z", "does not exist"),
        ("0000-01-01T00:00:00Z", "does not exist"),
        ("2025-01-01T25:00:00Z", "does not exist"),
        ("2025-01-01T24:00:00Z", "does not exist"),
        ("2025-01-01T00:60:00Z", "does not exist"),
        ("2025-01-01T00:00:61Z", "does not exist"),
        ("1990-12-31T23:59:60Z", "leap second"),  # RFC 3339, section 5.8
        ("2025-01-01T00:00:00", "no offset"),
        ("2025-01-01T00:00:00.1234567Z", "finer than a microsecond"),
        ("2025-01-01T00:00:00+24:00", "not a time that can be read"),
        ("2025-01-01T00:00:00+00:60", "not a time that can be read"),
        ("2025-01-01T00:00:00+0000", "not a time that can be read"),
        ("2025-01-01T00:00Z", "not a time that can be read"),
        ("2025-01-01", "not a time that can be read"),
        ("20250101T000000Z", "not a time that can be read"),
        ("2025-W01-1T00:00:00Z", "not a time that can be read"),
        ("２025-01-01T00:00:00Z", "not a time that can be read"),
        ("2025-01-01T00:00:00Z\n", "not a time that can be read"),
        ("", "not a time that can be read"),
        ("0001-01-01T00:00:00+00:01", "outside the years 1 to 9999"),
        ("9999-12-31T23:59:59-00:01", "outside the years 1 to 9999"),
    ],
)
def test_what_is_no_instant_is_refused_in_one_line(text, problem):
    with pytest.raises(InputError, match=problem) as refusal:
        parse_rfc3339(text)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1/2/2025", "is not a time that can be read: write it as 2026-12-31T23:59:59Z (RFC 3339)"),
        ("2025-01-01T00:00:00", "has no offset from UTC: end it with Z, or with an offset such as +02:00"),
        ("1990-12-31T23:59:60Z", "names a leap second, which is not counted: write second 59"),
        ("2025-01-01T00:00:00.1234567Z", "is finer than a microsecond: give at most six digits after the second"),
        ("2025-02-29T00:00:00Z", "names a day or a time of day that does not exist"),
    ],
)
def test_a_refusal_quotes_the_text_and_says_what_to_write(text, problem):
    with pytest.raises(InputError) as refusal:
        parse_rfc3339(text)
    assert str(refusal.value) == f"'{text}' {problem}"


class Nowhere(tzinfo):
    """A zone that cannot say its offset."""

    def utcoffset(self, _moment):
        return None


def test_a_zone_without_an_offset_is_refused():
    with pytest.raises(InputError, match=r"^2025-01-01T00:00:00 has no offset from UTC$"):
        from_datetime(datetime(2025, 1, 1, tzinfo=Nowhere()))


@given(instants)
def test_an_instant_reads_back_as_written(instant):
    assert parse_rfc3339(format_instant(instant)) == instant
    assert from_datetime(to_datetime(instant)) == instant


@given(instants, instants)
def test_text_sorts_as_time_does_at_one_precision(left, right):
    left, right = (max(EARLIEST, each // SECOND * SECOND) for each in (left, right))
    assert (format_instant(left) < format_instant(right)) is (left < right)


@given(instants.filter(lambda at: EARLIEST + DAY < at < LATEST - DAY), st.integers(-23 * 60 - 59, 23 * 60 + 59))
def test_the_offset_changes_nothing(instant, minutes):
    local = to_datetime(instant).astimezone(timezone(timedelta(minutes=minutes)))
    assert from_datetime(local) == instant
    assert parse_rfc3339(local.isoformat()) == instant


def test_the_text_has_digits_of_a_second_only_when_they_tell():
    assert format_instant(0) == "1970-01-01T00:00:00Z"
    assert format_instant(500_000) == "1970-01-01T00:00:00.500000Z"
    assert format_instant(EARLIEST) == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize("instant", [EARLIEST - 1, LATEST + 1, 10**30])
def test_an_instant_out_of_range_is_refused(instant):
    with pytest.raises(InputError, match=r"^a time outside the years 1 to 9999 \(in UTC\) cannot be kept$"):
        format_instant(instant)
    with pytest.raises(InputError, match="1 to 9999"):
        to_datetime(instant)


def test_a_naive_datetime_is_refused():
    with pytest.raises(InputError, match="no offset"):
        from_datetime(datetime(2025, 1, 1))  # noqa: DTZ001
    assert from_datetime(datetime(1970, 1, 2, tzinfo=UTC)) == DAY == 24 * HOUR == 1440 * MINUTE
