"""The distinct probabilities of a tally, each with its weight and how much of it happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

__all__ = ["PARTS", "Points", "logarithms", "pool", "slices", "total"]

PARTS = 2**32
"""How many parts a whole unit's weight has."""

_BITS = PARTS.bit_length() - 1
_CACHED = 32_768


@dataclass(frozen=True, eq=False)
class Points:
    """The distinct probabilities that have weight, in rising order.

    ``weight`` and ``happened`` are in units (``happened`` is weight times outcome), ``parts`` is the same weight in
    parts; ``happened_parts`` is exact, and ``None`` where an outcome is a share. ``rows`` counts statements.
    """

    forecast: NDArray[np.float64]
    weight: NDArray[np.float64]
    happened: NDArray[np.float64]
    rows: NDArray[np.int64]
    parts: NDArray[np.int64]
    happened_parts: NDArray[np.int64] | None

    @cached_property
    def whole(self) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """How much happened and the weight as whole numbers: of units if all are whole, else of parts.

        ``None`` where an outcome is a share.
        """
        if self.happened_parts is None:
            return None
        broken = np.bitwise_or.reduce(self.parts | self.happened_parts) & (PARTS - 1)
        shift = 0 if broken else _BITS
        return self.happened_parts >> shift, self.parts >> shift

    @cached_property
    def logs(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The logarithm of each probability, and that of what it leaves to 1; minus infinity for 0."""
        return logarithms(self.forecast)


def logarithms(forecast: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give ln p and ln(1 - p)."""
    with np.errstate(divide="ignore"):
        return np.log(forecast), np.log1p(-forecast)


def slices(size: int) -> Iterator[slice]:
    """Cut a range into parts whose columns stay in the cache."""
    for start in range(0, size, _CACHED):
        yield slice(start, start + _CACHED)


def total(size: int, terms: Callable[[slice], NDArray[np.float64]]) -> float:
    """Add up what ``terms`` gives for each part of a range."""
    return sum((float(terms(rows).sum()) for rows in slices(size)), 0.0)


def pool(
    forecast: NDArray[np.float64], outcome: NDArray[np.float64], parts: NDArray[np.int64], rows: NDArray[np.int64]
) -> Points:
    """Pool cells sorted by forecast into points; cells without weight are left out."""
    kept = slice(None) if np.all(parts) else parts > 0
    p, y, w, n = forecast[kept], outcome[kept], parts[kept], rows[kept]
    new = np.ones(p.size, dtype=np.bool_)
    new[1:] = p[1:] != p[:-1]
    starts = np.flatnonzero(new)

    def added(values: NDArray[Any]) -> NDArray[Any]:
        return values if starts.size == p.size else np.add.reduceat(values, starts)

    pooled, counted = added(w), added(n)
    if np.all((y == 0) | (y == 1)):
        exact = added(np.where(y == 1, w, 0))
        return Points(p[starts], pooled / PARTS, exact / PARTS, counted, pooled, exact)
    return Points(p[starts], pooled / PARTS, added(w * y) / PARTS, counted, pooled, None)
