"""What the calibration screen reads: followed as it changes, told by month, sliced; each the same as ``score`` says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import clock
from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.errors import Cancelled, NotFoundError
from ledger.services.binning import Binning, read_bins
from ledger.services.opening import opened
from ledger.services.rivals import compare_named, forecaster_names
from ledger.services.score import SLICES, ScoreRequest, score
from ledger.services.settling import reopen, resolve
from ledger.services.slicing import read_slices
from ledger.services.starting import initialise
from ledger.services.studying import Study, renewed, study
from ledger.services.trending import trend
from ledger.storage.location import Location

OUTCOMES = {1: "no", 2: "yes", 4: "yes", 6: "no", 7: "no", 10: "no", 11: "no", 12: "no", 15: "no", 16: "yes"}
EVERYTHING = Filters()


def _silent(_: str) -> None:
    pass


def _on() -> bool:
    return False


@pytest.fixture
def article(tmp_path: Path) -> Iterator[Location]:
    location = Location(tmp_path / "korybko.db")
    with clock.set_to(datetime(2024, 11, 11, 12, tzinfo=UTC)):
        initialise(location, "korybko-2024-11-11", _silent)
    with clock.set_to(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        for number, outcome in OUTCOMES.items():
            resolve(location, f"#{number}", outcome, _silent, known_at="2025-12-01")
        yield location


def _study(location: Location, policy: Policy = Policy.TIME_AVERAGE, filters: Filters = EVERYTHING) -> Study:
    with opened(location) as book:
        return study(book, policy, filters, _on)


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("bins", ["width:10", "mass:10", "exact"])
def test_the_card_is_that_of_the_score(article: Location, policy: Policy, bins: str) -> None:
    request = ScoreRequest(policy=policy.value, bins=bins)
    told, found = score(article, request), _study(article, policy)
    card = {name: value for name, value in told.overall.items() if name != "score"}
    assert {**found.card(read_bins(bins), 1000), "score": None} == {**card, "score": None}
    assert (found.counts, found.classes, found.left_out) == (told.counts, told.classes, told.left_out)


@pytest.mark.parametrize("filters", [EVERYTHING, Filters(tags=("us",)), Filters(search="Trump")])
def test_what_changes_is_followed_as_if_all_were_read(article: Location, filters: Filters) -> None:
    old = _study(article, filters=filters)
    resolve(article, "#17", "yes", _silent, known_at="2026-02-01")
    resolve(article, "#2", "no", _silent, known_at="2026-02-01", supersede=True)
    reopen(article, "#7", "too early", _silent)
    with opened(article) as book:
        new, fresh = renewed(old, book, _on), study(book, Policy.TIME_AVERAGE, filters, _on)
    for name in ("question", "forecaster", "probability", "outcome", "weight", "low", "high"):
        assert getattr(new.binary, name).tolist() == getattr(fresh.binary, name).tolist()
    assert new.deadlines.tolist() == fresh.deadlines.tolist()
    assert (new.counts, new.classes, new.left_out, new.known) == (
        fresh.counts, fresh.classes, fresh.left_out, fresh.known,
    )  # fmt: skip
    assert new.card(Binning(10, "width"), 100) == fresh.card(Binning(10, "width"), 100)


def test_a_ledger_that_is_another_one_is_read_anew(article: Location, tmp_path: Path) -> None:
    other = Location(tmp_path / "other.db")
    initialise(other, None, _silent)
    with opened(other) as book:
        assert len(renewed(_study(article), book, _on).binary) == 0


def test_nobody_waiting_ends_the_reading(article: Location) -> None:
    with opened(article) as book, pytest.raises(Cancelled):
        study(book, Policy.TIME_AVERAGE, EVERYTHING, lambda: True)


@pytest.mark.parametrize("policy", Policy)
def test_the_months_add_up_to_the_score(article: Location, policy: Policy) -> None:
    found = _study(article, policy)
    months = trend(found.binary, found.deadlines, policy)
    card = found.card(Binning(10, "width"), 0)
    assert [one.month for one in months] == sorted({one.month for one in months})
    assert sum(one.n for one in months) == months[-1].n_so_far == card["n"]
    assert months[-1].so_far == pytest.approx(card["brier"], rel=1e-12)
    told = {group["value"]: group for group in score(article, ScoreRequest(policy=policy.value, by="month")).groups}
    assert {one.month: one.n for one in months} == {month: group["n"] for month, group in told.items()}
    for one in months:
        assert one.brier == pytest.approx(told[one.month]["brier"], rel=1e-12)


def test_without_rows_there_are_no_months(article: Location) -> None:
    found = _study(article, filters=Filters(tags=("none",)))
    assert trend(found.binary, found.deadlines, Policy.LAST) == ()


@pytest.mark.parametrize("by", SLICES)
def test_slices_are_those_of_the_score(article: Location, by: str) -> None:
    told = score(article, ScoreRequest(by=by, group_extras=False)).groups
    with opened(article) as book:
        found = read_slices(book, by, Policy.TIME_AVERAGE, EVERYTHING, _on).cards(1000, _on)
    assert [(one.label, one.n, one.brier, one.skill) for one in found] == [
        (group["value"], group["n"], group["brier"], group["skill_score"]) for group in told
    ]
    assert [None if one.interval is None else list(one.interval) for one in found] == [
        group["brier_interval"] for group in told
    ]


def test_chance_has_a_band_where_rows_are_independent(article: Location) -> None:
    bars, why = _study(article, Policy.LAST).consistency(Binning(10, "width"), 1000)
    assert why is None and all(0 <= low <= high <= 1 for low, high in bars.values()) and bars
    bars, why = _study(article, Policy.TIME_AVERAGE).consistency(Binning(10, "width"), 1000)
    assert not bars and why


def test_a_comparison_needs_two_who_are_there(article: Location) -> None:
    with opened(article) as book:
        assert forecaster_names(book, "and") == ["Andrew Korybko"]
        with pytest.raises(NotFoundError):
            compare_named(book, ("Andrew Korybko", "Nobody"), Policy.LAST, EVERYTHING)
