"""Bins over probabilities: each exact value, equal widths, equal masses, or edges of one's own.

Every bin is ``(low, high]``, the first one closed at both ends too, as in Stephenson, Coelho and Jolliffe 2008 (Weather
and Forecasting 23:752). The edge k of n equal widths is the float64 nearest to k/n, which is what the text 0.3 reads
as, so that 0.3 of ten bins stands in the third, 0.2 to 0.3. (``linspace`` gives 0.30000000000000004 there.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points

    Floats = NDArray[np.float64]

__all__ = ["Binned", "BinnedBy", "Bins", "bin_edges", "bin_points"]

Bins = int | Sequence[float]
"""How many bins, or their edges in rising order (the outermost take what lies beyond)."""

BinnedBy = Literal["value", "width", "mass"]

_HAIR = 1e-6  # of a row: what rounding to parts may do to a sum of weights


class Binned(NamedTuple):
    """The bins that have weight, in rising order, as columns; ``start`` is each bin's first place in the points."""

    low: Floats
    high: Floats
    start: NDArray[np.intp]
    rows: NDArray[np.int64]
    weight: Floats
    happened: Floats
    mean_forecast: Floats
    frequency: Floats


def _quantiles(points: Points, bins: int) -> Floats:
    """Give the edges that cut the mass into equal parts, as quantiles of type 7 (Hyndman and Fan 1996).

    With weights that are not one unit a row, as if they were scaled to add up to the number of rows.
    """
    n = int(points.rows.sum())
    reach = np.cumsum(points.weight * (n / points.weight.sum()))
    place = (n - 1) * np.arange(bins + 1) / bins
    below = np.floor(place)
    last = points.forecast.size - 1
    lower, upper = (
        points.forecast[np.minimum(np.searchsorted(reach, at + _HAIR, side="right"), last)] for at in (below, below + 1)
    )
    edges: Floats = lower + (place - below) * (upper - lower)
    return edges


def bin_edges(points: Points, *, bins: Bins = 10, by: BinnedBy = "width") -> Floats:
    """Give the edges of the bins, one more than there are bins; ``ScoringError`` for none or unsorted ones.

    ``by`` is ``"width"`` or ``"mass"``; edges given outright as ``bins`` are taken as they are.
    """
    if not isinstance(bins, int):
        edges = _check.vector("bins", bins)
        if edges.size < 2 or np.any(edges[1:] <= edges[:-1]):
            raise ScoringError("the edges of the bins must be two or more, each above the last")
        return edges
    if bins < 1:
        raise ScoringError(f"bins is {bins}: at least one is needed")
    if by not in ("width", "mass"):
        raise ScoringError(f"edges are by width or mass, not by {by}")
    return np.arange(bins + 1) / bins if by == "width" else _quantiles(points, bins)


def bin_points(points: Points, *, bins: Bins = 10, by: BinnedBy = "width") -> Binned:
    """Pool points into the bins that have weight. Ties are never parted: an edge falls between distinct values.

    ``by`` is ``"value"`` (each distinct probability is a bin of its own, ``bins`` is not read), ``"width"`` or
    ``"mass"``. Raises ``ScoringError`` for bins that are none, and for a ``by`` of another name.
    """
    if by not in ("value", "width", "mass"):
        raise ScoringError(f"points are binned by value, width or mass, not by {by}")
    p = points.forecast
    if not p.size or by == "value":
        return _pool(points, np.arange(p.size), p, p)
    edges = bin_edges(points, bins=bins, by=by)
    start = np.append(0, np.searchsorted(p, edges[1:-1], side="right"))
    start = start[np.diff(start, append=p.size) > 0]  # only the last of those that start at one place has points
    index = np.searchsorted(edges[1:-1], p[start], side="left")
    return _pool(points, start, edges[index], edges[index + 1])


def _pool(points: Points, start: NDArray[np.intp], low: Floats, high: Floats) -> Binned:
    """Add up the points from each start to the next."""
    if not start.size:
        return Binned(low, high, start, points.rows, points.weight, points.happened, points.forecast, points.forecast)
    rows = np.add.reduceat(points.rows, start)
    weight, happened, said = (
        np.add.reduceat(column, start) for column in (points.weight, points.happened, points.weight * points.forecast)
    )
    return Binned(low, high, start, rows, weight, happened, said / weight, happened / weight)
