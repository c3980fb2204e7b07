"""The weighted mean of any element-wise score, with its interval from resampling questions.

For kinds whose statements are no tally of probabilities: option vectors and quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring import _check
from ledger.scoring.points import PARTS
from ledger.scoring.resampling import Resampled, checked, percentiles, replicated_means, why_not

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["MeanScore", "mean_score"]


@dataclass(frozen=True)
class MeanScore:
    """A weighted mean (``None`` where nothing has weight) and how its interval was made."""

    mean: float | None
    resampled: Resampled


def mean_score(
    *, score: ArrayLike, parts: ArrayLike, question: ArrayLike, resamples: int = 1000, seed: int = 1
) -> MeanScore:
    """Give the mean of ``score`` weighted by ``parts`` (2⁻³² of a unit), its interval over resampled ``question``.

    All are vectors of one length; what has no weight is passed over. The interval is ``None``, with a reason, below two
    questions and where a score is infinite. Raises ``ScoringError`` naming the element that is not a number.
    """
    checked(resamples, seed, 0.95)
    weight = _check.numbers("parts", parts) / PARTS
    counted = weight > 0
    weight, scores = weight[counted], np.asarray(score, dtype=np.float64)[counted]
    place, units = np.unique(np.asarray(question)[counted], return_inverse=True)
    total = float(weight.sum())
    mean = None if total == 0 else float((weight * scores).sum() / total)
    reason = why_not(None, "question", place.size, resamples)
    if reason is None and not np.isfinite(scores).all():
        reason = "the score is infinite"
    if reason:
        return MeanScore(mean, Resampled(None, "question", place.size, resamples, seed, reason=reason))
    columns = [np.bincount(units, weights=column, minlength=place.size) for column in (weight, weight * scores)]
    sums = np.stack(columns, axis=1).astype(np.float64)
    values = replicated_means(sums, np.ones(place.size, dtype=np.int64), resamples, seed)
    return MeanScore(mean, Resampled(percentiles(values, 0.95), "question", place.size, resamples, seed))
