"""Summaries of miscalibration over bins. None of them is proper: never rank forecasters by them.

The constant base rate has an error of nought, and every figure moves with the bins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.bins import Binned, BinnedBy, Bins, bin_points
from ledger.scoring.decomposition import NOTHING
from ledger.scoring.independence import why_dependent

if TYPE_CHECKING:
    from ledger.scoring.tally import Tally

__all__ = ["CalibrationError", "calibration_error", "error_of_bins"]


@dataclass(frozen=True)
class CalibrationError:
    """How far the frequency lies from the mean forecast, bin by bin; all are losses but ``bias``.

    ``bias`` is the mean forecast less the base rate: above 0 where too much was promised. ``ece`` is the mean over bins
    of the absolute distance, weighted (Naeini, Cooper and Hauskrecht 2015, AAAI), ``mce`` the greatest. ``squared`` is
    the mean of the square; ``debiased_squared`` takes off what chance adds to it, and may fall below 0 (Bröcker 2012,
    Climate Dynamics 39:655; the same estimator in Kumar, Liang and Ma 2019, NeurIPS); ``debiased`` is its root, 0
    where it is below. What is not defined is ``None``, and ``reasons`` says why by the field's name.
    """

    bias: float | None
    ece: float | None
    mce: float | None
    squared: float | None
    debiased_squared: float | None
    debiased: float | None
    bins: int
    reasons: dict[str, str] = field(default_factory=dict)


def _chance(binned: Binned) -> float:
    """Estimate what chance adds to the mean squared distance; a bin of one row tells nothing of it and adds none."""
    several = binned.rows > 1
    n, frequency = binned.rows[several], binned.frequency[several]
    return float((n * frequency * (1 - frequency) / (n - 1)).sum() / binned.rows.sum())


def calibration_error(tally: Tally, *, bins: Bins = 10, by: BinnedBy = "width") -> CalibrationError:
    """Compute the summaries over ``bins`` by width, by mass (also called adaptive, ACE) or by value.

    The debiased figures need rows that are independent and of one unit each. Raises ``ScoringError`` for bins that are
    none.
    """
    return error_of_bins(bin_points(tally.points(), bins=bins, by=by), why_dependent(tally))


def error_of_bins(binned: Binned, reason: str | None) -> CalibrationError:
    """Compute the summaries; ``reason`` says why rows are not independent."""
    if not binned.weight.size:
        names = ("bias", "ece", "mce", "squared", "debiased_squared", "debiased")
        reasons = dict.fromkeys(names, NOTHING)
        return CalibrationError(None, None, None, None, None, None, 0, reasons)
    total = float(binned.weight.sum())
    apart = binned.mean_forecast - binned.frequency
    far = np.abs(apart)
    bias, ece, squared = (float(binned.weight @ one) / total for one in (apart, far, apart * apart))
    if reason:
        reasons = dict.fromkeys(("debiased_squared", "debiased"), reason)
        return CalibrationError(bias, ece, float(far.max()), squared, None, None, far.size, reasons)
    debiased = squared - _chance(binned)
    return CalibrationError(bias, ece, float(far.max()), squared, debiased, sqrt(max(0.0, debiased)), far.size)
