"""Skill: a mean score against that of a reference, over the same rows and the same time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring import _check
from ledger.scoring._scores import mean_score, probabilities, scores, weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ledger.scoring._scores import Rule

__all__ = ["Skill", "base_rate", "base_rate_skill", "constant_skill", "skill_score"]


@dataclass(frozen=True)
class Skill:
    """``skill`` is 1 - score / reference: 1 for perfect, 0 for no better than the reference, without a lower bound.

    It is a ratio of means and not itself proper; in small samples it can be hedged (Murphy 1973, J. Appl. Meteor.
    12:215). ``rows`` counts the rows that had weight.
    """

    skill: float | None
    score: float | None
    reference: float | None
    rows: int
    reasons: dict[str, str] = field(default_factory=dict)


def skill_score(*, score: ArrayLike, reference: ArrayLike, weight: ArrayLike | None = None) -> Skill:
    """Compare the mean of ``score`` with that of ``reference``, element by element the same rows (losses both)."""
    values, against = scores("score", score), scores("reference", reference)
    _check.same_shape("reference", against, "score", values.shape)
    heavy = weights(weight, like=values, name="score")
    mean, base = mean_score(values, heavy), mean_score(against, heavy)
    if mean is None or base is None:
        return Skill(None, None, None, 0, dict.fromkeys(("skill", "score", "reference"), "there are no rows"))
    rows = int(np.count_nonzero(heavy))
    reason = _undefined(mean, base)
    if reason:
        return Skill(None, mean, base, rows, {"skill": reason})
    return Skill(1.0 - mean / base, mean, base, rows)


def _undefined(mean: float, base: float) -> str | None:
    if base == 0:
        return "the reference is perfect: its mean score is 0"
    if not np.isfinite([mean, base]).all():
        return "a mean score is infinite"
    return None


def base_rate(*, outcome: ArrayLike, weight: ArrayLike | None = None) -> float | None:
    """Give the weighted share of the events that happened; ``None`` without any weight."""
    happened = probabilities("outcome", outcome)
    return mean_score(happened, weights(weight, like=happened, name="outcome"))


def constant_skill(
    *, forecast: ArrayLike, outcome: ArrayLike, constant: float, rule: Rule, weight: ArrayLike | None = None
) -> Skill:
    """Compare forecasts with always saying ``constant``, a probability."""
    happened = _check.vector("outcome", outcome)
    reference = np.full(happened.shape, constant)
    return skill_score(
        score=rule(forecast=forecast, outcome=happened),
        reference=rule(forecast=reference, outcome=happened),
        weight=weight,
    )


def base_rate_skill(*, forecast: ArrayLike, outcome: ArrayLike, rule: Rule, weight: ArrayLike | None = None) -> Skill:
    """Compare forecasts with always saying their own base rate, known only afterwards: this flatters the reference."""
    rate = base_rate(outcome=outcome, weight=weight)
    return constant_skill(forecast=forecast, outcome=outcome, constant=rate or 0.0, rule=rule, weight=weight)
