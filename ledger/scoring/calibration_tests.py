"""Tests of calibration for independent rows: Spiegelhalter's z, the U-test, Hosmer and Lemeshow's.

They hold for forecasts that are one unit a row and one row a question, with outcomes of 0 or 1; for any other the
answer is ``None`` and why. A tally that is not keyed by question cannot show whether rows share one.
Every p-value is two-sided or of the upper tail, and small where the forecasts look miscalibrated.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.bins import bin_points
from ledger.scoring.cox import clipped, cox, log_odds
from ledger.scoring.decomposition import NOTHING
from ledger.scoring.independence import why_dependent
from ledger.scoring.points import slices

if TYPE_CHECKING:
    from ledger.scoring.bins import Bins
    from ledger.scoring.tally import Tally

__all__ = ["CalibrationTest", "chi_squared_tail", "hosmer_lemeshow", "spiegelhalter", "u_test"]


@dataclass(frozen=True)
class CalibrationTest:
    """A statistic, its p-value and degrees of freedom; all ``None`` with a ``reason`` where it is not defined."""

    statistic: float | None
    p_value: float | None
    freedom: int | None = None
    reason: str | None = None


def _undefined(reason: str) -> CalibrationTest:
    return CalibrationTest(None, None, None, reason)


def _why_not(tally: Tally) -> str | None:
    """Say why a test is not defined for these rows."""
    return why_dependent(tally) if tally.weight.any() else NOTHING


def chi_squared_tail(x: float, freedom: int) -> float:
    """Give the chance that a chi-squared variable of ``freedom`` degrees (1 or more) is at least ``x`` (0 or more)."""
    half, odd = x / 2, freedom % 2
    if half == 0:
        return 1.0
    orders = [j + odd / 2 for j in range(freedom // 2)]
    terms = [exp(order * log(half) - half - lgamma(order + 1)) for order in orders]
    return (erfc(sqrt(half)) if odd else 0.0) + sum(terms)


def spiegelhalter(tally: Tally) -> CalibrationTest:
    """Give Spiegelhalter's z (1986, Statistics in Medicine 5:421), normal where the forecasts are calibrated.

    Above 0 the Brier score is worse than the forecasts themselves promise. Undefined if every forecast is 0, ½ or 1.
    """
    reason = _why_not(tally)
    if reason:
        return _undefined(reason)
    points, lean, variance = tally.points(), 0.0, 0.0
    for rows in slices(points.forecast.size):
        p = points.forecast[rows]
        tilt, expected = 1 - 2 * p, points.weight[rows] * p
        lean += float(((points.happened[rows] - expected) * tilt).sum())
        variance += float((expected * (1 - p) * tilt * tilt).sum())
    if not variance:
        return _undefined("every forecast is 0, 1/2 or 1")
    z = lean / sqrt(variance)
    return CalibrationTest(z, erfc(abs(z) / sqrt(2)))


def u_test(tally: Tally, *, clip: float | None = None) -> CalibrationTest:
    """Test intercept 0 and slope 1 in Cox's regression by the likelihood ratio, chi-squared with 2 degrees of freedom.

    Miller, Hui and Tierney 1991 (Statistics in Medicine 10:1213). Undefined where the regression is; see ``cox``.
    """
    reason = _why_not(tally)
    if reason:
        return _undefined(reason)
    points = tally.points()
    fit = cox(points, clip=clip)
    if fit.intercept is None or fit.slope is None:
        return _undefined(fit.reasons["slope"])
    z = log_odds(clipped(points, clip))
    fitted = fit.intercept + fit.slope * z
    lost = points.weight @ (np.logaddexp(0, fitted) - np.logaddexp(0, z))
    statistic = max(0.0, 2 * float(points.happened @ (fitted - z) - lost))
    return CalibrationTest(statistic, chi_squared_tail(statistic, 2), 2)


def hosmer_lemeshow(tally: Tally, *, bins: Bins = 10, fitted: bool = False) -> CalibrationTest:
    """Give Hosmer and Lemeshow's chi-squared over groups of equal mass; ties are never parted.

    The degrees of freedom are the number G of groups, as the forecasts were issued from outside; with ``fitted``, for
    a model that was fitted on these very outcomes, G - 2 (Hosmer and Lemeshow 1980, Communications in Statistics
    A9:1043). Groups are cut at type-7 quantiles, right-closed; ties may leave fewer than ``bins``. Undefined where a
    group is all 0 or all 1.
    """
    reason = _why_not(tally)
    if reason:
        return _undefined(reason)
    groups = bin_points(tally.points(), bins=bins, by="mass")
    freedom = groups.weight.size - 2 * fitted
    said = groups.mean_forecast
    if freedom < 1:
        return _undefined(f"a fitted model needs three groups, and there are {groups.weight.size}")
    if said[0] == 0 or said[-1] == 1:
        return _undefined("in one of the groups every forecast is 0 or every one is 1")
    apart = (groups.happened - groups.weight * said) ** 2 / (groups.weight * said * (1 - said))
    statistic = float(apart.sum())
    return CalibrationTest(statistic, chi_squared_tail(statistic, freedom), freedom)
