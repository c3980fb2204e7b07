"""Scoring words: the range of scores that a hedge allows, and a proper rule for the terms of a partition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ledger.scoring._scores import Rule

__all__ = ["partition_score", "score_range", "term_of", "voronoi_weights"]


def score_range(
    *, low: ArrayLike, high: ArrayLike, outcome: ArrayLike, rule: Rule
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the least and the greatest score over the probabilities from ``low`` to ``high``, element by element.

    ``rule`` is any proper loss. Such a loss falls towards the outcome and rises beyond it; so the least is at the
    probability of the range nearest to the outcome, the greatest at one of its ends. No strictly proper score of a
    free range exists (Seidenfeld, Schervish and Kadane 2012, Int. J. Approx. Reasoning 53:1248); hence both ends.
    """
    least = probabilities("low", low)
    most = probabilities("high", high)
    seen = probabilities("outcome", outcome)
    _check.same_shape("high", most, "low", least.shape)
    _check.same_shape("outcome", seen, "low", least.shape)
    _check.first_bad("low", least, least <= most, "it must not lie above the high end")
    best = rule(forecast=np.clip(seen, least, most), outcome=seen)
    ends = [rule(forecast=end, outcome=seen) for end in (least, most)]
    return best, np.maximum(*ends)


def _thresholds(thresholds: ArrayLike) -> NDArray[np.float64]:
    inner = _check.vector("thresholds", thresholds)
    _check.first_bad("thresholds", inner, (inner > 0) & (inner < 1), "it must lie inside 0 to 1")
    if inner.size == 0 or (np.diff(inner) <= 0).any():
        raise ScoringError("thresholds must rise, and there must be at least one")
    return inner


def voronoi_weights(*, thresholds: ArrayLike) -> NDArray[np.float64]:
    """Weigh each threshold by twice the width of what lies nearest to it in 0 to 1: the choice most like Brier's."""
    inner = _thresholds(thresholds)
    between = (inner[1:] + inner[:-1]) / 2
    return 2 * np.diff(np.concatenate(([0.0], between, [1.0])))


def term_of(*, forecast: ArrayLike, thresholds: ArrayLike) -> NDArray[np.int64]:
    """Give the index, from 0, of the term that each probability falls in; a threshold itself belongs to the upper."""
    said = probabilities("forecast", forecast)
    return np.searchsorted(_thresholds(thresholds), said, side="right").astype(np.int64)


def partition_score(
    *, forecast: ArrayLike, outcome: ArrayLike, thresholds: ArrayLike, weight: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Score terms of a partition scale by a rule that is proper: the best term is the one the belief falls in.

    ``forecast`` holds the terms' indices, from 0 for the lowest to as many as there are ``thresholds``; ``outcome``
    is 0, 1 or a share. With a ``weight`` w > 0 for each threshold a (unless given, ``voronoi_weights``), a term
    loses the sum of w a over the thresholds below it if the event does not happen, and of w (1 - a) over those above
    it if it does: a mixture of elementary scores (Schervish 1989, Ann. Statist. 17:1856; Ehm, Gneiting, Jordan and
    Krueger 2016, JRSS-B 78:505). Scoring a term at its midpoint is not proper.
    """
    inner = _thresholds(thresholds)
    term = _check.integers("forecast", forecast)
    seen = probabilities("outcome", outcome)
    _check.same_shape("outcome", seen, "forecast", term.shape)
    _check.first_bad("forecast", term, (term >= 0) & (term <= inner.size), f"terms count from 0 to {inner.size}")
    heavy = voronoi_weights(thresholds=inner) if weight is None else _check.vector("weight", weight)
    _check.same_shape("weight", heavy, "thresholds", inner.shape)
    _check.first_bad("weight", heavy, heavy > 0, "it must be above 0")
    no = np.concatenate(([0.0], np.cumsum(heavy * inner)))
    yes = np.concatenate((np.cumsum((heavy * (1 - inner))[::-1])[::-1], [0.0]))
    return (1 - seen) * no[term] + seen * yes[term]
