"""Why this score: a unit's score taken apart by statement, two ways that each add up to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring._scores import scores, weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["StatementPart", "Why", "why_this_score"]


@dataclass(frozen=True)
class StatementPart:
    """One statement's part in its unit's score.

    ``weight`` is its share of the unit's weight; the weights add up to 1. ``contribution`` is weight times score;
    the contributions add up to the unit's score. ``effect`` is what saying it changed: its score less that of the
    statement before, for as long as anything stood from then on; negative where the update won. The first
    statement has no effect (``None``): it is ``standing_pat``.
    """

    score: float
    weight: float
    contribution: float
    effect: float | None


@dataclass(frozen=True)
class Why:
    """A unit's score (a loss), what would have been, and the parts.

    ``standing_pat`` is what the first statement would have scored had it stood all the while: with the effects of
    the updates it adds up to ``score``. ``base_rate`` is what the base rate would have scored meanwhile.
    """

    score: float | None
    standing_pat: float | None
    base_rate: float | None
    statements: tuple[StatementPart, ...]
    reasons: dict[str, str] = field(default_factory=dict)


def _effects(values: NDArray[np.float64], share: NDArray[np.float64]) -> list[float | None]:
    """What each statement changed for the rest of the unit; summation by parts makes the effects add up."""
    if not np.isfinite(values).all():
        return [None] * values.size
    rest = np.cumsum(share[::-1])[::-1]
    return [None, *(np.diff(values) * rest[1:]).tolist()]


def why_this_score(*, score: ArrayLike, weight: ArrayLike, base_rate: float | None = None) -> Why:
    """Take a unit's score apart.

    ``score`` and ``weight`` are those of its statements in the order in which they were made: under a time average
    the time each stood, under ``last`` 0 for all but the last. ``base_rate`` is the score of the base rate for the
    same outcome. Raises ``ScoringError`` without a statement.
    """
    values = scores("score", score)
    heavy = weights(weight, like=values, name="score")
    if not values.size:
        raise ScoringError("a unit without a statement has no score to explain")
    if not heavy.any():
        reason = "no statement stood for any time"
        return Why(None, None, None, (), dict.fromkeys(("score", "standing_pat", "base_rate", "statements"), reason))
    share = heavy / heavy.sum()
    contribution = np.where(share > 0, values, 0.0) * share
    columns = zip(values.tolist(), share.tolist(), contribution.tolist(), _effects(values, share), strict=True)
    return Why(
        score=math.fsum(contribution),
        standing_pat=float(values[0]),
        base_rate=base_rate,
        statements=tuple(StatementPart(*column) for column in columns),
        reasons=_reasons(values, base_rate),
    )


def _reasons(values: NDArray[np.float64], base_rate: float | None) -> dict[str, str]:
    reasons = {} if base_rate is not None else {"base_rate": "no base rate was given"}
    if not np.isfinite(values).all():
        reasons["effect"] = "an infinite score cannot be split into what each update changed"
    return reasons
