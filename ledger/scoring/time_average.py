"""The time-averaged score of a unit: the score is integrated over time, never the probability.

Dividing by the time that a question really lived rewards whoever shades towards what can only happen early;
dividing by its scheduled life, and counting 0 after an early resolution (truncation), does not. Both are here,
each by its name. After the scores FAQ of Metaculus; sums of truncated scores are proper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring import _check
from ledger.scoring._scores import mean_score, scores, spans, weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["TimeAverage", "UnitScores", "time_average", "unit_scores"]


@dataclass(frozen=True)
class TimeAverage:
    """One unit over its life.

    ``coverage`` is the share of the scheduled life that its statements stood, 0 to 1, and the unit's weight in a
    mean over units. ``mean`` is the score averaged over the time active (by itself not proper for one unit);
    ``truncated`` is coverage times mean: the score integrated over the scheduled life, 0 where nothing stood.
    """

    mean: float | None
    coverage: float
    truncated: float
    reasons: dict[str, str] = field(default_factory=dict)


def time_average(*, score: ArrayLike, since: ArrayLike, until: ArrayLike, opens: int, deadline: int) -> TimeAverage:
    """Average the scores of one unit's statements over the time that each stood.

    ``score`` is that of each statement under the outcome; ``since`` and ``until`` are instants (whole numbers of
    one unit of time, half-open), within ``opens`` and ``deadline``, the scheduled life. Raises ``ScoringError``
    when spans overlap or leave the scheduled life.
    """
    values = scores("score", score)
    one = np.zeros(values.shape, dtype=np.int64)
    start, end = spans(since=since, until=until, unit=one, opens=opens, deadline=deadline)
    share = (end - start) / (deadline - opens)
    mean, coverage = mean_score(values, share), float(share.sum())
    if mean is None:
        return TimeAverage(None, 0.0, 0.0, {"mean": "no statement stood for any time"})
    return TimeAverage(mean, coverage, coverage * mean)


@dataclass(frozen=True, eq=False)
class UnitScores:
    """Each unit that has weight, in order of its number: its weight, its mean score, and the product of the two."""

    unit: NDArray[np.int64]
    weight: NDArray[np.float64]
    mean: NDArray[np.float64]
    truncated: NDArray[np.float64]


def unit_scores(*, unit: ArrayLike, score: ArrayLike, weight: ArrayLike | None = None) -> UnitScores:
    """Average statements to units, all at once; a unit whose statements weigh nothing is left out.

    ``unit`` numbers the unit of each statement, ``weight`` is the share of the scheduled life that it stood,
    1 each unless given.
    """
    values = scores("score", score)
    heavy = weights(weight, like=values, name="score")
    number = _check.integers("unit", unit)
    _check.same_shape("unit", number, "score", values.shape)
    counts = heavy > 0
    units, row = np.unique(number[counts], return_inverse=True)
    total, truncated = np.zeros(units.size), np.zeros(units.size)
    np.add.at(total, row, heavy[counts])
    np.add.at(truncated, row, heavy[counts] * values[counts])
    return UnitScores(units, total, truncated / total, truncated)
