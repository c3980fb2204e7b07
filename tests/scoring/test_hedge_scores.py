from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.rules import brier_score, log_score
from ledger.scoring.words import partition_score, score_range, term_of, voronoi_weights

ICD_203 = [0.05, 0.20, 0.45, 0.55, 0.80, 0.95]
NO = [0, 0.0125, 0.0925, 0.25, 0.4425, 0.7625, 1]
YES = [1, 0.7625, 0.4425, 0.25, 0.0925, 0.0125, 0]


def test_icd_203_losses() -> None:
    """Computed from the derivation in section 6.2 (scoring reference, V24)."""
    assert voronoi_weights(thresholds=ICD_203) == pytest.approx([0.25, 0.40, 0.35, 0.35, 0.40, 0.25], abs=1e-15)
    terms = np.arange(7)
    for happened, losses in ((0, NO), (1, YES)):
        got = partition_score(forecast=terms, outcome=np.full(7, happened), thresholds=ICD_203)
        assert got == pytest.approx(losses, abs=1e-15)


def test_shares_and_given_weights() -> None:
    half = partition_score(forecast=[2, 2], outcome=[0.5, 0.25], thresholds=ICD_203)
    assert half == pytest.approx([(0.0925 + 0.4425) / 2, 0.75 * 0.0925 + 0.25 * 0.4425], abs=1e-15)
    unit = partition_score(forecast=[0, 1, 0, 1], outcome=[0, 0, 1, 1], thresholds=[0.3], weight=[2.0])
    assert unit == pytest.approx([0, 0.6, 1.4, 0], abs=1e-15)


def expected_losses(belief: float, thresholds: list[float], weight: list[float] | None = None) -> np.ndarray:
    terms = np.arange(len(thresholds) + 1)
    no, yes = (
        partition_score(forecast=terms, outcome=np.full(terms.size, y), thresholds=thresholds, weight=weight)
        for y in (0, 1)
    )
    return (1 - belief) * no + belief * yes


@pytest.mark.parametrize("weight", [None, [1.0] * 6])
def test_the_best_term_is_the_one_of_the_belief_on_a_grid(weight: list[float] | None) -> None:
    """999 beliefs, none violated, with unit weights as in section 6.2 and with those most like Brier's."""
    beliefs = np.arange(1, 1000) / 1000
    own = term_of(forecast=beliefs, thresholds=ICD_203)
    for belief, term in zip(beliefs, own, strict=True):
        losses = expected_losses(belief, ICD_203, weight)
        assert losses[term] <= losses.min() + 1e-15
        inside = np.abs(belief - np.array(ICD_203)).min() > 1e-9
        assert not inside or np.argmin(losses) == term


def test_scoring_the_midpoint_is_not_proper() -> None:
    """Section 6.2: with midpoints the best word switches at 7.5, 22.5, ..., wrong for 17.5 % of beliefs."""
    edges = np.array([0.0, *ICD_203, 1.0])
    middles = (edges[1:] + edges[:-1]) / 2
    beliefs = (np.arange(20_000) + 0.5) / 20_000
    best = np.abs(beliefs[:, None] - middles).argmin(axis=1)
    assert (best != term_of(forecast=beliefs, thresholds=ICD_203)).mean() == pytest.approx(0.175, abs=1e-4)
    assert beliefs[np.flatnonzero(np.diff(best))] == pytest.approx(
        [0.075, 0.225, 0.4125, 0.5875, 0.775, 0.925], abs=1e-4
    )


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.floats(0.01, 10)), min_size=1, max_size=8, unique_by=lambda pair: pair[0]
    ),
    st.floats(0, 1),
)
def test_every_partition_and_weighting_is_proper(steps: list[tuple[int, float]], belief: float) -> None:
    ordered = sorted(steps)
    thresholds, weight = [step / 100 for step, _ in ordered], [value for _, value in ordered]
    term = term_of(forecast=[belief], thresholds=thresholds)[0]
    for chosen in (weight, None):
        losses = expected_losses(belief, thresholds, chosen)
        assert losses[term] <= losses.min() + 1e-12


