"""Bands around the CORP reliability curve, and the MCB test: what calibrated forecasts would show by chance.

Both resample: the forecasts are drawn again with replacement, and outcomes as calibrated forecasts would have them.
From the tally that is a multinomial over the distinct forecasts and a binomial in each, the same law as row by row.
They need independent rows of one unit each, with outcomes of 0 or 1; else all is ``None``, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.consistency_bars import why_not_resampled
from ledger.scoring.isotonic import isotonic_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ledger.scoring.points import Points
    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]
    Band = tuple[Floats, Floats]

__all__ = ["CorpCurve", "McbTest", "corp_curve", "mcb_test"]

_MANY_ROWS = 8  # rows a point from which drawing point by point is quicker
_HAIR = 1e-12  # what rounding may do to a miscalibration


@dataclass(frozen=True, eq=False)
class CorpCurve:
    """The recalibrated probability of each distinct forecast, and its bands, as columns.

    ``consistency``: where the curve falls if the forecasts are calibrated, around the diagonal. ``confidence``: where
    it falls if the recalibrated probabilities are true, around the curve. Each is ``(low, high)``, or ``None``.
    """

    forecast: Floats
    recalibrated: Floats
    weight: Floats
    consistency: Band | None
    confidence: Band | None
    resamples: int
    seed: int
    reason: str | None = None


@dataclass(frozen=True)
class McbTest:
    """CORP's miscalibration of the half Brier score, and how often calibrated forecasts show as much by chance."""

    miscalibration: float | None
    p_value: float | None
    resamples: int
    seed: int
    reason: str | None = None


def _draws(
    points: Points, truth: Floats, random: np.random.Generator
) -> Callable[[], tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Give what draws how many rows each point has in a replicate, and how many of them happen.

    Row by row, unless points have so many rows that a multinomial and binomials are quicker: the same law.
    """
    rows, size = points.rows, points.forecast.size
    n = int(rows.sum())

    def by_row() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        drawn = place[random.integers(0, n, n)]
        came = drawn[random.random(n) < truth[drawn]]
        return np.bincount(drawn, minlength=size), np.bincount(came, minlength=size)

    def by_point() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        drawn = random.multinomial(n, rows / n)
        return drawn, random.binomial(drawn, truth)

    if n > _MANY_ROWS * size:
        return by_point
    place = np.repeat(np.arange(size), rows)
    return by_row


def _refitted(
    points: Points, truth: Floats, resamples: int, seed: int
) -> Iterator[tuple[Floats, Floats, Floats, Floats]]:
    """Draw forecasts and outcomes, by the ``truth``; give each replicate's forecasts, rows, frequencies and fit."""
    from scipy.optimize import isotonic_regression

    draw = _draws(points, truth, np.random.default_rng(seed))
    for _ in range(resamples):
        n, happened = draw()
        drawn = np.flatnonzero(n)
        rows = n[drawn].astype(np.float64)
        frequency = happened[drawn] / rows
        yield points.forecast[drawn], rows, frequency, isotonic_regression(frequency, weights=rows).x


def _band(points: Points, truth: Floats, resamples: int, seed: int, confidence: float) -> Band:
    """Give the percentile band of the refitted curves at the points; beyond its forecasts a curve is level."""
    fits = _refitted(points, truth, resamples, seed)
    curves = np.array([np.interp(points.forecast, p, fit) for p, _, _, fit in fits])
    tail = (1 - confidence) / 2
    low, high = np.quantile(curves, [tail, 1 - tail], axis=0)
    return low, high


def corp_curve(tally: Tally, *, resamples: int = 1000, seed: int = 1, confidence: float = 0.95) -> CorpCurve:
    """Give the CORP reliability curve with both bands, each pointwise.

    Dimitriadis, Gneiting and Jordan 2021 (PNAS 118:e2016191118): isotonic regression of outcomes on forecasts, refitted
    on resamples and read off at the forecasts. Raises ``ScoringError`` for resamples or a confidence that are none.
    """
    reason = why_not_resampled(tally, resamples, confidence)
    points = tally.points()
    fit = np.minimum(isotonic_fit(points), 1.0)
    if reason:
        return CorpCurve(points.forecast, fit, points.weight, None, None, resamples, seed, reason)
    consistency, sure = (_band(points, truth, resamples, seed, confidence) for truth in (points.forecast, fit))
    return CorpCurve(points.forecast, fit, points.weight, consistency, sure, resamples, seed)


def _miscalibration(forecast: Floats, weight: Floats, frequency: Floats, fit: Floats) -> float:
    """Give what recalibrating wins of the half Brier score."""
    won = (forecast - frequency) ** 2 - (fit - frequency) ** 2
    return float(weight @ won / weight.sum())


def mcb_test(tally: Tally, *, resamples: int = 1000, seed: int = 1) -> McbTest:
    """Test calibration by the miscalibration of CORP, which needs no bins: its share of replicates that is as great.

    Raises ``ScoringError`` for no resamples.
    """
    reason = why_not_resampled(tally, resamples, 0.95)
    points = tally.points()
    if reason:
        return McbTest(None, None, resamples, seed, reason)
    seen = _miscalibration(points.forecast, points.weight, points.happened / points.weight, isotonic_fit(points))
    fits = _refitted(points, points.forecast, resamples, seed)
    as_great = sum(_miscalibration(*one) >= seen - _HAIR for one in fits)
    return McbTest(seen, as_great / resamples, resamples, seed)
