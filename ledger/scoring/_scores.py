"""Scores and the spans of time that they stand for, as several modules ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Rule", "mean_score", "probabilities", "scores", "spans", "weights"]

Rule: TypeAlias = "Callable[..., NDArray[np.float64]]"
"""A score taken element by element: keyword arguments ``forecast`` and ``outcome``, lower is better."""


def scores(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Read losses in one dimension; +inf is a loss (an impossible event that happened), NaN and -inf are none."""
    array = np.asarray(values)
    if isinstance(values, np.ma.MaskedArray) or array.dtype.kind != "f":
        return _check.vector(name, values)
    _check.vector(name, np.where(array == np.inf, 0.0, array))
    return array.astype(np.float64)


def probabilities(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Read numbers between 0 and 1 in one dimension."""
    return _check.shares(name, _check.vector(name, values))


def weights(values: ArrayLike | None, *, like: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Read weights of 0 or more, one for each element of ``like``; without any, each weighs 1."""
    array = np.ones(like.shape) if values is None else _check.vector("weight", values)
    _check.same_shape("weight", array, name, like.shape)
    _check.first_bad("weight", array, array >= 0, "it must not be negative")
    return array


def mean_score(score: NDArray[np.float64], weight: NDArray[np.float64]) -> float | None:
    """Average where there is weight; what weighs nothing does not count, not even when it is infinite."""
    heavy = weight > 0
    if not heavy.any():
        return None
    return float(score[heavy] @ weight[heavy] / weight.sum())


def _instants(name: str, values: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.int64]:
    array = _check.integers(name, values)
    _check.same_shape(name, array, "the forecasts", shape)
    return array


def spans(
    *, since: ArrayLike, until: ArrayLike, unit: NDArray[np.int64], opens: int, deadline: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Read the half-open spans in which statements stand.

    A span may be empty; it must lie within ``[opens, deadline]``, and two of one unit must not overlap.
    """
    if deadline <= opens:
        raise ScoringError("the deadline must come after the opening")
    start, end = _instants("since", since, unit.shape), _instants("until", until, unit.shape)
    _check.first_bad("since", start, start >= opens, f"it must not come before the opening, {opens}")
    _check.first_bad("until", end, end >= start, "it must not come before the statement")
    _check.first_bad("until", end, end <= deadline, f"it must not come after the deadline, {deadline}")
    order = np.lexsort((end, start, unit))
    free = np.ones(unit.shape, dtype=np.bool_)
    free[order[1:]] = (unit[order[1:]] != unit[order[:-1]]) | (start[order[1:]] >= end[order[:-1]])
    _check.first_bad("since", start, free, "a statement of the same forecaster still stands then")
    return start, end
