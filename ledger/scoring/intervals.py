"""Intervals for how often something happens: Wilson's and Jeffreys'."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Ends = tuple[NDArray[np.float64], NDArray[np.float64]]

__all__ = ["check_confidence", "jeffreys_interval", "two_sided_z", "wilson_interval"]


def check_confidence(confidence: float) -> float:
    """Give ``confidence`` back if it lies strictly between 0 and 1; ``ScoringError`` if not."""
    if not 0 < confidence < 1:
        raise ScoringError(f"confidence is {confidence}: it must lie between 0 and 1, as 0.95 does")
    return confidence


def two_sided_z(confidence: float) -> float:
    """How many standard deviations to each side hold ``confidence`` of a normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + check_confidence(confidence) / 2)


def _counts(happened: ArrayLike, n: ArrayLike) -> Ends:
    """Read ``happened`` of ``n``, arrays of any shape that is the same; whole or not, as weights need not be."""
    x, size = _check.numbers("happened", happened), _check.numbers("n", n)
    _check.same_shape("happened", x, "n", size.shape)
    _check.first_bad("n", size, size > 0, "an interval needs at least one forecast")
    _check.first_bad("happened", x, (x >= 0) & (x <= size), "it must lie between 0 and n")
    return x, size


def wilson_interval(*, happened: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Ends:
    """Wilson's score interval of a frequency, as ``(low, high)``, arrays of the shape of the input.

    Wilson 1927 (JASA 22:209): what a test of level 1 - ``confidence`` would not refuse. The low end is exactly 0 where
    nothing happened and the high end exactly 1 where everything did. Raises ``ScoringError`` for an ``n`` of 0.
    """
    x, size = _counts(happened, n)
    z2 = two_sided_z(confidence) ** 2
    middle = (x + z2 / 2) / (size + z2)
    half: NDArray[np.float64] = np.sqrt(z2 * (x * (size - x) / size + z2 / 4)) / (size + z2)
    return middle - half, np.where(x == size, 1.0, middle + half)  # where x is 0 the two are equal to the last bit


def jeffreys_interval(*, happened: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Ends:
    """Jeffreys' equal-tailed interval of a frequency, as ``(low, high)``, arrays of the shape of the input.

    Quantiles of Beta(x + 1/2, n - x + 1/2), with the low end 0 where nothing happened and the high end 1 where
    everything did: the convention of Brown, Cai and DasGupta 2001 (Statistical Science 16:101), without which the
    interval would leave out the very frequency that was seen. Raises ``ScoringError`` for an ``n`` of 0.
    """
    from scipy.special import betaincinv

    x, size = _counts(happened, n)
    tail = (1 - check_confidence(confidence)) / 2
    low = betaincinv(x + 0.5, size - x + 0.5, tail)
    high = betaincinv(x + 0.5, size - x + 0.5, 1 - tail)
    return np.where(x == 0, 0.0, low), np.where(x == size, 1.0, high)
