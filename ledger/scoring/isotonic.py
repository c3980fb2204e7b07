"""The rising frequencies that fit best: pooling adjacent violators, exactly.

The forecast's own ties are pooled before (they are one point), weights and events stay whole numbers, and two blocks
are compared by cross-multiplying, so that no rounding decides what is pooled. After Ayer, Brunk, Ewing, Reid and
Silverman 1955 (Annals of Mathematical Statistics 26:641).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.scoring.points import slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points

__all__ = ["isotonic_blocks", "isotonic_fit", "pool_adjacent"]

_LOOKS = 8  # sweeps over more than this many times the points (and a few) give way to the one-by-one way
_ALWAYS = 100_000
_SAFE = 3_000_000_000  # sums up to here multiply within 63 bits
_LOW = np.uint64(2**32 - 1)
_HALF = np.uint64(32)


def _product(a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Multiply whole numbers below 2**63 into the high and the low 64 bits."""
    x, y = a.astype(np.uint64), b.astype(np.uint64)
    low = (x & _LOW) * (y & _LOW)
    middle = (x >> _HALF) * (y & _LOW) + (x & _LOW) * (y >> _HALF) + (low >> _HALF)
    return (x >> _HALF) * (y >> _HALF) + (middle >> _HALF), (middle << _HALF) | (low & _LOW)


def _rises(happened: NDArray[Any], weight: NDArray[Any], *, wide: bool) -> NDArray[np.bool_]:
    """Say of each block but the last whether it happens less often than the next one."""
    if not wide:
        ahead: NDArray[np.bool_] = happened[:-1] * weight[1:] < happened[1:] * weight[:-1]
        return ahead
    (high, low), (other_high, other_low) = _product(happened[:-1], weight[1:]), _product(happened[1:], weight[:-1])
    return np.asarray((high < other_high) | ((high == other_high) & (low < other_low)))


def _ends(happened: NDArray[Any], weight: NDArray[Any], *, wide: bool) -> NDArray[np.intp]:
    """Give the places of blocks that happen less often than the next one, and of the last."""
    last = np.ones(weight.size, dtype=np.bool_)
    for rows in slices(weight.size - 1):
        both = slice(rows.start, rows.stop + 1)
        last[:-1][rows] = _rises(happened[both], weight[both], wide=wide)
    return last.nonzero()[0]


class _Pooled:
    """Values of blocks. Of whole numbers, sums over neighbours are differences of running sums, which is quicker."""

    def __init__(self, values: NDArray[Any]) -> None:
        self.values = values
        self.running: NDArray[Any] | None = None

    def pool(self, last: NDArray[np.intp]) -> None:
        """Add up to each of the places ``last`` from the one before."""
        if self.values.dtype.kind != "i":
            self.values = np.add.reduceat(self.values, np.append(0, last[:-1] + 1))
            return
        running = _running(self.values, last) if self.running is None else self.running[last]
        self.running, self.values = running, running.copy()
        self.values[1:] -= running[:-1]


def _running(values: NDArray[Any], last: NDArray[np.intp]) -> NDArray[Any]:
    """Give the running sums at the places ``last``; between them they stay in the cache."""
    sums, done, before = np.empty(last.size, dtype=values.dtype), 0, values.dtype.type(0)
    for rows in slices(values.size):
        running = values[rows].cumsum() + before
        until = done + int(np.searchsorted(last[done:], rows.start + running.size))
        sums[done:until] = running[last[done:until] - rows.start]
        done, before = until, running[-1]
    return sums


def _in_turn(happened: list[Any], weight: list[Any]) -> NDArray[np.intp]:
    """Pool one block at a time; give the places where blocks end. Python's own numbers: no overflow."""
    blocks: list[tuple[int, Any, Any]] = []
    for place, (x, n) in enumerate(zip(happened, weight, strict=True)):
        events, mass = x, n
        while blocks and blocks[-1][1] * mass >= events * blocks[-1][2]:
            _, before, more = blocks.pop()
            events, mass = events + before, mass + more
        blocks.append((place, events, mass))
    return np.array([place for place, _, _ in blocks])


def pool_adjacent(happened: NDArray[Any], weight: NDArray[Any]) -> NDArray[np.intp]:
    """Give the places where the blocks of the rising fit of ``happened / weight`` start.

    Both are whole numbers (int64: exact) or both float64; weights are above 0. Each sweep pools every run of
    violators at once, which is allowed because two blocks out of order share one value in the fit.
    """
    wide = weight.dtype.kind == "i" and int(weight.sum()) > _SAFE
    looks, x, n = (_LOOKS - 1) * weight.size + _ALWAYS, _Pooled(happened), _Pooled(weight)
    last = _ends(happened, weight, wide=wide)
    if last.size == weight.size:
        return last
    end = last + 1
    while True:
        x.pool(last)
        n.pool(last)
        last = _ends(x.values, n.values, wide=wide)
        if last.size == end.size:
            return _starts(end)
        if looks < 0:
            return _starts(end[_in_turn(x.values.tolist(), n.values.tolist())])
        looks -= end.size
        end = end[last]


def _starts(end: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give where blocks start that end before the places ``end``."""
    start = np.zeros_like(end)
    start[1:] = end[:-1]
    return start


def isotonic_blocks(points: Points) -> NDArray[np.intp]:
    """Give the places in the points where the blocks of the rising fit start."""
    return pool_adjacent(*(points.whole or (points.happened, points.weight)))


def isotonic_fit(points: Points) -> NDArray[np.float64]:
    """Give each point's recalibrated probability: the frequency of its block, between 0 and 1 and never falling."""
    start = isotonic_blocks(points)
    if not start.size:
        return points.forecast
    frequency = np.add.reduceat(points.happened, start) / np.add.reduceat(points.weight, start)
    return np.repeat(frequency, np.diff(start, append=points.weight.size))