@given(st.lists(st.integers(1, 99), min_size=1, max_size=8, unique=True))
def test_voronoi_weights_add_up_to_two(steps: list[int]) -> None:
    thresholds = sorted(step / 100 for step in steps)
    assert voronoi_weights(thresholds=thresholds).sum() == pytest.approx(2, abs=1e-12)


def test_terms_of_probabilities() -> None:
    assert term_of(forecast=[0, 0.05, 0.5, 0.95, 1], thresholds=ICD_203).tolist() == [0, 1, 3, 6, 6]


@pytest.mark.parametrize(
    ("thresholds", "message"),
    [
        ([], "there must be at least one"),
        ([0.2, 0.2], "thresholds must rise"),
        ([0.3, 0.2], "thresholds must rise"),
        ([0.0, 0.2], r"thresholds\[0\] is 0.0: it must lie inside 0 to 1"),
        ([0.2, 1.0], r"thresholds\[1\] is 1.0"),
    ],
)
def test_thresholds_must_cut_the_unit(thresholds: list[float], message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        voronoi_weights(thresholds=thresholds)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"forecast": [-1]}, r"forecast\[0\] is -1: terms count from 0 to 6"),
        ({"forecast": [7]}, r"forecast\[0\] is 7: terms count from 0 to 6"),
        ({"outcome": [1, 0]}, "outcome has shape"),
        ({"outcome": [2]}, r"outcome\[0\] is 2.0"),
        ({"weight": [1.0]}, "weight has shape"),
        ({"weight": [1.0, 1, 1, 0, 1, 1]}, r"weight\[3\] is 0.0: it must be above 0"),
    ],
)
def test_terms_that_cannot_be_are_refused(change: dict[str, object], message: str) -> None:
    rows = {"forecast": [6], "outcome": [1], "thresholds": ICD_203}
    partition_score(**rows)  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        partition_score(**(rows | change))  # type: ignore[arg-type]


def test_a_hedge_scores_a_range() -> None:
    """Section 6.2: on yes from (1 - u) squared to (1 - l) squared, on no from l squared to u squared."""
    least, most = score_range(
        low=[0.25, 0.25, 0.25, 0.25], high=[0.75] * 4, outcome=[1, 0, 0.5, 0.25], rule=brier_score
    )
    assert least.tolist() == [0.0625, 0.0625, 0, 0]
    assert most.tolist() == [0.5625, 0.5625, 0.0625, 0.25]
    least, most = score_range(low=[0.0], high=[0.5], outcome=[1], rule=log_score)
    assert (least[0], most[0]) == (pytest.approx(np.log(2), abs=1e-15), np.inf)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_no_probability_of_the_range_scores_outside(one: float, other: float, outcome: float, where: float) -> None:
    low, high = sorted((one, other))
    inside = low + where * (high - low)
    for rule in (brier_score, log_score):
        least, most = score_range(low=[low], high=[high], outcome=[outcome], rule=rule)
        score = rule(forecast=[min(inside, high)], outcome=[outcome])
        assert least[0] - 1e-12 <= score[0] <= most[0] + 1e-12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": [0.6]}, r"low\[0\] is 0.6: it must not lie above the high end"),
        ({"low": [-0.1]}, r"low\[0\] is -0.1"),
        ({"high": [1.5]}, r"high\[0\] is 1.5"),
        ({"high": [0.5, 0.5]}, "high has shape"),
        ({"outcome": [1, 1]}, "outcome has shape"),
        ({"outcome": [-1]}, r"outcome\[0\] is -1.0"),
    ],
)
def test_ranges_that_cannot_be_are_refused(change: dict[str, object], message: str) -> None:
    rows = {"low": [0.5], "high": [0.5], "outcome": [1], "rule": brier_score}
    score_range(**rows)  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        score_range(**(rows | change))  # type: ignore[arg-type]
