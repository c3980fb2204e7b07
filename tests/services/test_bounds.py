"""Bounds of deadlines: a day begins a span at its beginning and ends it at its end, in the zone that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ledger import clock
from ledger.domain.instants import parse_rfc3339
from ledger.errors import InputError
from ledger.services.bounds import since_told, until_told


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FORECAST_ZONE", "Europe/Berlin")
    with clock.set_to(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("told", "since", "until"),
    [
        ("2026-03-10", "2026-03-09T23:00:00Z", "2026-03-10T22:59:59.999999Z"),
        ("2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999999Z"),  # a day of 23 hours
        ("2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999999Z"),  # and one of 25
        ("2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z"),
        ("2026-03-10T23:59:59+01:00", "2026-03-10T22:59:59Z", "2026-03-10T22:59:59Z"),
        ("now", "2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z"),
        ("yesterday", "2026-05-30T22:00:00Z", "2026-05-31T21:59:59.999999Z"),
        ("0001-01-02", "0001-01-01T23:06:32Z", "0001-01-02T23:06:31.999999Z"),  # local mean time
    ],
)
def test_a_day_is_whole_and_a_time_is_itself(told: str, since: str, until: str) -> None:
    assert since_told(told) == parse_rfc3339(since)
    assert until_told(told) == parse_rfc3339(until)


def test_a_day_that_begins_at_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Brazil the clocks went forward at midnight: 4 November 2018 began at 01:00."""
    monkeypatch.setenv("FORECAST_ZONE", "America/Sao_Paulo")
    assert since_told("2018-11-04") == parse_rfc3339("2018-11-04T03:00:00Z")


@pytest.mark.parametrize(("read", "name"), [(since_told, "--since"), (until_told, "--until")])
def test_what_cannot_be_read_is_refused_by_name(read: object, name: str) -> None:
    with pytest.raises(InputError, match=f"^{name}: 'whenever'"):
        read("whenever")  # type: ignore[operator]


def test_the_first_day_of_all_has_no_beginning() -> None:
    with pytest.raises(InputError, match="'0001-01-01': the days begin with the second day"):
        since_told("0001-01-01")
