"""The rising frequencies that fit best: pooling adjacent violators, exactly.

The forecast's own ties are pooled before (they are one point), weights and events stay whole numbers, and two blocks
are compared by cross-multiplying, so that no rounding decides what is pooled. After Ayer, Brunk, Ewing, Reid and
Silverman 1955 (Annals of Mathematical Statistics 26:641).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.scoring.points import PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points

__all__ = ["isotonic_blocks", "isotonic_fit", "pool_adjacent"]

_LOOKS = 8  # sweeps over more than this many times the points (and a few) give way to the one-by-one way
_ALWAYS = 100_000
_SAFE = 3_000_000_000  # sums up to here multiply within 63 bits
_BITS = PARTS.bit_length() - 1
_LOW = np.uint64(2**32 - 1)
_HALF = np.uint64(32)


def _product(a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Multiply whole numbers below 2**63 into the high and the low 64 bits."""
    x, y = a.astype(np.uint64), b.astype(np.uint64)
    low = (x & _LOW) * (y & _LOW)
    middle = (x >> _HALF) * (y & _LOW) + (x & _LOW) * (y >> _HALF) + (low >> _HALF)
    return (x >> _HALF) * (y >> _HALF) + (middle >> _HALF), (middle << _HALF) | (low & _LOW)


def _violators(happened: NDArray[Any], weight: NDArray[Any], *, wide: bool) -> NDArray[np.bool_]:
    """Say of each block but the last whether it happens as often as the next one, or oftener."""
    if not wide:
        ahead: NDArray[np.bool_] = happened[:-1] * weight[1:] >= happened[1:] * weight[:-1]
        return ahead
    (high, low), (other_high, other_low) = _product(happened[:-1], weight[1:]), _product(happened[1:], weight[:-1])
    return np.asarray((high > other_high) | ((high == other_high) & (low >= other_low)))


def _in_turn(happened: list[Any], weight: list[Any]) -> list[int]:
    """Pool one block at a time; give the places where blocks start. Python's own numbers: no overflow."""
    blocks: list[tuple[int, Any, Any]] = []
    for place, (x, n) in enumerate(zip(happened, weight, strict=True)):
        start, events, mass = place, x, n
        while blocks and blocks[-1][1] * mass >= events * blocks[-1][2]:
            start, before, more = blocks.pop()
            events, mass = events + before, mass + more
        blocks.append((start, events, mass))
    return [start for start, _, _ in blocks]


def pool_adjacent(happened: NDArray[Any], weight: NDArray[Any]) -> NDArray[np.intp]:
    """Give the places where the blocks of the rising fit of ``happened / weight`` start.

    Both are whole numbers (int64: exact) or both float64; weights are above 0. Each sweep pools every run of
    violators at once, which is allowed because two blocks out of order share one value in the fit.
    """
    start = np.arange(weight.size)
    wide = weight.dtype.kind == "i" and int(weight.sum()) > _SAFE
    looks = _LOOKS * start.size + _ALWAYS
    while (out := _violators(happened, weight, wide=wide)).any():
        if looks < 0:
            return start[_in_turn(happened.tolist(), weight.tolist())]
        looks -= start.size
        first = np.flatnonzero(np.concatenate([[True], ~out]))
        start, happened, weight = start[first], np.add.reduceat(happened, first), np.add.reduceat(weight, first)
    return start


def isotonic_blocks(points: Points) -> NDArray[np.intp]:
    """Give the places in the points where the blocks of the rising fit start."""
    if points.happened_parts is None:
        return pool_adjacent(points.happened, points.weight)
    whole = not np.any(points.parts & (PARTS - 1)) and not np.any(points.happened_parts & (PARTS - 1))
    shift = _BITS if whole else 0
    return pool_adjacent(points.happened_parts >> shift, points.parts >> shift)


def isotonic_fit(points: Points) -> NDArray[np.float64]:
    """Give each point's recalibrated probability: the frequency of its block, between 0 and 1 and never falling."""
    start = isotonic_blocks(points)
    if not start.size:
        return points.forecast
    frequency = np.add.reduceat(points.happened, start) / np.add.reduceat(points.weight, start)
    return np.repeat(frequency, np.diff(start, append=points.weight.size))
