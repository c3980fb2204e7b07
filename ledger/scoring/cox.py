"""Cox's regression of the outcomes on the log odds of the forecasts.

Cox 1958 (Biometrika 45:562): logit P(happens) = a + b logit(forecast). Calibrated forecasts have a = 0 and b = 1; a
slope under 1 says that they are too extreme, over 1 too timid. Linear in the outcomes, so a function of the tally.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, inf, log
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.decomposition import NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points

    Floats = NDArray[np.float64]

__all__ = ["Cox", "clipped", "cox", "in_the_large", "log_odds"]

_STEPS = 200
_REACH = 8.0
_CLOSE = 1e-7  # steps shrink with their square: after one this small the next is below rounding


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
    odds: Floats = np.log(forecast / (1 - forecast))
    return odds


def _why_no_intercept(points: Points, p: Floats) -> str | None:
    """Say what keeps the intercept from being finite."""
    if not p.size:
        return NOTHING
    if not points.happened.any():
        return "nothing happened"
    if np.array_equal(points.happened, points.weight):
        return "everything happened"
    certain = int(points.rows[(p == 0) | (p == 1)].sum())
    if certain:
        return f"of the forecasts {certain} are 0 or 1, whose log odds are infinite, and no clip was named"
    return None


def _why_no_slope(points: Points, z: Floats) -> str | None:
    """Say what keeps the slope on the log odds ``z`` from being finite, where the intercept is."""
    if z[0] == z[-1]:
        return "there is one distinct probability"
    yes, no = z[points.happened > 0], z[points.happened < points.weight]
    if yes[0] >= no[-1] or no[0] >= yes[-1]:
        return "a threshold parts what happened from what did not, so the slope is infinite"
    return None


def in_the_large(points: Points, p: Floats) -> float:
    """Fit the intercept with the slope at 1, for forecasts strictly between 0 and 1 and outcomes of both classes.

    Newton's method inside a bracket. The odds are the forecast's times exp(intercept), so that no step takes a
    logarithm or an exponential of an array.
    """
    happened, q = float(points.happened.sum()), 1 - p
    middle = log(happened / (float(points.weight.sum()) - happened))
    low, high = middle - float(log_odds(p[-1:])[0]), middle - float(log_odds(p[:1])[0])
    at = min(max(0.0, low), high)
    for _ in range(_STEPS):
        shrink = exp(-abs(at))
        yes, no = (p, q * shrink) if at > 0 else (p * shrink, q)
        fitted = yes / (yes + no)
        expected = points.weight * fitted
        gap, spread = happened - float(expected.sum()), float((expected * (1 - fitted)).sum())
        low, high = (at, high) if gap > 0 else (low, at)
        step = gap / spread if spread else inf
        if abs(step) < _CLOSE:
            return at + step
        at = at + step if low < at + step < high else (low + high) / 2
    return at


def _slopes(points: Points, u: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Give the gradient of the log likelihood of logit P = at[0] + at[1] u, and Newton's step."""
    with np.errstate(over="ignore"):
        fitted = 1 / (1 + np.exp(-at[0] - at[1] * u))
    expected = points.weight * fitted
    rest, v = points.happened - expected, expected * (1 - fitted)
    vu = v * u
    gradient = np.array([rest.sum(), (rest * u).sum()])
    a, b, c = v.sum() * (1 + 1e-12), vu.sum(), (vu * u).sum() * (1 + 1e-12)
    step = np.array([c * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]]) / (a * c - b * b + 1e-300)
    return gradient, step


def _fit(points: Points, u: Floats, at: Floats) -> Floats | None:
    """Maximise the likelihood by Newton's method; a step that overshoots is halved, and a giant one cut."""
    gradient, step = _slopes(points, u, at)
    part = 1.0
    for _ in range(_STEPS):
        far = np.abs(step).max()
        if far < _CLOSE:
            return at + step
        ahead = at + min(part, _REACH / far) * step
        there, onward = _slopes(points, u, ahead)
        if there @ step < -0.5 * (gradient @ step):
            part /= 2
        else:
            at, gradient, step, part = ahead, there, onward, 1.0
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
    large = in_the_large(points, p)
    z = log_odds(p)
    reason = _why_no_slope(points, z)
    middle, spread = float(z.mean()), float(z.std())
    best = None if reason else _fit(points, (z - middle) / spread, np.array([middle, spread]))
    if best is None:
        reason = reason or "the outcomes are so nearly parted by a threshold that the fit did not settle"
        return Cox(None, None, large, dict.fromkeys(("intercept", "slope"), reason))
    slope = float(best[1]) / spread
    return Cox(float(best[0]) - slope * middle, slope, large)
