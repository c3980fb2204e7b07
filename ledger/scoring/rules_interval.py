"""Scores of interval forecasts of a quantity, element by element: the last axis of ``forecast`` is (lower, upper)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check, _check_numeric

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["central_interval", "coverage", "interval_score"]


def interval_score(*, forecast: ArrayLike, outcome: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """Give ``(u - l) + (2 / alpha)(l - y)+ + (2 / alpha)(y - u)+`` of central intervals of level ``1 - alpha``.

    After Gneiting and Raftery 2007 (JASA 102:359). ``alpha`` is the excluded mass, between 0 and 1. Raises
    ``ScoringError`` naming the element: a wrong shape, a lower end above its upper end.
    """
    _check_numeric.within("alpha", alpha)
    low, high, y = _check_numeric.intervals(forecast, outcome)
    return (high - low) + (2 / alpha) * (np.maximum(low - y, 0.0) + np.maximum(y - high, 0.0))


def coverage(*, forecast: ArrayLike, outcome: ArrayLike) -> NDArray[np.float64]:
    """Give 1 where the outcome lies in its interval, ends included, else 0; the mean is the coverage.

    Raises ``ScoringError`` naming the element: a wrong shape, a lower end above its upper end.
    """
    low, high, y = _check_numeric.intervals(forecast, outcome)
    return ((low <= y) & (y <= high)).astype(np.float64)


def central_interval(*, forecast: ArrayLike, levels: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """Pick (lower, upper) of the central interval of level ``1 - alpha`` out of quantiles; ``alpha`` is excluded.

    Raises ``ScoringError`` where ``levels`` has not both ``alpha / 2`` and ``1 - alpha / 2``.
    """
    _check_numeric.within("alpha", alpha)
    q = _check.numbers("forecast", forecast)
    t = _check_numeric.levels_of(levels, q)
    ends = [np.flatnonzero(np.abs(t - end) < _check_numeric.SAME) for end in (alpha / 2, 1 - alpha / 2)]
    if not all(found.size for found in ends):
        raise ScoringError(f"levels has not both {alpha / 2:g} and {1 - alpha / 2:g}")
    return q[..., [int(found[0]) for found in ends]]
