"""Scores as ForecastBench computes them: half Brier, 0 to 1, adjusted for how hard the questions were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Adjusted", "brier_index", "difficulty_adjusted", "mean_difference"]


def brier_index(*, score: ArrayLike) -> NDArray[np.float64]:
    """Give ``100 (1 - sqrt score)`` of (mean) half Brier scores: 100 is perfect, 50 always saying 50 %, 0 the worst."""
    return (1 - np.sqrt(_check.shares("score", _check.numbers("score", score)))) * 100


def mean_difference(*, score: ArrayLike, reference: ArrayLike) -> float | None:
    """Give mean(reference - score): with the question means its peer score, with a naive forecast what it calls BSS.

    That "skill score" is a difference, not a ratio. ``None`` without rows.
    """
    values, against = _check.vector("score", score), _check.vector("reference", reference)
    _check.same_shape("reference", against, "score", values.shape)
    return float((against - values).mean()) if values.size else None


@dataclass(frozen=True, eq=False)
class Adjusted:
    """Difficulty-adjusted Brier scores (losses) by ``forecaster``, and the ``difficulty`` of each ``question``.

    ``score`` is the mean over a forecaster's questions of Brier score less difficulty, all shifted so that the anchor
    has 0.25. ``None``, with the reason, where questions do not connect all forecasters.
    """

    forecaster: NDArray[np.int64]
    question: NDArray[np.int64]
    score: NDArray[np.float64] | None
    difficulty: NDArray[np.float64] | None
    reasons: dict[str, str] = field(default_factory=dict)


def difficulty_adjusted(*, forecaster: ArrayLike, question: ArrayLike, score: ArrayLike, anchor: int) -> Adjusted:
    """Fit ``score = forecaster + question + rest`` by least squares and take the questions' part away.

    One row is one forecaster's Brier score on one question; ``anchor`` is the forecaster who always says 50 %, whose
    adjusted score is set to 0.25. Raises ``ScoringError`` without such a forecaster.
    """
    values = _check.vector("score", score)
    people, who = np.unique(_check.integers("forecaster", forecaster), return_inverse=True)
    questions, asked = np.unique(_check.integers("question", question), return_inverse=True)
    _check.same_shape("forecaster", who, "score", values.shape)
    _check.same_shape("question", asked, "score", values.shape)
    if anchor not in people:
        raise ScoringError(f"forecaster {anchor}, the anchor that always says 50 %, has no rows")
    seen, total = np.zeros((people.size, questions.size)), np.zeros((people.size, questions.size))
    np.add.at(seen, (who, asked), 1.0)
    np.add.at(total, (who, asked), values)
    ability = _abilities(seen, total)
    if ability is None:
        reasons = dict.fromkeys(("score", "difficulty"), "some forecasters share no question, even through others")
        return Adjusted(people, questions, None, None, reasons)
    ability = ability - ability[people == anchor] + 0.25
    difficulty = (total - seen * ability[:, None]).sum(axis=0) / seen.sum(axis=0)
    return Adjusted(people, questions, ability, difficulty)


def _abilities(seen: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Solve for the forecasters' effects, up to a constant; ``None`` where more than a constant is left open.

    ``seen`` counts rows by forecaster and question, ``total`` adds up their scores. Each question's effect is the
    mean of what the forecasters' leave; put in, it leaves one equation a forecaster.
    """
    share = seen / seen.sum(axis=0)
    normal = np.diag(seen.sum(axis=1)) - share @ seen.T
    if np.linalg.matrix_rank(normal) < normal.shape[0] - 1:
        return None
    right = total.sum(axis=1) - share @ total.sum(axis=0)
    return np.asarray(np.linalg.lstsq(normal, right)[0])
