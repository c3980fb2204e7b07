"""Rows whose probabilities lie on the grid of 0.0001 and whose outcomes are 0 or 1: counted in one pass.

A probability is on the grid only if it is, to the last bit, the float64 nearest to k / 10000, which any decimal of up
to four digits is. One row that is not makes the whole count ``None``, and the rows are sorted instead. The counting is
compiled (``_gridcount.c``) where the package was built with a compiler at hand, and else done by NumPy, to the same.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.scoring.points import PARTS, Points, logarithms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Count = Callable[[Floats, NDArray[Any], NDArray[np.int64]], bool]

__all__ = ["FEWEST", "GRID", "grid_cells", "grid_points", "grid_table", "only_ends", "plain_columns", "within"]

_compiled: Count | None
try:
    from ledger.scoring._gridcount import count as _compiled
except ImportError:
    _compiled = None

FEWEST = 2000
"""Below this many rows sorting is as fast."""

GRID = 10_000
"""How many steps the grid has from 0 to 1."""

_SIZE = 2 * (GRID + 1)
_BLOCK = 131_072  # rows whose columns stay in the cache
_THREADED = 2 * _BLOCK  # rows from which two threads share the work
_THREADED_COMPILED = 32 * _BLOCK  # what is compiled is done before a thread has started
_ONE = np.float64(1).view(np.uint64)  # of the bits of floats only those of 0 to 1 are no greater: signs and NaN are


class _Room:
    """Arrays that every block of rows uses again."""

    def __init__(self, size: int) -> None:
        self.step = np.empty(size)
        self.code = self.step.view(np.intp)  # the steps are done with where the code is written
        self.cell, self.more = np.empty(size, dtype=np.uint16), np.empty(size, dtype=np.uint16)
        self.yes, self.same = np.empty(size, dtype=np.bool_), np.empty(size, dtype=np.bool_)


def within(p: Floats) -> bool:
    """Whether every number lies from 0 to 1; a negative zero does not."""
    return bool(p.view(np.uint64).max(initial=0) <= _ONE)


def only_ends(y: NDArray[Any], yes: NDArray[np.bool_], some: NDArray[np.bool_]) -> bool:
    """Whether every number is 0 or 1; ``yes`` is filled with whether it is 1."""
    np.equal(y, 1, out=yes)
    np.not_equal(y, 0, out=some)
    return bool(np.count_nonzero(yes) == np.count_nonzero(some))


def _count_block(p: Floats, y: NDArray[Any], table: NDArray[np.int64], room: _Room) -> bool:
    """Add one block by 2 k + y to the table, or give false; what is no probability or outcome is on no grid."""
    step, code, yes, same = room.step[: p.size], room.code[: p.size], room.yes[: p.size], room.same[: p.size]
    cell, more = room.cell[: p.size], room.more[: p.size]
    if not within(p) or not only_ends(y, yes, same):
        return False
    np.rint(np.multiply(p, GRID, out=step), out=step)
    np.copyto(cell, step, casting="unsafe")
    if not np.equal(np.divide(step, GRID, out=step), p, out=same).all():
        return False
    np.copyto(more, yes)
    np.add(np.add(cell, cell, out=cell), more, out=cell)
    np.copyto(code, cell)
    table += np.bincount(code, minlength=_SIZE)
    return True


def _compiled_for(p: Floats, y: NDArray[Any]) -> Count | None:
    """Give the compiled way if it is there and can read these columns."""
    can = p.flags.c_contiguous and y.flags.c_contiguous and y.dtype in (np.float64, np.uint8)
    return _compiled if can else None


def _share(p: Floats, y: NDArray[Any], starts: Iterator[int]) -> NDArray[np.int64] | None:
    """Count blocks while there are starts that no other thread took; where one cannot be counted, take them all."""
    count = _compiled_for(p, y) or partial(_count_block, room=_Room(min(_BLOCK, p.size)))
    table = np.zeros(_SIZE, dtype=np.int64)
    for start in starts:
        if not count(p[start : start + _BLOCK], y[start : start + _BLOCK], table):
            deque(starts, maxlen=0)
            return None
    return table


def plain_columns(forecast: ArrayLike, outcome: ArrayLike) -> tuple[Floats, NDArray[Any]] | None:
    """Give columns of one length and of kinds that need no reading, and nothing for others."""
    if isinstance(forecast, np.ma.MaskedArray) or isinstance(outcome, np.ma.MaskedArray):
        return None
    p, y = np.asarray(forecast), np.asarray(outcome)
    if p.ndim != 1 or p.shape != y.shape or p.dtype != np.float64 or y.dtype.kind not in "biuf":
        return None
    return p, y.view(np.uint8) if y.dtype.kind == "b" else y


def grid_table(p: Floats, y: NDArray[Any]) -> NDArray[np.int64] | None:
    """Count rows of plain columns by 2 k + y of the grid, unchecked as they come; ``None`` unless all are on it."""
    if p.size < FEWEST:
        return None
    starts = iter(range(0, p.size, _BLOCK))
    if p.size < (_THREADED_COMPILED if _compiled_for(p, y) else _THREADED):
        return _share(p, y, starts)
    with ThreadPoolExecutor(1) as other:
        sharing = other.submit(_share, p, y, starts)
        own = _share(p, y, starts)
        theirs = sharing.result()
    return None if own is None or theirs is None else own + theirs


@cache
def _columns() -> tuple[Floats, Floats, Floats, Floats]:
    """Give forecast and outcome of all cells of the grid, and the logarithms of its forecasts and of their rests."""
    forecast = np.arange(GRID + 1) / GRID
    return np.repeat(forecast, 2), np.tile([0.0, 1.0], GRID + 1), *logarithms(forecast)


def grid_cells(table: NDArray[np.int64]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Give the forecast, outcome and rows of the grid's cells that have any, in order."""
    code = np.flatnonzero(table)
    forecast, outcome, _, _ = _columns()
    return forecast[code], outcome[code], table[code]


def grid_points(table: NDArray[np.int64]) -> Points:
    """Give what pooling the cells would give, without going through them."""
    rows = table[::2] + table[1::2]
    step = np.flatnonzero(rows)
    rows, yes = rows[step], table[1::2][step]
    points = Points(step / GRID, rows.astype(np.float64), yes.astype(np.float64), rows, rows * PARTS, yes * PARTS)
    # What the cached properties would work out.
    points.__dict__["whole"] = (yes, rows)
    points.__dict__["logs"] = tuple(one[step] for one in _columns()[2:])
    return points
