"""Baseline scores as Metaculus computes them, one for each forecast: 0 for knowing nothing, higher is better.

After its scores FAQ and its public source. A probability of 0 for what happened scores minus infinity; Metaculus
itself keeps probabilities within ``CLIP``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["CLIP", "baseline_score", "choice_baseline_score", "choice_probability", "continuous_baseline_score"]

CLIP = (0.001, 0.999)
"""The least and the greatest probability that Metaculus takes."""

_OUTSIDE = 0.05  # the mass that the baseline of a continuous question puts beyond each open bound


def _log(values: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.log(values)


def baseline_score(*, forecast: ArrayLike, outcome: ArrayLike) -> NDArray[np.float64]:
    """Give the baseline score of binary forecasts, ``100 (log2 p + 1)`` of what happened: 0 at 50 %, 100 at most.

    ``outcome`` is 0 or 1, ``forecast`` the probability of 1.
    """
    said = probabilities("forecast", forecast)
    happened = _check.vector("outcome", outcome)
    _check.same_shape("outcome", happened, "forecast", said.shape)
    _check.first_bad("outcome", happened, (happened == 0) | (happened == 1), "it must be 0 or 1")
    return _open_baseline(np.where(happened == 1, said, 1 - said), np.full(said.shape, 2))


def _open_baseline(probability: NDArray[np.float64], options: NDArray[np.int64]) -> NDArray[np.float64]:
    return _log(probability * options) * (100 / np.log(options))


def choice_probability(*, forecast: ArrayLike, outcome: ArrayLike, present: ArrayLike) -> NDArray[np.float64]:
    """Give the probability of what happened, from vectors over options of which some were not open at the time.

    ``forecast`` and ``present`` have one row a forecast and one column an option; ``outcome`` is the index, from 0,
    of the option that happened. Where that was not open, the value of the last option, "Other", is read.
    """
    said, open_then = _check.shares("forecast", _check.numbers("forecast", forecast)), np.asarray(present)
    if said.ndim != 2 or said.shape[1] < 2 or open_then.dtype != np.bool_:
        raise ScoringError("forecast must have a row a forecast and two or more options; present must be true or false")
    _check.same_shape("present", open_then, "forecast", said.shape)
    chosen, rows = _check.integers("outcome", outcome), np.arange(said.shape[0])
    _check.same_shape("outcome", chosen, "the rows of forecast", rows.shape)
    _check.first_bad("outcome", chosen, (chosen >= 0) & (chosen < said.shape[1]), "there is no such option")
    _check.first_bad("present", open_then[:, -1], open_then[:, -1], 'the last option, "Other", is always open')
    return np.where(open_then[rows, chosen], said[rows, chosen], said[:, -1])


def choice_baseline_score(*, forecast: ArrayLike, outcome: ArrayLike, present: ArrayLike) -> NDArray[np.float64]:
    """Give the baseline score of multiple choice, ``100 ln(p K) / ln K`` with the K options open at the time.

    Arguments are those of ``choice_probability``. Raises ``ScoringError`` below two open options.
    """
    probability = choice_probability(forecast=forecast, outcome=outcome, present=present)
    options = np.asarray(present).sum(axis=1)
    _check.first_bad("present", options, options >= 2, "a baseline needs at least two open options")
    return _open_baseline(probability, options)


def continuous_baseline_score(*, forecast: ArrayLike, outcome: ArrayLike, open_bounds: int) -> NDArray[np.float64]:
    """Give the baseline score of numeric, date and discrete questions, ``50 ln(mass / baseline)``.

    ``forecast`` has one row a forecast: the mass below the lower bound, in each bucket, above the upper bound;
    ``outcome`` is the index, from 0, of the bucket that happened. The baseline is 0.05 out of bounds and an equal
    part of the rest, 0.05 for each of the ``open_bounds`` (0, 1, 2) less, within.
    """
    mass = _check.shares("forecast", _check.numbers("forecast", forecast))
    if mass.ndim != 2 or mass.shape[1] < 3 or open_bounds not in (0, 1, 2):
        raise ScoringError("forecast must have a row a forecast and three or more buckets; open_bounds is 0, 1 or 2")
    bucket, rows = _check.integers("outcome", outcome), np.arange(mass.shape[0])
    _check.same_shape("outcome", bucket, "the rows of forecast", rows.shape)
    _check.first_bad("outcome", bucket, (bucket >= 0) & (bucket < mass.shape[1]), "there is no such bucket")
    outside = (bucket == 0) | (bucket == mass.shape[1] - 1)
    within = (1 - _OUTSIDE * open_bounds) / (mass.shape[1] - 2)
    return _log(mass[rows, bucket] / np.where(outside, _OUTSIDE, within)) * 50
