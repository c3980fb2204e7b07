"""What a reading command is narrowed to, and how that is told."""

from __future__ import annotations

import pytest

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status, TimingClass

EACH = {
    "status": ((Status.DUE, Status.OPEN), "status", ["due", "open"]),
    "tags": (("war", "sport"), "tag", ["war", "sport"]),
    "forecasters": (("ann",), "forecaster", ["ann"]),
    "sources": (("https://a.example",), "source", ["https://a.example"]),
    "since": (0, "since", "1970-01-01T00:00:00Z"),
    "until": (1_500_000, "until", "1970-01-01T00:00:01.500000Z"),
    "classes": ((TimingClass.LATE,), "class", ["late"]),
    "search": ("front", "search", "front"),
}


def test_no_filter_narrows_nothing_and_tells_nothing() -> None:
    assert not Filters().narrows
    assert Filters().as_data() == {}


@pytest.mark.parametrize("field", list(EACH))
def test_each_filter_narrows_and_is_told_under_its_option(field: str) -> None:
    value, name, told = EACH[field]
    filters = Filters(**{field: value})  # type: ignore[arg-type]
    assert filters.narrows
    assert filters.as_data() == {name: told}


def test_all_together_are_told_in_one_order() -> None:
    filters = Filters(**{field: value for field, (value, _, _) in EACH.items()})  # type: ignore[arg-type]
    told = {name: value for _, name, value in EACH.values()}
    assert filters.as_data() == told
    assert list(filters.as_data()) == list(told)


def test_an_empty_search_is_not_told() -> None:
    assert Filters(search="").as_data() == {}
