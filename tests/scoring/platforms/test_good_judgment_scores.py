from __future__ import annotations

import numpy as np
import pytest

from ledger.errors import ScoringError
from ledger.scoring.platforms.good_judgment import accuracy_scores, daily_forecasts, ordered_score
from ledger.scoring.rules import brier_score


def test_ordered_categories() -> None:
    """Good Judgment Open's own example: .27 ordered, .81 plain (interchange reference, 3.6)."""
    forecast = [[0.15, 0.45, 0.25, 0.15]]
    assert ordered_score(forecast=forecast, outcome=[2])[0] == pytest.approx(0.27, abs=1e-15)
    assert brier_score(forecast=forecast, outcome=[2], form="original")[0] == pytest.approx(0.81, abs=1e-15)


@pytest.mark.parametrize(
    ("r2", "ranked"),
    [
        (0.0, -0.36), (0.05, -0.33125), (0.10, -0.305), (0.15, -0.28125), (0.20, -0.26), (0.25, -0.24125),
        (0.30, -0.225), (0.35, -0.21125), (0.40, -0.2), (0.45, -0.19125), (0.50, -0.185), (0.55, -0.18125),
        (0.60, -0.18),
    ],
)  # fmt: skip
def test_ordered_is_twice_the_ranked_quadratic_loss(r2: float, ranked: float) -> None:
    """Jose, Nau and Winkler 2009, Figure 1, confirmed with R scoring 0.6 (scoring reference, V20)."""
    assert ordered_score(forecast=[[0.4, r2, 0.6 - r2]], outcome=[0])[0] == pytest.approx(-2 * ranked, abs=1e-15)


def test_the_last_forecast_of_each_full_day_counts() -> None:
    got = daily_forecasts(made_at=[12, 15, 27, 27, 40, 41], day_ends=[10, 20, 30, 40])
    assert got.statement.tolist() == [-1, 1, 3, 3]
    assert got.unscored.tolist() == [0, 2, 4, 5]
    assert got.reason == "not the last forecast of any full day: it gets no score"


def test_days_may_be_of_any_length() -> None:
    assert daily_forecasts(made_at=[0], day_ends=[1, 2]).statement.tolist() == [0, 0]


def test_all_count_where_each_is_the_last_of_its_day() -> None:
    got = daily_forecasts(made_at=[3, 10], day_ends=[10, 20])
    assert got.statement.tolist() == [0, 1]
    assert got.unscored.size == 0
    assert got.reason is None


@pytest.mark.parametrize(("made_at", "day_ends"), [([2, 1], [5]), ([1], [5, 5]), ([1], [5, 4])])
def test_times_must_rise(made_at: list[int], day_ends: list[int]) -> None:
    with pytest.raises(ScoringError, match="made_at and day_ends must rise"):
        daily_forecasts(made_at=made_at, day_ends=day_ends)


def test_accuracy_is_against_the_daily_median_times_participation() -> None:
    """Three forecasters, four days: medians .5, .35, .2 and .2 of who is active."""
    score = [[0.5, 0.2, 0.2, 9], [0.5, 0.5, 0.5, 0.1], [9, 9, 0.1, 0.3], [9, 9, 9, 9]]
    active = [[True, True, True, False], [True] * 4, [False, False, True, True], [False] * 4]
    got = accuracy_scores(score=score, active=active)
    first = ((0.5 + 0.2 + 0.2) / 3 - (0.5 + 0.35 + 0.2) / 3) * 0.75
    second = (1.6 / 4 - (0.5 + 0.35 + 0.2 + 0.2) / 4) * 1
    third = ((0.1 + 0.3) / 2 - 0.4 / 2) * 0.5
    assert got.accuracy == pytest.approx([first, second, third, 0], abs=1e-15)
    assert got.participation.tolist() == [0.75, 1, 0.5, 0]


def test_a_day_without_anybody_is_a_day_that_was_possible() -> None:
    got = accuracy_scores(score=[[0.5, 0.5]], active=[[False, True]])
    assert (got.accuracy.tolist(), got.participation.tolist()) == ([0.0], [0.5])


@pytest.mark.parametrize(
    ("score", "active", "message"),
    [
        ([0.5], [True], "a row a forecaster and a column a day"),
        (np.empty((1, 0)), np.empty((1, 0), dtype=bool), "a row a forecaster and a column a day"),
        ([[0.5]], [[1]], "active must be true or false"),
        ([[0.5]], [[True, False]], "active has shape"),
    ],
)
def test_days_that_cannot_be_are_refused(score: object, active: object, message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        accuracy_scores(score=score, active=active)  # type: ignore[arg-type]
