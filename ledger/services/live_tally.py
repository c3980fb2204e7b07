"""Exchanging a few rows of a large tally: what went is taken out and what came is put in, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.errors import ScoringError
from ledger.scoring.tally import Tally

Cell = tuple[float, float]


def exchanged(tally: Tally, gone: Tally, come: Tally) -> Tally:
    """``tally`` without ``gone`` and with ``come``: the same, to the last bit, as if it were counted anew.

    None of them is keyed by question or group. Raises ``ScoringError`` where ``gone`` is not in it.
    """
    change = _difference(gone, come)
    if not change:
        return tally
    cells = sorted(change)
    forecast, outcome = (np.array(column, dtype=np.float64) for column in zip(*cells, strict=True))
    weight, rows = (np.array(column, dtype=np.int64) for column in zip(*(change[one] for one in cells), strict=True))
    places = _places(tally, cells)
    there = _there(tally, places, forecast, outcome)
    weights, counts = tally.weight.copy(), tally.rows.copy()
    weights[places[there]] += weight[there]
    counts[places[there]] += rows[there]
    new = ~there
    columns = [
        np.insert(column, places[new], more[new])
        for column, more in ((tally.forecast, forecast), (tally.outcome, outcome), (weights, weight), (counts, rows))
    ]
    return _made(*columns)


def _difference(gone: Tally, come: Tally) -> dict[Cell, tuple[int, int]]:
    """What each cell gains in weight and rows, where it changes at all."""
    change: dict[Cell, tuple[int, int]] = {}
    for part, sign in ((gone, -1), (come, 1)):
        columns = (part.forecast, part.outcome, part.weight, part.rows)
        for p, y, weight, rows in zip(*(column.tolist() for column in columns), strict=True):
            before = change.get((p, y), (0, 0))
            change[p, y] = (before[0] + sign * weight, before[1] + sign * rows)
    return {cell: more for cell, more in change.items() if more != (0, 0)}


def _places(tally: Tally, cells: list[Cell]) -> NDArray[np.intp]:
    """Where each cell is, or belongs, in the order of the tally."""
    forecast = np.array([p for p, _ in cells])
    first, last = (np.searchsorted(tally.forecast, forecast, side=side) for side in ("left", "right"))
    return np.array(
        [
            low + int(np.searchsorted(tally.outcome[low:high], y))
            for (_, y), low, high in zip(cells, first.tolist(), last.tolist(), strict=True)
        ],
        dtype=np.intp,
    )


def _there(tally: Tally, places: NDArray[np.intp], forecast: Any, outcome: Any) -> NDArray[np.bool_]:
    within = np.minimum(places, max(0, len(tally) - 1))
    if not len(tally):
        return np.zeros(places.size, dtype=np.bool_)
    same = (tally.forecast[within] == forecast) & (tally.outcome[within] == outcome)
    return np.asarray(same & (places < len(tally)))


def _made(forecast: Any, outcome: Any, weight: Any, rows: Any) -> Tally:
    if weight.min(initial=0) < 0 or rows.min(initial=0) < 0:
        raise ScoringError("cannot take out what is not there")
    kept = rows > 0
    columns = [column if kept.all() else column[kept] for column in (forecast, outcome, weight, rows)]
    for column in columns:
        column.flags.writeable = False
    return Tally(*columns)
