"""Rows of one unit with outcomes of 0 or 1, and no keys: counted on the grid, or else sorted as whole numbers.

Each such number says forecast and outcome: the bits of a float from 0 to 1 rise as it does and leave the highest one
free, so the outcome goes below them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.scoring._cells import Cells
from ledger.scoring._grid import grid_cells, grid_points, grid_table, only_ends, within
from ledger.scoring.points import PARTS, Points

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

__all__ = ["count_plain"]


def count_plain(p: Floats, y: NDArray[Any]) -> tuple[Cells, dict[str, Any]] | None:
    """Count plain columns, unchecked as they come; ``None`` for what is no probability or no outcome of 0 or 1.

    With what the tally's cached properties would work out from the cells.
    """
    table = grid_table(p, y)
    if table is not None:
        return _cells(*grid_cells(table)), {"why_dependent": None, "_points": grid_points(table)}
    code = _sorted_codes(p, y)
    if code is None:
        return None
    forecast, yes, rows = _decoded(code)
    cells = _cells(forecast, yes.astype(np.float64), rows)
    points = _distinct_points(cells, yes)
    return cells, {"why_dependent": None} | ({"_points": points} if points else {})


def _cells(forecast: Floats, outcome: Floats, rows: Whole) -> Cells:
    return Cells(None, None, forecast, outcome, _each(rows, lambda one: one * PARTS), rows)


def _each(column: Whole, change: Callable[[Whole], NDArray[Any]]) -> NDArray[Any]:
    """Change every number of a column; one number that is repeated without being stored stays so."""
    return change(column) if column.strides[0] else np.broadcast_to(change(column[:1]), column.shape)


def _sorted_codes(p: Floats, y: NDArray[Any]) -> Whole | None:
    """Code plain columns, unchecked as they come, and sort; ``None`` for what is no probability or no 0 or 1."""
    yes = np.empty(p.size, dtype=np.bool_)
    if not within(p) or not only_ends(y, yes, np.empty_like(yes)):
        return None
    code = np.left_shift(p.view(np.int64), 1)
    np.bitwise_or(code, yes, out=code)
    code.sort()
    return code


def _decoded(code: Whole) -> tuple[Floats, Whole, Whole]:
    """Give forecast, outcome and rows of the distinct cells of sorted codes, which are used up."""
    new = np.ones(code.size, dtype=np.bool_)
    np.not_equal(code[1:], code[:-1], out=new[1:])
    rows = np.broadcast_to(np.int64(1), code.shape)
    if not new.all():
        first = np.flatnonzero(new)
        code, rows = code[first], np.diff(first, append=code.size)
    forecast = (code >> 1).view(np.float64)
    return forecast, np.bitwise_and(code, 1, out=code), rows


def _distinct_points(cells: Cells, yes: Whole) -> Points | None:
    """Give the points of cells of whole units and outcomes of 0 or 1, if no two share a forecast; they are alike."""
    p, rows = cells.forecast, cells.rows
    if np.any(p[1:] == p[:-1]):
        return None
    happened = cells.outcome if not rows.strides[0] else cells.outcome * rows
    if rows.strides[0]:
        yes *= rows
    points = Points(p, _each(rows, lambda one: one.astype(np.float64)), happened, rows, cells.parts, yes * PARTS)
    points.__dict__["whole"] = (yes, rows)  # what the cached property would work out
    return points
