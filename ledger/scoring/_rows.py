"""From what a caller gives to columns of rows that are fit to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._cells import Cells, join
from ledger.scoring.points import PARTS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["MOST", "keyed_alike", "rows_to_cells", "weight_in_parts"]

MOST = 2.0**31
"""How many units an int64 of parts can hold."""


def weight_in_parts(weight: ArrayLike) -> NDArray[np.int64]:
    """Round weights in units, from 0 to 2**31, to parts."""
    units = _check.vector("weight", weight)
    _check.first_bad("weight", units, (units >= 0) & (units < MOST), "it must be from 0 to 2**31 units")
    return np.rint(units * PARTS).astype(np.int64)


def rows_to_cells(
    forecast: ArrayLike,
    outcome: ArrayLike,
    parts: ArrayLike | None,
    rows: ArrayLike | None,
    question: ArrayLike | None,
    group: ArrayLike | None,
) -> Cells:
    """Check every column, in the order in which they came; ``ScoringError`` names the element at fault."""
    p = _check.shares("forecast", _check.vector("forecast", forecast))
    y = _check.shares("outcome", _check.vector("outcome", outcome))
    counted = np.ones(p.size, dtype=np.int64) if rows is None else _check.integers("rows", rows)
    weighed = counted * PARTS if parts is None else _check.integers("parts", parts)
    keys = None if question is None else _check.integers("question", question)
    labels = None if group is None else _check.labels("group", group)
    columns = {"outcome": y, "rows": counted, "parts": weighed, "question": keys, "group": labels}
    for name, column in columns.items():
        if column is not None:
            _check.same_shape(name, column, "forecast", p.shape)
    _check.first_bad("rows", counted, counted >= 0, "it must not be negative")
    _check.first_bad("parts", weighed, weighed >= 0, "it must not be negative")
    return Cells(labels, keys, p, y, weighed, counted)


def keyed_alike(several: list[Cells]) -> Cells:
    """Lay the cells of tallies end to end, if they are keyed alike."""
    if len({(one.question is None, one.group is None) for one in several}) > 1:
        raise ScoringError("tallies must be keyed alike, by question and by group, to be added or taken out")
    return join(several)
