"""Rows whose probabilities lie on the grid of 0.0001 and whose outcomes are 0 or 1: counted in one pass.

A probability is on the grid only if it is, to the last bit, the float64 nearest to k / 10000, which any decimal of up
to four digits is. One row that is not makes the whole count ``None``, and the rows are sorted instead.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.scoring.points import PARTS, Points

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["FEWEST", "GRID", "grid_cells", "grid_points", "grid_table"]

FEWEST = 2000
"""Below this many rows sorting is as fast."""

GRID = 10_000
"""How many steps the grid has from 0 to 1."""

_SIZE = 2 * (GRID + 1)
_BLOCK = 65_536  # rows whose columns stay in the cache
_THREADED = 4 * _BLOCK  # rows from which two threads share the work


class _Room:
    """Arrays that every block of rows uses again."""

    def __init__(self, size: int) -> None:
        self.step, self.back = np.empty(size), np.empty(size)
        self.same, self.code = np.empty(size, dtype=np.bool_), np.empty(size, dtype=np.intp)


def _block(p: NDArray[np.float64], y: NDArray[np.float64], room: _Room) -> NDArray[np.intp] | None:
    """Count one block by 2 k + y, or give ``None``; what is no probability or outcome is on no grid."""
    step, back, same, code = (one[: p.size] for one in (room.step, room.back, room.same, room.code))
    np.rint(np.multiply(p, GRID, out=step), out=step)
    if not np.equal(np.divide(step, GRID, out=back), p, out=same).all():
        return None
    if not np.equal(np.multiply(y, y, out=back), y, out=same).all():
        return None
    np.add(np.add(step, step, out=step), y, out=step)
    if step.max() >= _SIZE or step.min() < 0:
        return None
    np.copyto(code, step, casting="unsafe")
    return np.bincount(code, minlength=_SIZE)


def _share(p: NDArray[np.float64], y: NDArray[Any], first: int, step: int) -> NDArray[np.int64] | None:
    """Count every so-manyth block of the rows, from the ``first`` one."""
    room, table = _Room(min(_BLOCK, p.size)), np.zeros(_SIZE, dtype=np.int64)
    for start in range(first * _BLOCK, p.size, step * _BLOCK):
        rows = slice(start, start + _BLOCK)
        counts = _block(p[rows], y[rows].astype(np.float64, copy=False), room)
        if counts is None:
            return None
        table += counts
    return table


def grid_table(forecast: ArrayLike, outcome: ArrayLike) -> NDArray[np.int64] | None:
    """Count rows by 2 k + y of the grid, unchecked as they come; ``None`` unless every row is on it."""
    p, y = np.asarray(forecast), np.asarray(outcome)
    if p.ndim != 1 or p.shape != y.shape or p.size < FEWEST or p.dtype != np.float64 or y.dtype.kind not in "biuf":
        return None
    if p.size < _THREADED:
        return _share(p, y, 0, 1)
    with ThreadPoolExecutor(1) as other:
        odd = other.submit(_share, p, y, 1, 2)
        even = _share(p, y, 0, 2)
        counted = odd.result()
    return None if even is None or counted is None else even + counted


def grid_cells(
    table: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Give the forecast, outcome and rows of the grid's cells that have any, in order."""
    code = np.flatnonzero(table)
    return (code >> 1) / GRID, (code & 1).astype(np.float64), table[code]


def grid_points(table: NDArray[np.int64]) -> Points:
    """Give what pooling the cells would give, without going through them."""
    no, yes = table[::2], table[1::2]
    rows = no + yes
    step = np.flatnonzero(rows)
    rows, yes = rows[step], yes[step]
    return Points(step / GRID, rows.astype(np.float64), yes.astype(np.float64), rows, rows * PARTS, yes * PARTS)
