"""Scores of forecasts of a quantity, element by element, in the quantity's own units: smaller is better.

The last axis of ``forecast`` is the quantiles, rising like their ``levels``, or the members of an ensemble;
``outcome`` is the number that came true, with one dimension less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check, _check_numeric

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["crps", "pinball_score", "weighted_interval_score"]


def pinball_score(*, forecast: ArrayLike, outcome: ArrayLike, level: ArrayLike) -> NDArray[np.float64]:
    """Give ``(1{y <= q} - t)(q - y)`` for each quantile: ``q`` is forecast at level ``t``, ``y`` came true.

    One ``level`` scores a forecast of the outcome's shape; several score the last axis of forecast, and the result
    keeps that axis. Raises ``ScoringError`` naming the element: a level outside 0 to 1, quantiles that cross.
    """
    if np.ndim(level):
        q, y, t = _check_numeric.quantiles(forecast, outcome, level)
        return _pinball(q, y[..., None], t)
    q, y, t = _check.numbers("forecast", forecast), _check.numbers("outcome", outcome), _check.numbers("level", level)
    _check.same_shape("outcome", y, "forecast", q.shape)
    _check.first_bad("level", t, (t > 0) & (t < 1), "it must lie between 0 and 1")
    return _pinball(q, y, t)


def _pinball(q: NDArray[np.float64], y: NDArray[np.float64], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Score checked quantiles."""
    return ((y <= q) - t) * (q - y)


def weighted_interval_score(*, forecast: ArrayLike, outcome: ArrayLike, levels: ArrayLike) -> NDArray[np.float64]:
    """Give the weighted interval score: twice the mean pinball score over ``levels``, 0 to infinity.

    With K intervals and the median, ``(|y - m| / 2 + sum(alpha_k / 2 * IS_k)) / (K + 1/2)`` (Bracher, Ray, Gneiting and
    Reich 2021, PLoS Comput. Biol. 17:e1008618). Raises ``ScoringError`` naming the element: levels that do not lie in
    pairs around one half, quantiles that cross.
    """
    q, y, t = _check_numeric.quantiles(forecast, outcome, levels)
    paired = np.abs(t + t[::-1] - 1) < _check_numeric.SAME
    _check.first_bad("levels", t, paired, "levels must lie in pairs around one half")
    mean: NDArray[np.float64] = _pinball(q, y[..., None], t).mean(axis=-1)
    return 2 * mean


def crps(
    *, forecast: ArrayLike, outcome: ArrayLike, levels: ArrayLike | None = None, fair: bool = False
) -> NDArray[np.float64]:
    """Give the continuous ranked probability score, 0 to infinity, of quantiles or of an ensemble.

    With ``levels`` the last axis is quantiles: twice the pinball scores, each weighing as much of 0 to 1 as lies
    nearest to its level, which is the integral over levels by the midpoint rule. Without, it is the members of an
    ensemble in any order: ``mean|x - y| - mean|x - x'| / 2`` over all pairs or, with ``fair``, over pairs of different
    members (Gneiting and Raftery 2007; Ferro 2014, QJRMS 140:1917). Raises ``ScoringError`` naming the element.
    """
    if levels is None:
        return _ensemble(forecast, outcome, fair=fair)
    if fair:
        raise ScoringError("fair is for the members of an ensemble: leave out levels")
    q, y, t = _check_numeric.quantiles(forecast, outcome, levels)
    edges = np.concatenate([[0.0], (t[1:] + t[:-1]) / 2, [1.0]])
    integral: NDArray[np.float64] = (_pinball(q, y[..., None], t) * np.diff(edges)).sum(axis=-1)
    return 2 * integral


def _ensemble(forecast: ArrayLike, outcome: ArrayLike, *, fair: bool) -> NDArray[np.float64]:
    """Score members in O(m log m): in sorted order, the member of rank i is above i others."""
    x, y = _check_numeric.last_axis(forecast, outcome)
    m = x.shape[-1]
    if m < 1 + fair:
        raise ScoringError(f"an ensemble of {m} has too few members")
    spread: NDArray[np.float64] = (np.sort(x, axis=-1) * (2 * np.arange(m) - m + 1)).sum(axis=-1)
    distance: NDArray[np.float64] = np.abs(x - y[..., None]).mean(axis=-1)
    return np.asarray(distance - spread / (m * (m - 1) if fair else m * m))
