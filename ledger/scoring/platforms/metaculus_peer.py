"""Peer, spot peer and legacy relative scores as Metaculus computes them: against the others, higher is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["geometric_mean", "log_probability", "peer_of_logs", "peer_score", "relative_score"]


def geometric_mean(*, forecast: ArrayLike) -> NDArray[np.float64]:
    """Give the geometric mean of each column over the forecasters (rows); it is not made to add up to 1."""
    said = _check.shares("forecast", _check.numbers("forecast", forecast))
    if said.ndim != 2 or not said.shape[0]:
        raise ScoringError("forecast must have a row a forecaster, at least one")
    with np.errstate(divide="ignore"):
        return np.asarray(np.exp(np.log(said).mean(axis=0)))


def log_probability(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Read probabilities of what happened and give their logarithms; 0 is refused."""
    said = probabilities(name, values)
    _check.first_bad(name, said, said > 0, "a probability of 0 for what happened has no peer score; clip it first")
    return np.log(said)


def peer_score(*, forecast: ArrayLike, continuous: bool = False) -> NDArray[np.float64]:
    """Give each forecaster's (spot) peer score: 100 times ln p less the mean ln p of the others; they add up to 0.

    ``forecast`` is what each gave to what happened, all standing at one moment: a probability, or the mass of the
    bucket (``continuous``: halved). Equal to ``100 N/(N-1) ln(p / geometric mean)``. Alone it is 0.
    """
    return peer_of_logs(log_probability("forecast", forecast)) * (0.5 if continuous else 1.0)


def peer_of_logs(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the peer scores of logarithms of probabilities."""
    if logs.size < 2:
        return np.zeros_like(logs)
    return np.asarray((logs * logs.size - logs.sum()) * (100 / (logs.size - 1)))


def relative_score(*, forecast: ArrayLike, crowd: ArrayLike) -> NDArray[np.float64]:
    """Give the legacy relative score, ``log2(p / crowd's p)`` of what happened."""
    said, against = log_probability("forecast", forecast), log_probability("crowd", crowd)
    _check.same_shape("crowd", against, "forecast", said.shape)
    return np.asarray((said - against) / np.log(2))
