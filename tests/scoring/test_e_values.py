from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring._scores import Rule
from ledger.scoring.e_values import CAVEAT, compare_by_betting
from ledger.scoring.rules import brier_score, log_score


def test_the_formula_of_henzi_and_ziegel() -> None:
    """Brier, a = .8, b = .6: the difference is .12 against B on yes, .28 for B on no; the worst is .12."""
    got = compare_by_betting(
        forecast_a=[0.8, 0.8, 0.3], forecast_b=[0.6, 0.6, 0.3], outcome=[1, 0, 1], rule=brier_score, bet=0.25
    )
    won = 1 + 0.25 * 0.28 / 0.12
    assert got.each == pytest.approx([0.75, won, 1.0], abs=1e-14)
    assert got.running == pytest.approx([0.75, 0.75 * won, 0.75 * won], abs=1e-14)
    assert got.mean == pytest.approx((1.75 + won) / 3, abs=1e-14)
    assert got.bet == 0.25
    assert got.caveat == CAVEAT
    assert "fixed beforehand" in CAVEAT


def test_the_default_bet_is_one_half_and_no_bet_wins_nothing() -> None:
    rows = {"forecast_a": [0.2], "forecast_b": [0.7], "outcome": [0], "rule": brier_score}
    assert compare_by_betting(**rows).each == pytest.approx([0.5], abs=1e-15)  # type: ignore[arg-type]
    assert compare_by_betting(**rows, bet=0).each.tolist() == [1.0]  # type: ignore[arg-type]


def test_without_rows_there_is_no_mean() -> None:
    got = compare_by_betting(forecast_a=[], forecast_b=[], outcome=[], rule=brier_score)
    assert (got.mean, got.running.size) == (None, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bet": 1}, "bet is 1: it must be at least 0 and below 1"),
        ({"bet": -0.1}, "bet is -0.1"),
        ({"forecast_a": [1.2]}, r"forecast_a\[0\] is 1.2"),
        ({"forecast_b": [-0.2]}, r"forecast_b\[0\] is -0.2"),
        ({"forecast_b": [0.5, 0.5]}, "forecast_b has shape"),
        ({"outcome": [1, 0]}, "outcome has shape"),
        ({"outcome": [0.5]}, r"outcome\[0\] is 0.5: it must be 0 or 1"),
        ({"rule": log_score, "forecast_a": [0.0]}, r"score\[0\] is inf: betting needs finite scores"),
        ({"rule": log_score, "forecast_b": [1.0], "outcome": [1]}, r"score\[0\] is inf"),
    ],
)
def test_what_cannot_be_bet_on_is_refused(change: dict[str, object], message: str) -> None:
    rows = {"forecast_a": [0.2], "forecast_b": [0.7], "outcome": [1], "rule": brier_score, "bet": 0.5}
    compare_by_betting(**rows)  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        compare_by_betting(**(rows | change))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", [brier_score, log_score])
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 0.99))
def test_where_a_is_at_least_as_good_nothing_is_won_on_average(
    rule: object, a: float, b: float, truth: float, bet: float
) -> None:
    """For every true chance under which A's expected loss is not above B's, the e-value's mean is at most 1."""
    each = compare_by_betting(
        forecast_a=[a, a],
        forecast_b=[b, b],
        outcome=[0, 1],
        rule=rule,
        bet=bet,  # type: ignore[arg-type]
    ).each
    assert (each >= 1 - bet - 1e-9).all()
    losses = [rule(forecast=[p, p], outcome=[0, 1]) @ [1 - truth, truth] for p in (a, b)]  # type: ignore[operator]
    mean = float(np.dot(each, [1 - truth, truth]))
    if losses[0] <= losses[1]:
        assert mean <= 1 + 1e-9
    else:
        assert mean >= 1 - 1e-9


@pytest.mark.parametrize("rule", [brier_score, log_score])
@pytest.mark.parametrize("said", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("outcome", [0, 1])
def test_where_the_two_agree_nothing_is_bet_however_sure_they_are(rule: Rule, said: float, outcome: int) -> None:
    got = compare_by_betting(forecast_a=[said, 0.4], forecast_b=[said, 0.4], outcome=[outcome, 1], rule=rule)
    assert got.each.tolist() == [1.0, 1.0]
