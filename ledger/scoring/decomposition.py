"""What a mean score is made of: CORP for any proper score, and Yates's covariance form of the Brier score."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ledger.scoring.isotonic import isotonic_fit
from ledger.scoring.points import PARTS
from ledger.scoring.rules import brier_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.tally import Tally

__all__ = ["Corp", "Rule", "Weighed", "Yates", "corp", "mean", "weighed", "yates"]

NOTHING = "there are no scored forecasts"
"""The reason why a mean of nothing is undefined."""


class Rule(Protocol):
    """A score taken element by element; smaller is better."""

    def __call__(self, *, forecast: NDArray[np.float64], outcome: NDArray[np.float64]) -> NDArray[np.float64]:
        """Score each pair of probability and outcome."""


@dataclass(frozen=True, eq=False)
class Weighed:
    """Pooled cells that have weight: ``p``, ``y``, weight ``w`` in units, and the place of each in the points."""

    p: NDArray[np.float64]
    y: NDArray[np.float64]
    w: NDArray[np.float64]
    point: NDArray[np.intp]

    def mean(self, values: NDArray[np.float64]) -> float:
        """Give the weighted mean of one value a cell."""
        return mean(values, self.w)


def mean(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Give a weighted mean; some weight is above 0."""
    return float((values * weight).sum() / weight.sum())


def weighed(tally: Tally) -> Weighed:
    """Pool a tally and drop the cells without weight."""
    whole = tally.pooled()
    kept = whole.weight > 0
    p = whole.forecast[kept]
    new = np.zeros(p.size, dtype=np.intp)
    new[1:] = p[1:] != p[:-1]
    return Weighed(p, whole.outcome[kept], whole.weight[kept] / PARTS, np.cumsum(new))


@dataclass(frozen=True)
class Corp:
    """The components of a mean score: ``score = miscalibration - discrimination + uncertainty``.

    ``miscalibration`` is what recalibrating would win, ``discrimination`` what the recalibrated forecast wins over the
    base rate, ``uncertainty`` the score of the base rate; all are 0 or more. ``None`` has its reason in ``reasons``.
    """

    score: float | None = None
    miscalibration: float | None = None
    discrimination: float | None = None
    uncertainty: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


def corp(tally: Tally, *, rule: Rule = brier_score) -> Corp:
    """Decompose the mean of any proper score without bins.

    After Dimitriadis, Gneiting and Jordan 2021 (PNAS 118:e2016191118). The recalibrated forecast is the isotonic fit of
    outcomes on forecasts, ties pooled first. Where the score is infinite so is the miscalibration. Nothing to score
    gives ``None``.
    """
    of = weighed(tally)
    if not of.p.size:
        names = ("score", "miscalibration", "discrimination", "uncertainty")
        return Corp(reasons=dict.fromkeys(names, NOTHING))
    fit = isotonic_fit(tally.points())[of.point]
    base = np.full(of.p.size, min(of.mean(of.y), 1.0))
    score, best, constant = (of.mean(rule(forecast=p, outcome=of.y)) for p in (of.p, fit, base))
    return Corp(score, score - best, constant - best, constant)


@dataclass(frozen=True)
class Yates:
    """The Brier score in covariances: ``score = uncertainty + forecast_variance + bias**2 - 2 * covariance``.

    ``bias`` is the mean forecast less the base rate. ``slope`` is the mean forecast where it happened less the mean
    where it did not (for shares, the slope of forecasts on outcomes); ``least_variance`` is the forecast variance that
    this slope needs, and ``scatter`` the rest. ``None`` has its reason in ``reasons``.
    """

    score: float | None = None
    uncertainty: float | None = None
    forecast_variance: float | None = None
    bias: float | None = None
    covariance: float | None = None
    slope: float | None = None
    least_variance: float | None = None
    scatter: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


def yates(tally: Tally) -> Yates:
    """Decompose the half Brier score as Yates 1982 does (Organizational Behavior and Human Performance 30:132)."""
    of = weighed(tally)
    if not of.p.size:
        empty = [name for name in Yates.__dataclass_fields__ if name != "reasons"]
        return Yates(reasons=dict.fromkeys(empty, NOTHING))
    p_mean, y_mean = of.mean(of.p), of.mean(of.y)
    p, y = of.p - p_mean, of.y - y_mean
    score, uncertainty = of.mean((of.p - of.y) ** 2), of.mean(y * y)
    variance, covariance = of.mean(p * p), of.mean(p * y)
    known = (score, uncertainty, variance, p_mean - y_mean, covariance)
    if uncertainty == 0:
        why = "every outcome is the same"
        return Yates(*known, reasons=dict.fromkeys(("slope", "least_variance", "scatter"), why))
    slope = covariance / uncertainty
    return Yates(*known, slope, slope * covariance, variance - slope * covariance)
