"""The Brier score in reliability, resolution and uncertainty, by exact values or by bins.

The three are called miscalibration, discrimination and uncertainty here. Murphy 1973 (J. Appl. Meteor. 12:595) is
exact where the forecast is constant in each bin; the within-bin terms of Stephenson, Coelho and Jolliffe 2008 (Wea.
Forecasting 23:752) close the identity for any bins.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ledger.scoring.bins import bin_points
from ledger.scoring.decomposition import NOTHING, Weighed, mean, weighed
from ledger.scoring.independence import why_dependent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.bins import BinnedBy, Bins
    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]
    Three = tuple[float, float, float]

__all__ = ["Murphy", "murphy"]

THREE = ("miscalibration", "discrimination", "uncertainty")
DEVIATIONS = tuple(f"{name}_sd" for name in THREE)


@dataclass(frozen=True)
class Murphy:
    """``score = miscalibration - discrimination + uncertainty + within_bin_variance - within_bin_covariance``.

    The within-bin terms are 0 for exact values. ``_sd`` are standard deviations by the delta method, for independent
    rows (Siegert 2014, QJRMS 140:1771). ``None`` has its reason in ``reasons``.
    """

    score: float | None = None
    miscalibration: float | None = None
    discrimination: float | None = None
    uncertainty: float | None = None
    within_bin_variance: float | None = None
    within_bin_covariance: float | None = None
    miscalibration_sd: float | None = None
    discrimination_sd: float | None = None
    uncertainty_sd: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def generalised_discrimination(self) -> float | None:
        """Discrimination with the within-bin terms: ``score = miscalibration - this + uncertainty``."""
        if self.discrimination is None or self.within_bin_variance is None or self.within_bin_covariance is None:
            return None
        return self.discrimination - self.within_bin_variance + self.within_bin_covariance


class BinnedCells(NamedTuple):
    """Cells, and for each the mean forecast, frequency and weight of its bin; ``dependent`` says why rows are."""

    of: Weighed
    said: Floats
    seen: Floats
    n: Floats
    base: float
    dependent: str | None


def binned_cells(tally: Tally, bins: Bins, by: BinnedBy) -> BinnedCells | None:
    """Bin the cells; ``None`` where there are none."""
    of, points = weighed(tally), tally.points()
    pooled = bin_points(points, bins=bins, by=by)
    if not of.p.size:
        return None
    place = np.repeat(np.arange(pooled.start.size), np.diff(pooled.start, append=points.forecast.size))[of.point]
    said = of.p if by == "value" else pooled.mean_forecast[place]
    base = of.mean(of.y)
    return BinnedCells(of, said, pooled.frequency[place], pooled.weight[place], base, why_dependent(tally))


def components(of: BinnedCells) -> Three:
    """Give miscalibration, discrimination and uncertainty."""
    miscalibration = mean((of.said - of.seen) ** 2, of.of.w)
    discrimination = mean((of.seen - of.base) ** 2, of.of.w)
    return miscalibration, discrimination, of.of.mean((of.of.y - of.base) ** 2)


def influence_of(of: BinnedCells) -> Floats:
    """Give what one more row of each cell does to N times the three components, by the delta method."""
    off, y = of.seen - of.said, of.of.y
    miscalibration = off * (2 * (y - of.of.p) - off)
    discrimination = (of.seen - of.base) * (2 * y - of.seen - of.base)
    return np.stack([miscalibration, discrimination, y * (1 - 2 * of.base)])


def deviations(of: BinnedCells, influence: Floats) -> Three:
    """Give standard deviations of the components from the influences of independent rows."""
    size = float(of.of.w.sum())
    a, b, c = (float(np.sqrt(of.of.mean((one - of.of.mean(one)) ** 2) / size)) for one in influence)
    return a, b, c


def murphy(tally: Tally, *, bins: Bins = 10, by: BinnedBy = "value") -> Murphy:
    """Decompose the half Brier score by exact values, or with ``by`` "width" or "mass" by ``bins``.

    Bins are right-closed, the first closed at both ends. Nothing to score gives ``None``; standard deviations are
    ``None`` unless rows are independent, of one unit each, and have outcomes of 0 or 1.
    """
    of = binned_cells(tally, bins, by)
    if of is None:
        names = [name for name in Murphy.__dataclass_fields__ if name != "reasons"]
        return Murphy(reasons=dict.fromkeys(names, NOTHING))
    p, y = of.of.p, of.of.y
    variance = of.of.mean((p - of.said) ** 2)
    covariance = 2 * of.of.mean((y - of.seen) * (p - of.said))
    known = Murphy(of.of.mean((p - y) ** 2), *components(of), variance, covariance)
    if of.dependent:
        return replace(known, reasons=dict.fromkeys(DEVIATIONS, of.dependent))
    a, b, c = deviations(of, influence_of(of))
    return replace(known, miscalibration_sd=a, discrimination_sd=b, uncertainty_sd=c)
