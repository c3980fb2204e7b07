"""Scores of one forecast of an event, element by element: smaller is better, and 0 is perfect.

Every function takes ``forecast`` and ``outcome`` by name. Of the same shape, they are probabilities of events and
what happened: 0, 1, or a share between, which scores as the same mixture of both. With one dimension less, ``outcome``
is the option that happened, counted from 0, and the last axis of ``forecast`` is the options. With
``categories=True`` the last axis of both is the options, the outcome being 1 for the one that happened, or shares.
An option that is not named has probability 0, so a vector may sum to less than 1, never to more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["brier_score", "elementary_score", "log_score", "ranked_probability_score", "spherical_score"]


def brier_score(
    *, forecast: ArrayLike, outcome: ArrayLike, form: Literal["half", "original"] = "half", categories: bool = False
) -> NDArray[np.float64]:
    """Give squared distances: the ``half`` form, from 0 to 1, or the ``original``, from 0 to 2.

    Half is ``(p - y)**2``, over options ``sum((p - y)**2) / 2``; original is twice that, as in Brier 1950 (Monthly
    Weather Review 78:1). Raises ``ScoringError`` naming the element that is no probability or outcome.
    """
    scale: float = _check.named("form", form, {"half": 1.0, "original": 2.0})
    p, y, options = _check.events(forecast, outcome, categories=categories)
    square = (p - y) ** 2
    return scale * (np.asarray(square.sum(axis=-1)) / 2 if options else square)


def log_score(
    *,
    forecast: ArrayLike,
    outcome: ArrayLike,
    unit: Literal["nats", "bits"] = "nats",
    clip: float | None = None,
    categories: bool = False,
) -> NDArray[np.float64]:
    """Give ``-ln p`` of what happened (Good 1952), from 0 to infinity, in ``unit``.

    What was given probability 0 and happened scores infinity. ``clip`` is the least probability that is taken at its
    word (and its complement the greatest), as where a platform caps at 0.1 % by ``clip=0.001``; without it nothing is
    clipped. Raises ``ScoringError`` naming the element that is no probability or outcome.
    """
    scale: float = _check.named("unit", unit, {"nats": 1.0, "bits": float(np.log(2.0))})
    p, y, options = _check.events(forecast, outcome, categories=categories)
    if clip is not None:
        if not 0 <= clip <= 0.5:
            raise ScoringError(f"clip is {clip}: it must lie between 0 and one half")
        p = np.clip(p, clip, 1 - clip)
    return (np.asarray(_surprise(p, y).sum(axis=-1)) if options else log_loss(p, y)) / scale


def log_loss(p: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the log score in nats of checked probabilities and outcomes."""
    with np.errstate(divide="ignore"):
        return _surprise(p, y) - (1 - y) * np.log1p(-np.where(y < 1, p, 0.0))


def _surprise(p: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give ``-y ln p``, being 0 wherever ``y`` is."""
    with np.errstate(divide="ignore"):
        return 0.0 - y * np.log(np.where(y > 0, p, 1.0))


def spherical_score(*, forecast: ArrayLike, outcome: ArrayLike, categories: bool = False) -> NDArray[np.float64]:
    """Give 1 minus the spherical reward ``p(outcome) / |p|`` (Roby 1965), from 0 to 1.

    A vector of nothing but zeros earns no reward. Raises ``ScoringError`` naming the element at fault.
    """
    p, y, options = _check.events(forecast, outcome, categories=categories)
    if not options:
        p, y = np.stack([p, 1 - p], axis=-1), np.stack([y, 1 - y], axis=-1)
    length = np.sqrt((p * p).sum(axis=-1))
    return 1 - np.asarray((p * y).sum(axis=-1)) / np.where(length > 0, length, 1.0)


def ranked_probability_score(
    *,
    forecast: ArrayLike,
    outcome: ArrayLike,
    normalisation: Literal["splits", "none", "good-judgment"] = "splits",
    categories: bool = False,
) -> NDArray[np.float64]:
    """Give the squared distance of cumulative probabilities, for options in order (Epstein 1969, JAM 8:985).

    ``splits`` divides by the K - 1 cumulative splits, giving the mean of their half Brier scores, from 0 to 1;
    ``none`` leaves the plain sum, from 0 to K - 1; ``good-judgment`` is the mean of their original Brier scores, from
    0 to 2. Raises ``ScoringError`` naming the element at fault, or below two options.
    """
    scale: float | None = _check.named(
        "normalisation", normalisation, {"splits": 1.0, "none": None, "good-judgment": 2.0}
    )
    p, y, options = _check.events(forecast, outcome, categories=categories)
    if not options or p.shape[-1] < 2:
        raise ScoringError("ranked probability scores need two options or more on the last axis of forecast")
    below = np.cumsum(p - y, axis=-1)[..., :-1]
    total = np.asarray((below**2).sum(axis=-1))
    return total if scale is None else scale * total / (p.shape[-1] - 1)


def elementary_score(*, forecast: ArrayLike, outcome: ArrayLike, threshold: float) -> NDArray[np.float64]:
    """Give the elementary loss at ``threshold``, of which every binary proper score is a mixture.

    ``1 - t`` where it happened at a probability up to ``t``, ``t`` where it did not at one above, else 0 (Ehm,
    Gneiting, Jordan and Krüger 2016, JRSS-B 78:505). Its mean against ``t`` is the Murphy diagram. Raises
    ``ScoringError`` naming the element at fault.
    """
    if not 0 <= threshold <= 1:
        raise ScoringError(f"threshold is {threshold}: it must lie between 0 and 1")
    p, y, options = _check.events(forecast, outcome)
    if options:
        raise ScoringError("elementary scores are of events: forecast and outcome must have the same shape")
    return np.where(p <= threshold, y * (1 - threshold), (1 - y) * threshold)
