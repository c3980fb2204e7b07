"""Two forecasters on the same questions: paired by question, because all that is said of one shares its outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import scores
from ledger.scoring.diebold_mariano import DieboldMariano, diebold_mariano
from ledger.scoring.time_average import unit_scores

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Comparison", "Paired", "SignTest", "bootstrap_mean", "compare", "pair_by_question", "sign_test"]

_BATCH = 2**22  # drawn numbers held at once


@dataclass(frozen=True, eq=False)
class Paired:
    """``difference`` is the mean score of A less that of B on each common ``question``: negative where A is better."""

    question: NDArray[np.int64]
    difference: NDArray[np.float64]
    only_a: int
    only_b: int


def pair_by_question(
    *,
    question_a: ArrayLike,
    score_a: ArrayLike,
    question_b: ArrayLike,
    score_b: ArrayLike,
    weight_a: ArrayLike | None = None,
    weight_b: ArrayLike | None = None,
) -> Paired:
    """Average each forecaster's rows to one score a question, and take the difference where both have one.

    Raises ``ScoringError`` for an infinite score: no mean difference exists then.
    """
    sides = []
    for question, score, weight in ((question_a, score_a, weight_a), (question_b, score_b, weight_b)):
        values = scores("score", score)
        _check.first_bad("score", values, np.isfinite(values), "an infinite score has no difference")
        sides.append(unit_scores(unit=question, score=values, weight=weight))
    a, b = sides
    common, in_a, in_b = np.intersect1d(a.unit, b.unit, return_indices=True)
    return Paired(common, a.mean[in_a] - b.mean[in_b], a.unit.size - common.size, b.unit.size - common.size)


@dataclass(frozen=True)
class SignTest:
    """On how many questions A was better (a negative difference), worse, tied; the exact two-sided test of evens."""

    better: int
    worse: int
    ties: int
    p_value: float | None
    reasons: dict[str, str] = field(default_factory=dict)


def sign_test(*, difference: ArrayLike) -> SignTest:
    """Count signs and test them against a fair coin; ties are left out."""
    from scipy.stats import binomtest

    values = _check.vector("difference", difference)
    better, worse = int(np.count_nonzero(values < 0)), int(np.count_nonzero(values > 0))
    ties = values.size - better - worse
    if not better + worse:
        return SignTest(0, 0, ties, None, {"p_value": "no question tells the two apart"})
    return SignTest(better, worse, ties, float(binomtest(better, better + worse).pvalue))


def bootstrap_mean(
    *, difference: ArrayLike, resamples: int = 1000, seed: int = 1, confidence: float = 0.95
) -> tuple[float, float] | None:
    """Give the percentile interval of the mean difference over resampled questions; ``None`` below two questions."""
    values = _check.vector("difference", difference)
    if not 0 < confidence < 1 or resamples < 1:
        raise ScoringError("resampling needs a confidence between 0 and 1 and at least one resample")
    if values.size < 2:
        return None
    random, batch = np.random.default_rng(seed), max(1, _BATCH // values.size)
    sizes = [min(batch, resamples - done) for done in range(0, resamples, batch)]
    drawn = (random.integers(values.size, size=(size, values.size)) for size in sizes)
    means = np.concatenate([values[index].mean(axis=1) for index in drawn])
    low, high = np.quantile(means, ((1 - confidence) / 2, (1 + confidence) / 2)).tolist()
    return low, high


@dataclass(frozen=True)
class Comparison:
    """A against B on their common questions: the mean difference (negative: A is better) and what it is worth.

    ``interval`` is by resampling questions, with ``resamples`` and ``seed``; ``only_a`` and ``only_b`` count the
    questions that could not be compared.
    """

    questions: int
    only_a: int
    only_b: int
    difference: float | None
    interval: tuple[float, float] | None
    confidence: float
    resamples: int
    seed: int
    diebold_mariano: DieboldMariano
    signs: SignTest
    reasons: dict[str, str] = field(default_factory=dict)


def compare(paired: Paired, *, resamples: int = 1000, seed: int = 1, confidence: float = 0.95) -> Comparison:
    """Compare two forecasters; the questions are taken as independent and in no order (lag 0 only)."""
    values = paired.difference
    interval = bootstrap_mean(difference=values, resamples=resamples, seed=seed, confidence=confidence)
    reasons = {} if values.size else {"difference": "the two have no question in common"}
    if interval is None:
        reasons["interval"] = "fewer than two common questions"
    return Comparison(
        questions=values.size,
        only_a=paired.only_a,
        only_b=paired.only_b,
        difference=float(values.mean()) if values.size else None,
        interval=interval,
        confidence=confidence,
        resamples=resamples,
        seed=seed,
        diebold_mariano=diebold_mariano(difference=values, confidence=confidence),
        signs=sign_test(difference=values),
        reasons=reasons,
    )
