"""Scores as Good Judgment Open computes them: losses on the original Brier scale, 0 to 2, one for each full day.

After its public FAQ and the documentation of the Cultivate API; the platform's source is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring.rules import ranked_probability_score

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Accuracy", "DailyForecasts", "accuracy_scores", "daily_forecasts", "ordered_score"]


def ordered_score(*, forecast: ArrayLike, outcome: ArrayLike) -> NDArray[np.float64]:
    """Score ordered categories: the mean over the K - 1 cuts of the 0 to 2 Brier score of what lies below each.

    ``forecast`` has the categories, in order, on its last axis; ``outcome`` is the index, from 0, of the one that
    happened.
    """
    return ranked_probability_score(forecast=forecast, outcome=outcome, normalisation="good-judgment")


@dataclass(frozen=True, eq=False)
class DailyForecasts:
    """For each full day the index of the statement that counts, -1 before the first; and those that never count."""

    statement: NDArray[np.intp]
    unscored: NDArray[np.intp]
    reason: str | None


def daily_forecasts(*, made_at: ArrayLike, day_ends: ArrayLike) -> DailyForecasts:
    """Find the statement of one forecaster that counts on each full day: the last one made before its end.

    ``made_at`` are instants in rising order, ``day_ends`` the ends of the full days that the question was open. A
    statement after the last of them gets no score, nor one followed by another on the same day; ``unscored`` holds
    both, and ``reason`` is there to be shown when it holds any.
    """
    made, ends = _check.integers("made_at", made_at), _check.integers("day_ends", day_ends)
    if (np.diff(made) < 0).any() or (np.diff(ends) <= 0).any():
        raise ScoringError("made_at and day_ends must rise")
    statement = np.searchsorted(made, ends) - 1
    unscored = np.setdiff1d(np.arange(made.size), statement)
    reason = "not the last forecast of any full day: it gets no score" if unscored.size else None
    return DailyForecasts(statement, unscored, reason)


@dataclass(frozen=True, eq=False)
class Accuracy:
    """Each forecaster's accuracy, negative where better than the crowd, and participation: days active / possible."""

    accuracy: NDArray[np.float64]
    participation: NDArray[np.float64]


def accuracy_scores(*, score: ArrayLike, active: ArrayLike) -> Accuracy:
    """Give (mean daily score - mean daily crowd median) times the participation rate, for one question.

    ``score`` has a row a forecaster and a column a full day (0 to 2 Brier scores, ignored where not ``active``). The
    crowd is who is active that day. Both means run over the days on which the forecaster was active, as if the days
    before were given the median; who was never active has 0 of both.
    """
    values, present = _check.numbers("score", score), np.asarray(active)
    if values.ndim != 2 or not values.shape[1] or present.dtype != np.bool_:
        raise ScoringError("score must have a row a forecaster and a column a day; active must be true or false")
    _check.same_shape("active", present, "score", values.shape)
    crowd = np.zeros(values.shape[1])
    for day in np.flatnonzero(present.any(axis=0)):
        crowd[day] = np.median(values[present[:, day], day])
    days = values.shape[1]
    return Accuracy(np.where(present, values - crowd, 0.0).sum(axis=1) / days, present.sum(axis=1) / days)
