"""Every rule is proper: nobody expects to gain by stating what they do not believe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.scoring.rules import (
    brier_score,
    elementary_score,
    log_score,
    ranked_probability_score,
    spherical_score,
)
from ledger.scoring.rules_interval import interval_score
from ledger.scoring.rules_numeric import crps, pinball_score, weighted_interval_score

PROBABILITIES = st.floats(0, 1) | st.sampled_from([0.0, 0.1, 0.5, 1.0])
SLACK = 1e-12
Expected = Callable[[Any, Any], float]


def binary(rule: Callable[..., Any], **options: Any) -> Expected:
    def expected(belief: float, stated: float) -> float:
        yes, no = (float(rule(forecast=stated, outcome=y, **options)) for y in (1, 0))
        return (belief * yes if belief else 0.0) + ((1 - belief) * no if belief < 1 else 0.0)

    return expected


BINARY = [
    binary(brier_score),
    binary(brier_score, form="original"),
    binary(log_score),
    binary(log_score, unit="bits"),
    binary(spherical_score),
    binary(elementary_score, threshold=0.3),
    binary(elementary_score, threshold=0.5),
]
STRICT = BINARY[:5]


@pytest.mark.parametrize("expected", BINARY)
@given(belief=PROBABILITIES, stated=PROBABILITIES)
def test_binary_rules_are_proper(expected: Expected, belief: float, stated: float) -> None:
    assert expected(belief, belief) <= expected(belief, stated) + SLACK


@pytest.mark.parametrize("expected", STRICT)
@given(belief=PROBABILITIES, stated=PROBABILITIES)
def test_all_but_the_elementary_are_strictly_so(expected: Expected, belief: float, stated: float) -> None:
    assume(abs(belief - stated) > 1e-4)
    assert expected(belief, belief) < expected(belief, stated)


@pytest.mark.parametrize("rule", [brier_score, log_score, spherical_score])
@given(belief=PROBABILITIES, stated=PROBABILITIES)
def test_a_share_scores_best_at_itself(rule: Callable[..., Any], belief: float, stated: float) -> None:
    assert rule(forecast=belief, outcome=belief) <= rule(forecast=stated, outcome=belief) + SLACK


def simplex(weights: list[float]) -> np.ndarray:
    vector = np.array(weights)
    return vector / vector.sum()


VECTORS = st.integers(2, 6).flatmap(
    lambda k: st.tuples(*[st.lists(st.floats(0.001, 1), min_size=k, max_size=k).map(simplex)] * 2)
)


@pytest.mark.parametrize("rule", [brier_score, log_score, spherical_score, ranked_probability_score])
@given(pair=VECTORS)
def test_rules_over_options_are_proper(rule: Callable[..., Any], pair: tuple[np.ndarray, np.ndarray]) -> None:
    belief, stated = pair

    def expected(vector: np.ndarray) -> float:
        every = rule(forecast=np.tile(vector, (vector.size, 1)), outcome=np.arange(vector.size))
        return float(belief @ every)

    assert expected(belief) <= expected(stated) + SLACK
    if np.abs(belief - stated).max() > 1e-3:
        assert expected(belief) < expected(stated)


VALUES = st.lists(st.integers(-20, 20), min_size=4, max_size=12)
LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9]


def mean_score(rule: Callable[..., Any], quantiles: np.ndarray, values: np.ndarray, **options: Any) -> float:
    return float(rule(forecast=np.tile(quantiles, (values.size, 1)), outcome=values, **options).mean())


@given(values=VALUES, stated=st.lists(st.integers(-25, 25), min_size=5, max_size=5).map(sorted))
def test_rules_of_quantiles_are_proper(values: list[int], stated: list[int]) -> None:
    y, other = np.array(values, dtype=float), np.array(stated, dtype=float)
    own = np.quantile(y, LEVELS, method="inverted_cdf")
    for rule, options in (
        (pinball_score, {"level": LEVELS}),
        (weighted_interval_score, {"levels": LEVELS}),
        (crps, {"levels": LEVELS}),
    ):
        assert mean_score(rule, own, y, **options) <= mean_score(rule, other, y, **options) + SLACK
    ends = [0, 4]
    best = mean_score(interval_score, own[ends], y, alpha=0.2)
    assert best <= mean_score(interval_score, other[ends], y, alpha=0.2) + 1e-9


@given(values=VALUES, stated=VALUES)
def test_the_score_of_ensembles_is_proper(values: list[int], stated: list[int]) -> None:
    y, other = np.array(values, dtype=float), np.array(stated, dtype=float)
    assert mean_score(crps, y, y) <= mean_score(crps, other, y) + 1e-9
