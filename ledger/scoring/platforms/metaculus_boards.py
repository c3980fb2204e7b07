"""What Metaculus makes of scores on its boards, and how it weighs its crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["global_peer", "legacy_average", "recency_weights", "tournament_take", "weighted_median"]


def global_peer(*, score: ArrayLike, coverage: ArrayLike) -> float:
    """Give the sum of peer scores over the sum of coverages, which counts as 30 at least."""
    values, covered = _check.vector("score", score), _check.vector("coverage", coverage)
    _check.same_shape("coverage", covered, "score", values.shape)
    return float(values.sum() / max(30.0, covered.sum()))


def legacy_average(*, score: ArrayLike) -> float:
    """Give the sum of scores over their number, which counts as 40 at least."""
    values = _check.vector("score", score)
    return float(values.sum() / max(40, values.size))


def tournament_take(*, score: ArrayLike) -> float:
    """Give the square of the sum of scores, 0 where that is negative."""
    return float(max(_check.vector("score", score).sum(), 0.0) ** 2)


def recency_weights(count: int) -> NDArray[np.float64]:
    """Give the weights of ``count`` forecasts from the oldest to the newest, ``exp(sqrt n - sqrt count)``."""
    if count < 1:
        raise ScoringError("weights need at least one forecast")
    return np.asarray(np.exp(np.sqrt(np.arange(1, count + 1)) - np.sqrt(count)))


def weighted_median(*, forecast: ArrayLike, weight: ArrayLike) -> float:
    """Give the value at which half of the weight is reached; between two values where it is exactly half."""
    values = _check.vector("forecast", forecast)
    heavy = weights(weight, like=values, name="forecast")
    if not heavy.sum() > 0:
        raise ScoringError("a weighted median needs some weight")
    order = np.argsort(values)
    ordered, reached = values[order], np.cumsum(heavy[order])
    half = reached[-1] / 2
    low, high = (ordered[np.searchsorted(reached, half, side=side)] for side in ("left", "right"))
    return float((low + high) / 2)
