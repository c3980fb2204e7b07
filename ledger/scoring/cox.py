"""Cox's regression of the outcomes on the log odds of the forecasts.

Cox 1958 (Biometrika 45:562): logit P(happens) = a + b logit(forecast). Calibrated forecasts have a = 0 and b = 1; a
slope under 1 says that they are too extreme, over 1 too timid. Linear in the outcomes, so a function of the tally.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, inf, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.decomposition import NOTHING
from ledger.scoring.points import logarithms, slices, total

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ledger.scoring.points import Points

    Floats = NDArray[np.float64]

__all__ = ["Cox", "clipped", "cox", "in_the_large", "log_odds"]

_MANY = 4_000  # distinct probabilities from which a fit of their neighbourhoods saves more than it costs
_GROUPS = 400
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
    said, denied = logarithms(forecast)
    return said - denied


class _Terms(NamedTuple):
    """What the likelihood adds up: weights at places ``u``, and how much happened, plain and times ``u``."""

    weight: Floats
    u: Floats
    happened: float
    moment: float


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


def _terms(points: Points, u: Floats) -> _Terms:
    """Give a term for each point."""
    moment = total(u.size, lambda rows: points.happened[rows] * u[rows])
    return _Terms(points.weight, u, float(points.happened.sum()), moment)


def _neighbourhoods(points: Points, z: Floats) -> _Terms:
    """Stand two terms for each of many short stretches of log odds, of the same weight, mean and variance."""
    place = np.searchsorted(z, np.linspace(z[0], z[-1], _GROUPS + 1)[:-1])
    first = place[np.append(True, place[1:] > place[:-1])]
    weight, moments = np.add.reduceat(points.weight, first), points.weight * z
    middle = np.add.reduceat(moments, first) / weight
    square = np.add.reduceat(np.multiply(moments, z, out=moments), first) / weight
    apart = np.sqrt(np.maximum(square - middle**2, 0))
    return _terms(points, z)._replace(weight=np.tile(weight / 2, 2), u=np.concatenate([middle - apart, middle + apart]))


def _by_odds(points: Points, p: Floats, at: float) -> tuple[float, float]:
    """Give how much should happen, and its variance, with ``at`` added to the log odds.

    The odds are the forecast's times exp(at), so that no logarithm or exponential of an array is taken.
    """
    expected, spread, shrink = 0.0, 0.0, exp(-abs(at))
    for rows in slices(p.size):
        yes = p[rows] if at > 0 else p[rows] * shrink
        no = (1 - p[rows]) * shrink if at > 0 else 1 - p[rows]
        fitted = yes / (yes + no)
        mass = points.weight[rows] * fitted
        expected, spread = expected + float(mass.sum()), spread + float((mass * (1 - fitted)).sum())
    return expected, spread


def _level(
    expect: Callable[[float], tuple[float, float]], happened: float, ends: tuple[float, float], at: float
) -> float:
    """Find what must be added to the log odds for as much to be expected as happened: Newton's method in a bracket."""
    low, high = ends
    at = min(max(at, low), high)
    for _ in range(_STEPS):
        expected, spread = expect(at)
        gap = happened - expected
        low, high = (at, high) if gap > 0 else (low, at)
        step = gap / spread if spread else inf
        if abs(step) < _CLOSE:
            return at + step
        at = at + step if low < at + step < high else (low + high) / 2
    return at


def in_the_large(points: Points, p: Floats, near: _Terms | None = None) -> float:
    """Fit the intercept with the slope at 1, for forecasts strictly between 0 and 1 and outcomes of both classes."""
    happened = float(points.happened.sum())
    middle = log(happened / (float(points.weight.sum()) - happened))
    ends = (middle - float(log_odds(p[-1:])[0]), middle - float(log_odds(p[:1])[0]))
    start = 0.0
    if near:

        def expect(at: float) -> tuple[float, float]:
            fitted = 1 / (1 + np.exp(-at - near.u))
            mass = near.weight * fitted
            return float(mass.sum()), float((mass * (1 - fitted)).sum())

        start = _level(expect, happened, ends, start)
    return _level(lambda at: _by_odds(points, p, at), happened, ends, start)


def _moments(of: _Terms, at: Floats, rows: slice) -> Floats:
    """Add up what should happen, the same times u, and its variance times 1, u and u squared, over some terms."""
    u = of.u[rows]
    fitted = 1 / (1 + np.exp(-at[0] - at[1] * u))
    expected = of.weight[rows] * fitted
    variance = expected * (1 - fitted)
    tilted = variance * u
    return np.array([one.sum() for one in (expected, expected * u, variance, tilted, tilted * u)])


def _slopes(of: _Terms, at: Floats) -> tuple[Floats, Floats]:
    """Give the gradient of the log likelihood of logit P = at[0] + at[1] u, and Newton's step."""
    total = sum((_moments(of, at, rows) for rows in slices(of.u.size)), np.zeros(5))
    gradient, b = np.array([of.happened, of.moment]) - total[:2], total[3]
    a, c = total[2] * (1 + 1e-12), total[4] * (1 + 1e-12)
    step = np.array([c * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]]) / (a * c - b * b + 1e-300)
    return gradient, step


def _fit(of: _Terms, at: Floats) -> Floats | None:
    """Maximise the likelihood by Newton's method; a step that overshoots is halved, and a giant one cut."""
    gradient, step = _slopes(of, at)
    part = 1.0
    for _ in range(_STEPS):
        far = np.abs(step).max()
        if far < _CLOSE:
            return at + step
        ahead = at + min(part, _REACH / far) * step
        there, onward = _slopes(of, ahead)
        if there @ step < -0.5 * (gradient @ step):
            part /= 2
        else:
            at, gradient, step, part = ahead, there, onward, 1.0
    return None


def _both(points: Points, z: Floats, near: _Terms | None) -> tuple[float, float] | None:
    """Fit intercept and slope, on log odds that are brought to mean 0 and spread 1; near ones first, to start close."""
    middle = float(z.mean())
    u = z - middle
    spread = sqrt(total(u.size, lambda rows: u[rows] ** 2) / u.size)
    u /= spread
    at = np.array([middle, spread])
    if near:
        moment = (near.moment - middle * near.happened) / spread
        found = _fit(near._replace(u=(near.u - middle) / spread, moment=moment), at)
        at = at if found is None else found
    best = _fit(_terms(points, u), at)
    if best is None:
        return None
    slope = float(best[1]) / spread
    return float(best[0]) - slope * middle, slope


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
    near = _neighbourhoods(points, z) if z.size > _MANY else None
    reason = _why_no_slope(points, z)
    with np.errstate(over="ignore"):  # odds beyond what a float holds are as good as infinite
        large = in_the_large(points, p, near)
        both = None if reason else _both(points, z, near)
    if both is None:
        reason = reason or "the outcomes are so nearly parted by a threshold that the fit did not settle"
        return Cox(None, None, large, dict.fromkeys(("intercept", "slope"), reason))
    return Cox(*both, large)
