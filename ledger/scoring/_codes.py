"""Whole numbers that sort as cells do, since one column of int64 sorts many times faster than three of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ledger.scoring._grid import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Keys = tuple[Whole | None, Floats, Floats]

__all__ = ["Coded", "code_by_question", "code_plain"]

_MOST = 2**62


class Coded(NamedTuple):
    """A code for each cell, and what gives question, forecast and outcome back."""

    code: Whole
    decode: Callable[[Whole], Keys]


def code_plain(forecast: Floats, outcome: Floats) -> Coded:
    """Code by the bits of the forecast, which rise as numbers from 0 to 1 do, and the outcome below them."""

    def decode(code: Whole) -> Keys:
        return None, (code >> 1).view(np.float64), (code & 1).astype(np.float64)

    return Coded((forecast.view(np.int64) << 1) | outcome.astype(np.int64), decode)


def _ranks(forecast: Floats) -> tuple[Whole, Floats]:
    """Give each forecast's place among values in rising order, and the values: the grid's, or those that there are."""
    step = np.rint(forecast * GRID)
    if np.array_equal(step / GRID, forecast):
        return step.astype(np.int64), np.arange(GRID + 1) / GRID
    values, rank = np.unique(forecast, return_inverse=True)
    return rank, values


def code_by_question(question: Whole, forecast: Floats, outcome: Floats) -> Coded | None:
    """Code by question, then the forecast's rank, then the outcome; ``None`` where the questions lie too far apart."""
    rank, values = _ranks(forecast)
    least, most = (int(question.min()), int(question.max())) if question.size else (0, 0)
    width = 2 * values.size
    if (most - least + 1) * width >= _MOST:
        return None

    def decode(code: Whole) -> Keys:
        within = code % width
        return code // width + least, values[within >> 1], (within & 1).astype(np.float64)

    return Coded((question - least) * width + 2 * rank + outcome.astype(np.int64), decode)
