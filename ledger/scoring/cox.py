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
from ledger.scoring.points import Points, slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Cox", "clipped", "cox", "in_the_large", "log_odds"]

_MANY = 50_000
_GROUPS = 2_000
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


def _expected(points: Points, p: Floats, at: float) -> tuple[float, float]:
    """Give how much should happen, and its variance, with ``at`` added to the log odds."""
    expected, spread, shrink = 0.0, 0.0, exp(-abs(at))
    for rows in slices(p.size):
        yes = p[rows] if at > 0 else p[rows] * shrink
        no = (1 - p[rows]) * shrink if at > 0 else 1 - p[rows]
        fitted = yes / (yes + no)
        mass = points.weight[rows] * fitted
        expected, spread = expected + float(mass.sum()), spread + float((mass * (1 - fitted)).sum())
    return expected, spread


def in_the_large(points: Points, p: Floats) -> float:
    """Fit the intercept with the slope at 1, for forecasts strictly between 0 and 1 and outcomes of both classes.

    Newton's method inside a bracket. The odds are the forecast's times exp(intercept), so that no step takes a
    logarithm or an exponential of an array.
    """
    happened = float(points.happened.sum())
    middle = log(happened / (float(points.weight.sum()) - happened))
    low, high = middle - float(log_odds(p[-1:])[0]), middle - float(log_odds(p[:1])[0])
    at = min(max(0.0, low), high)
    for _ in range(_STEPS):
        expected, spread = _expected(points, p, at)
        gap = happened - expected
        low, high = (at, high) if gap > 0 else (low, at)
        step = gap / spread if spread else inf
        if abs(step) < _CLOSE:
            return at + step
        at = at + step if low < at + step < high else (low + high) / 2
    return at


def _moments(points: Points, u: Floats, at: Floats, rows: slice) -> Floats:
    """Add up the residuals, the same times u, and the variance times 1, u and u squared, over some of the points."""
    at_u = u[rows]
    with np.errstate(over="ignore"):
        fitted = 1 / (1 + np.exp(-at[0] - at[1] * at_u))
    expected = points.weight[rows] * fitted
    rest, v = points.happened[rows] - expected, expected * (1 - fitted)
    vu = v * at_u
    return np.array([rest.sum(), (rest * at_u).sum(), v.sum(), vu.sum(), (vu * at_u).sum()])


def _slopes(points: Points, u: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Give the gradient of the log likelihood of logit P = at[0] + at[1] u, and Newton's step."""
    total = sum((_moments(points, u, at, rows) for rows in slices(u.size)), np.zeros(5))
    gradient, b = total[:2], total[3]
    a, c = total[2] * (1 + 1e-12), total[4] * (1 + 1e-12)
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


def _best(points: Points, u: Floats, at: Floats) -> Floats | None:
    """Fit; many points are first taken together by neighbours, to start close by."""
    if u.size > _MANY:
        first = np.arange(0, u.size, u.size // _GROUPS)
        rows, weight, happened, moment = (
            np.add.reduceat(one, first) for one in (points.rows, points.weight, points.happened, points.weight * u)
        )
        near = Points(points.forecast[first], weight, happened, rows, points.parts[first], None)
        found = _fit(near, moment / weight, at)
        at = at if found is None else found
    return _fit(points, u, at)


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
    best = None if reason else _best(points, (z - middle) / spread, np.array([middle, spread]))
    if best is None:
        reason = reason or "the outcomes are so nearly parted by a threshold that the fit did not settle"
        return Cox(None, None, large, dict.fromkeys(("intercept", "slope"), reason))
    slope = float(best[1]) / spread
    return Cox(float(best[0]) - slope * middle, slope, large)
