"""A test of calibration that may be read after every outcome, and stopped whenever one likes.

A gambler bets against the forecasts at the odds that they name: after each outcome the stake is multiplied by
1 + bet (outcome - forecast). While the forecasts are calibrated no betting wins on average, so that the chance of ever
holding 1/alpha times the stake is at most alpha (Ville 1939; Shafer 2021, JRSS-A 184:407). Here the stake is spread
evenly over fixed bettors, each of whom believes in some other line of log odds. As their bets do not depend on what
came before, what they hold is a function of the tally.

It holds for one row a question, in the order in which the questions were settled. A share r counts as that much of
one outcome and of the other, which never gains more than a bet on the share would.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring import _check
from ledger.scoring.points import PARTS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]

__all__ = ["BETTORS", "Watch", "watch", "watch_stream"]

BETTORS = ((-1.0, 1.0), (-0.4, 1.0), (0.4, 1.0), (1.0, 1.0), (0.0, 0.6), (0.0, 1.5))
"""The intercept and slope of each bettor's line: less or more happens than is said, or it is too bold or too timid."""


@dataclass(frozen=True)
class Watch:
    """What a stake of 1 has become: ``wealth`` (0 to infinity), and ``rows`` played; ``None`` with a ``reason``.

    20 or more refutes calibration at the 5 % level, at whatever time it is read.
    """

    wealth: float | None
    rows: int
    reason: str | None = None


def _gains(forecast: Floats) -> tuple[Floats, Floats]:
    """Give the logarithm of what each bettor's stake is multiplied by, on yes and on no: a row a bettor.

    A forecast of 0 or 1 is matched, so that it gains nothing, and everything where it is wrong.
    """
    line = np.array(BETTORS)
    sure = (forecast == 0) | (forecast == 1)
    inner = np.where(sure, 0.5, forecast)
    odds = line[:, :1] + line[:, 1:] * np.log(inner / (1 - inner))
    yes, no = -np.logaddexp(0, -odds) - np.log(inner), -np.logaddexp(0, odds) - np.log1p(-inner)
    yes[:, sure] = np.where(forecast[sure] == 1, 0, np.inf)
    no[:, sure] = np.where(forecast[sure] == 0, 0, np.inf)
    return yes, no


def _counted(weight: Floats, gain: Floats) -> Floats:
    """Multiply, with nothing times infinity as nothing."""
    product = np.zeros_like(gain)
    np.multiply(weight, gain, out=product, where=weight > 0)
    return product


def _mixed(log_wealth: Floats) -> Floats:
    """Average what the bettors hold, over the first axis, from logarithms; past all floats it is infinite."""
    with np.errstate(over="ignore"):
        mean: Floats = np.exp(np.logaddexp.reduce(log_wealth, axis=0) - np.log(len(BETTORS)))
    return mean


def watch_stream(*, forecast: ArrayLike, outcome: ArrayLike) -> Floats:
    """Give the wealth after each outcome, for rows in the order in which they were settled, one row a question.

    Reject calibration at level alpha at the first that is 1/alpha or more: one over the greatest so far is a p-value
    that is valid at any time. Raises ``ScoringError`` naming the element that is no probability.
    """
    p = _check.shares("forecast", _check.vector("forecast", forecast))
    y = _check.shares("outcome", _check.vector("outcome", outcome))
    _check.same_shape("outcome", y, "forecast", p.shape)
    yes, no = _gains(p)
    return _mixed(np.cumsum(_counted(y, yes) + _counted(1 - y, no), axis=1))


def _why_not(tally: Tally) -> str | None:
    """Say why the tally is not one row a question of one unit."""
    if not np.array_equal(tally.weight, tally.rows * PARTS):
        return "the rows do not weigh one unit each"
    if tally.question is not None and np.unique(tally.question).size < tally.rows.sum():
        return "some question has several rows"
    return None


def watch(tally: Tally) -> Watch:
    """Give the wealth after all outcomes of a tally, the same as the last of ``watch_stream``; of none it is 1.

    Undefined where a question has several rows (which is seen if the tally is keyed by question) or a row is not one
    unit.
    """
    reason = _why_not(tally)
    if reason:
        return Watch(None, int(tally.rows.sum()), reason)
    points = tally.points()
    yes, no = _gains(points.forecast)
    won = _counted(points.happened, yes) + _counted(points.weight - points.happened, no)
    return Watch(float(_mixed(won.sum(axis=1))), int(tally.rows.sum()))
