"""Consistency bars: how far binned frequencies of calibrated forecasts would stray by chance.

The forecasts are drawn again with replacement, and outcomes are drawn as calibrated forecasts would have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.bins import BinnedBy, Bins, bin_points
from ledger.scoring.decomposition import NOTHING
from ledger.scoring.independence import why_dependent
from ledger.scoring.intervals import check_confidence
from ledger.scoring.question_bands import Interval, ends

if TYPE_CHECKING:
    from ledger.scoring.tally import Tally

__all__ = ["ConsistencyBars", "consistency_bars", "why_not_resampled"]


@dataclass(frozen=True)
class ConsistencyBars:
    """For each bin that has forecasts, where the frequency falls if they are calibrated; by ``low`` and ``high``."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    bars: tuple[Interval | None, ...]
    resamples: int
    seed: int
    reason: str | None = None


def why_not_resampled(tally: Tally, resamples: int, confidence: float) -> str | None:
    """Say why rows cannot be resampled; ``ScoringError`` for no resamples or a confidence that is none."""
    check_confidence(confidence)
    if resamples < 1:
        raise ScoringError(f"resamples is {resamples}: at least one is needed")
    return why_dependent(tally) if tally.weight.any() else NOTHING


def consistency_bars(
    tally: Tally,
    *,
    bins: Bins = 10,
    by: BinnedBy = "width",
    resamples: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
) -> ConsistencyBars:
    """Give each bin's percentile interval of the frequency under calibration.

    Bröcker and Smith 2007 (Weather and Forecasting 22:651), with the bins as observed. A row drawn into a bin happens
    with the mean forecast there, so that the bins' counts and means are enough. A replicate that leaves a bin empty
    tells nothing of it. Raises ``ScoringError`` for bins, resamples or a confidence that are none.
    """
    reason = why_not_resampled(tally, resamples, confidence)
    binned = bin_points(tally.points(), bins=bins, by=by)
    low, high = tuple(binned.low.tolist()), tuple(binned.high.tolist())
    if reason:
        return ConsistencyBars(low, high, (None,) * len(low), resamples, seed, reason)
    random = np.random.default_rng(seed)
    n = random.multinomial(binned.rows.sum(), binned.rows / binned.rows.sum(), size=resamples)
    happened = random.binomial(n, np.minimum(binned.mean_forecast, 1))
    frequency = np.divide(happened, n, out=np.full(n.shape, np.nan), where=n > 0)
    bars = tuple(ends(column, confidence) for column in frequency.T)
    return ConsistencyBars(low, high, bars, resamples, seed)
