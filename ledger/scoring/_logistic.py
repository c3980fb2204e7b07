"""The two regressions of Cox, fitted by Newton's method on points whose log odds are given.

Many points are first taken together by neighbourhoods of their log odds, so that one look at all of them is enough.
"""

from __future__ import annotations

from math import exp, inf, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ledger.scoring.points import slices, total

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ledger.scoring.points import Points

    Floats = NDArray[np.float64]

__all__ = ["Terms", "fit_both", "fit_intercept", "neighbourhoods"]

_MANY = 4_000  # distinct probabilities from which a fit of their neighbourhoods saves more than it costs
_GROUPS = 400
_STEPS = 200
_REACH = 8.0
_CLOSE = 1e-7  # steps shrink with their square: after one this small the next is below rounding


class Terms(NamedTuple):
    """What the likelihood adds up: weights at places ``u``, and how much happened, plain and times ``u``."""

    weight: Floats
    u: Floats
    happened: float
    moment: float


def _terms(points: Points, u: Floats) -> Terms:
    """Give a term for each point."""
    moment = total(u.size, lambda rows: points.happened[rows] * u[rows])
    return Terms(points.weight, u, float(points.happened.sum()), moment)


def neighbourhoods(points: Points, z: Floats) -> Terms | None:
    """Stand two terms for each of many short stretches of log odds, of the same weight, mean and variance.

    Few points need none.
    """
    if z.size <= _MANY:
        return None
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


def fit_intercept(points: Points, p: Floats, z: Floats, near: Terms | None) -> float:
    """Fit the intercept with the slope at 1, for forecasts strictly between 0 and 1 and outcomes of both classes."""
    happened = float(points.happened.sum())
    middle = log(happened / (float(points.weight.sum()) - happened))
    ends = (middle - float(z[-1]), middle - float(z[0]))
    start = 0.0
    if near:

        def expect(at: float) -> tuple[float, float]:
            fitted = 1 / (1 + np.exp(-at - near.u))
            mass = near.weight * fitted
            return float(mass.sum()), float((mass * (1 - fitted)).sum())

        start = _level(expect, happened, ends, start)
    return _level(lambda at: _by_odds(points, p, at), happened, ends, start)


def _moments(of: Terms, at: Floats, rows: slice) -> Floats:
    """Add up what should happen, the same times u, and its variance times 1, u and u squared, over some terms."""
    u = of.u[rows]
    fitted = 1 / (1 + np.exp(-at[0] - at[1] * u))
    expected = of.weight[rows] * fitted
    variance = expected * (1 - fitted)
    tilted = variance * u
    return np.array([one.sum() for one in (expected, expected * u, variance, tilted, tilted * u)])


def _slopes(of: Terms, at: Floats) -> tuple[Floats, Floats]:
    """Give the gradient of the log likelihood of logit P = at[0] + at[1] u, and Newton's step."""
    total = sum((_moments(of, at, rows) for rows in slices(of.u.size)), np.zeros(5))
    gradient, b = np.array([of.happened, of.moment]) - total[:2], total[3]
    a, c = total[2] * (1 + 1e-12), total[4] * (1 + 1e-12)
    step = np.array([c * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]]) / (a * c - b * b + 1e-300)
    return gradient, step


def _fit(of: Terms, at: Floats) -> Floats | None:
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


def fit_both(points: Points, z: Floats, near: Terms | None) -> tuple[float, float] | None:
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
