"""Intervals by resampling for figures that are no mean score: discrimination, calibration, whatever points tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring._draws import blocks, drawn_counts
from ledger.scoring.points import PARTS, pool
from ledger.scoring.resampling import Resampled, checked, firsts, percentiles, scored_cells, unit_of, units_in, why_not

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ledger.scoring.points import Points
    from ledger.scoring.resampling import By
    from ledger.scoring.tally import Tally

__all__ = ["resample_statistic"]


def resample_statistic(
    tally: Tally,
    statistic: Callable[[Points], float | None],
    *,
    resamples: int = 1000,
    seed: int = 1,
    by: By | None = None,
    confidence: float = 0.95,
) -> Resampled:
    """Give the interval of any function of the points, by rebuilding the points of each replicate from whole cells.

    As ``resample`` does, and slower. Replicates where the statistic is ``None`` make the interval ``None``. A figure
    that is biased in small samples, as miscalibration is, may lie outside its own interval.
    """
    checked(resamples, seed, confidence)
    unit = unit_of(tally, by)
    of = scored_cells(tally, unit)
    question = np.arange(len(of)) if unit == "row" else np.asarray(of.question)
    first = firsts(question)
    units = units_in(of, unit)
    reason = why_not(of, unit, units, resamples)
    if reason:
        return Resampled(None, unit, units, resamples, seed, confidence, reason)
    order, place = (
        np.lexsort([of.outcome, of.forecast]),
        np.repeat(np.arange(first.size), np.diff(first, append=len(of))),
    )

    def work(stream: np.random.Generator, size: int) -> NDArray[np.float64]:
        if unit == "question":
            times = (one[place].astype(np.int64) for one in drawn_counts(units, stream, size))
            cells = ((of.weight * one, of.rows * one) for one in times)
        else:
            cells = ((rows * PARTS, rows) for rows in stream.multinomial(units, of.rows / units, size=size))
        points = (pool(of.forecast[order], of.outcome[order], w[order], n[order]) for w, n in cells)
        return np.array([statistic(one) for one in points], dtype=np.float64)

    values = blocks(work, resamples=resamples, seed=seed)
    if np.isnan(values).any():
        lost = int(np.isnan(values).sum())
        why = f"the figure is undefined in {lost} of {resamples} replicates"
        return Resampled(None, unit, units, resamples, seed, confidence, why)
    return Resampled(percentiles(values, confidence), unit, units, resamples, seed, confidence)
