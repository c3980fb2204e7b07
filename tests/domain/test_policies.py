"""Policies by name, slices of a lead, months."""

from __future__ import annotations

import pytest

from ledger.domain.policies import HORIZONS, Policy, horizon_of, month_of

DAY = 24 * 3600 * 1_000_000


def test_the_policies_are_the_blueprints_and_time_average_is_first() -> None:
    assert [str(one) for one in Policy] == ["time-average", "last", "first", "all"]


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        (0, "up to a week"),
        (7 * DAY, "up to a week"),
        (7 * DAY + 1, "a week to a month"),
        (31 * DAY, "a week to a month"),
        (31 * DAY + 1, "one to three months"),
        (92 * DAY, "one to three months"),
        (92 * DAY + 1, "three months to a year"),
        (366 * DAY, "three months to a year"),
        (366 * DAY + 1, "over a year"),
        (10_000 * DAY, "over a year"),
    ],
)
def test_a_lead_falls_in_the_shortest_slice_that_holds_it(lead: int, name: str) -> None:
    assert horizon_of(lead) == name


def test_horizons_are_told_shortest_first() -> None:
    names = ["up to a week", "a week to a month", "one to three months", "three months to a year", "over a year"]
    assert list(HORIZONS) == names


@pytest.mark.parametrize(
    ("instant", "month"),
    [
        (0, "1970-01"),
        (-1, "1969-12"),
        (31 * DAY - 1, "1970-01"),
        (31 * DAY, "1970-02"),
        (1_737_392_399 * 1_000_000, "2025-01"),
        (-62_135_596_800 * 1_000_000, "0001-01"),
    ],
)
def test_the_month_is_told_in_utc(instant: int, month: str) -> None:
    assert month_of(instant) == month
