"""Cox's regression of the outcomes on the log odds of the forecasts.

Cox 1958 (Biometrika 45:562): logit P(happens) = a + b logit(forecast). Calibrated forecasts have a = 0 and b = 1; a
slope under 1 says that they are too extreme, over 1 too timid. Linear in the outcomes, so a function of the tally.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring._logistic import fit_both, fit_intercept, neighbourhoods
from ledger.scoring.decomposition import NOTHING
from ledger.scoring.points import logarithms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points

    Floats = NDArray[np.float64]

__all__ = ["Cox", "clipped", "cox", "log_odds"]


@dataclass(frozen=True)
class Cox:
    """The intercept and slope of Cox's regression, and the intercept where the slope is held at 1.

    ``in_the_large`` is calibration in the large, in log odds: above 0 where more happened than was said. What is not
    defined is ``None``, and ``reasons`` says why by the field's name.
    """

    intercept: float | None
    slope: float | None
    in_the_large: float | None
    reasons: dict[str, str] = field(default_factory=dict)


def clipped(points: Points, clip: float | None) -> Floats:
    """Give the forecasts, those outside moved to ``clip`` and 1 - ``clip``; a clip that is none is refused."""
    if clip is None:
        return points.forecast
    if not 0 < clip < 0.5:
        raise ScoringError(f"clip is {clip}: it must lie between 0 and 0.5, as 0.001 does")
    return np.clip(points.forecast, clip, 1 - clip)


def log_odds(forecast: Floats) -> Floats:
    """Give ln(p / (1 - p)) of probabilities strictly between 0 and 1."""
    said, denied = logarithms(forecast)
    return said - denied


def _why_no_intercept(points: Points, p: Floats) -> str | None:
    """Say what keeps the intercept from being finite."""
    if not p.size:
        return NOTHING
    if not points.happened.any():
        return "nothing happened"
    if np.array_equal(points.happened, points.weight):
        return "everything happened"
    certain = (points.rows[0] if p[0] == 0 else 0) + (points.rows[-1] if p[-1] == 1 else 0)
    if certain:
        return f"of the forecasts {certain} are 0 or 1, whose log odds are infinite, and no clip was named"
    return None


def _why_no_slope(points: Points, z: Floats) -> str | None:
    """Say what keeps the slope on the log odds ``z`` from being finite, where the intercept is."""
    if z[0] == z[-1]:
        return "there is one distinct probability"
    yes, no = np.flatnonzero(points.happened > 0), np.flatnonzero(points.happened < points.weight)
    if z[yes[0]] >= z[no[-1]] or z[no[0]] >= z[yes[-1]]:
        return "a threshold parts what happened from what did not, so the slope is infinite"
    return None


def cox(points: Points, *, clip: float | None = None) -> Cox:
    """Fit intercept and slope, and the intercept with a slope of 1.

    They are ``None``, with reasons, where only one class is seen, where a forecast is 0 or 1 (unless a ``clip`` between
    0 and 0.5 is named, to which forecasts nearer 0 or 1 are then moved), and the slope with its intercept also where a
    threshold parts the outcomes. Shares are taken as that much of one outcome and of the other.
    """
    p = clipped(points, clip)
    reason = _why_no_intercept(points, p)
    if reason:
        return Cox(None, None, None, dict.fromkeys(("intercept", "slope", "in_the_large"), reason))
    z = log_odds(p) if clip else np.subtract(*points.logs)
    near = neighbourhoods(points, z)
    reason = _why_no_slope(points, z)
    with np.errstate(over="ignore"):  # odds beyond what a float holds are as good as infinite
        large = fit_intercept(points, p, z, near)
        both = None if reason else fit_both(points, z, near)
    if both is None:
        reason = reason or "the outcomes are so nearly parted by a threshold that the fit did not settle"
        return Cox(None, None, large, dict.fromkeys(("intercept", "slope"), reason))
    return Cox(*both, large)
