"""What scores of quantities ask of quantiles, levels and intervals; a refusal names the element."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["SAME", "intervals", "last_axis", "levels_of", "quantiles", "within"]

SAME = 1e-9
"""Levels are decimals: two that differ by less are the same."""


def within(name: str, value: float) -> None:
    """Refuse a number that does not lie inside 0 to 1."""
    if not 0 < value < 1:
        raise ScoringError(f"{name} is {value}: it must lie between 0 and 1")


def last_axis(forecast: ArrayLike, outcome: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Read a forecast that has one axis more than its outcome."""
    q, y = _check.numbers("forecast", forecast), _check.numbers("outcome", outcome)
    if not q.ndim:
        raise ScoringError("forecast is a single number: it must have an axis more than outcome")
    _check.same_shape("outcome", y, "all but the last axis of forecast", q.shape[:-1])
    return q, y


def intervals(
    forecast: ArrayLike, outcome: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Read lower ends, upper ends and outcomes."""
    q, y = last_axis(forecast, outcome)
    if q.shape[-1] != 2:
        raise ScoringError(f"the last axis of forecast has {q.shape[-1]} elements: an interval has lower and upper")
    _check.first_bad("forecast", q, _rising(q, strictly=False), "the lower end must not be above the upper")
    return q[..., 0], q[..., 1], y


def _rising(values: NDArray[np.float64], *, strictly: bool) -> NDArray[np.bool_]:
    """Say of each element whether it stands (strictly) above the one before it on the last axis."""
    good = np.ones(values.shape, dtype=np.bool_)
    step = np.diff(values, axis=-1)
    good[..., 1:] = step > 0 if strictly else step >= 0
    return good


def levels_of(levels: ArrayLike, q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Read the levels of the last axis, and see that neither they nor the quantiles are out of order."""
    t = _check.vector("levels", levels)
    _check.same_shape("levels", t, "the last axis of forecast", q.shape[-1:])
    _check.first_bad("levels", t, (t > 0) & (t < 1), "it must lie between 0 and 1")
    _check.first_bad("levels", t, _rising(t, strictly=True), "levels must rise")
    _check.first_bad("forecast", q, _rising(q, strictly=False), "quantiles must not cross: it is below the one before")
    return t


def quantiles(
    forecast: ArrayLike, outcome: ArrayLike, levels: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Read quantiles, outcomes and levels."""
    q, y = last_axis(forecast, outcome)
    return q, y, levels_of(levels, q)
