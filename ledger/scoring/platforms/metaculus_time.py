"""Scores over time as Metaculus computes them, on one question.

The score of each forecast counts for the share of the *scheduled* life that it stood, and 0 is scored for the rest:
so nothing is gained by leaning towards what can only happen early.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring import _check
from ledger.scoring._scores import spans
from ledger.scoring.platforms.metaculus_peer import log_probability, peer_of_logs

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["OverTime", "baseline_over_time", "peer_over_time"]


@dataclass(frozen=True, eq=False)
class OverTime:
    """Each ``forecaster``'s score on one question, in order of their numbers, and the share of its life it covers."""

    forecaster: NDArray[np.int64]
    score: NDArray[np.float64]
    coverage: NDArray[np.float64]


def _added(forecaster: NDArray[np.int64], score: NDArray[np.float64], share: NDArray[np.float64]) -> OverTime:
    people, row = np.unique(forecaster, return_inverse=True)
    total, coverage = np.zeros(people.size), np.zeros(people.size)
    np.add.at(total, row, score)
    np.add.at(coverage, row, share)
    return OverTime(people, total, coverage)


def baseline_over_time(
    *, forecaster: ArrayLike, score: ArrayLike, since: ArrayLike, until: ArrayLike, opens: int, closes: int
) -> OverTime:
    """Add up baseline scores, each times the share of the scheduled life, ``opens`` to ``closes``, that it stood."""
    people, values = _check.integers("forecaster", forecaster), _check.vector("score", score)
    _check.same_shape("score", values, "forecaster", people.shape)
    start, end = spans(since=since, until=until, unit=people, opens=opens, deadline=closes)
    share = (end - start) / (closes - opens)
    return _added(people, values * share, share)


def peer_over_time(
    *,
    forecaster: ArrayLike,
    forecast: ArrayLike,
    since: ArrayLike,
    until: ArrayLike,
    opens: int,
    closes: int,
    continuous: bool = False,
) -> OverTime:
    """Integrate peer scores over the scheduled life of one question; at each moment the crowd is who stands then.

    ``forecast`` is what each statement gave to what happened, standing over ``[since, until)``. While only one
    forecaster stands the score is 0, though it counts as covered.
    """
    people, logs = _check.integers("forecaster", forecaster), log_probability("forecast", forecast)
    _check.same_shape("forecast", logs, "forecaster", people.shape)
    start, end = spans(since=since, until=until, unit=people, opens=opens, deadline=closes)
    cuts = np.unique(np.concatenate((start, end)))
    gain = np.zeros(logs.shape)
    for left, right in pairwise(cuts.tolist()):
        active = (start <= left) & (left < end)
        gain[active] += peer_of_logs(logs[active]) * (right - left)
    life = (closes - opens) * (2 if continuous else 1)
    return _added(people, gain / life, (end - start) / (closes - opens))
