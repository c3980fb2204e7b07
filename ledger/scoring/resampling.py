"""Intervals by resampling: questions by default, since statements on one question share one outcome.

A percentile interval of the mean score over replicates, each made of as many questions (or rows) as there are, drawn
with replacement (Efron 1979, Annals of Statistics 7:1). What is drawn are cells and sums, never rows one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring._cells import starts
from ledger.scoring._draws import drawn_sums, multinomial_sums
from ledger.scoring.points import PARTS
from ledger.scoring.rules import brier_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.decomposition import Rule
    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]

__all__ = ["By", "Resampled", "percentiles", "resample", "unit_of"]

By = Literal["question", "row"]

_FEW = 20  # units for each class from which drawing class counts is faster than drawing units


@dataclass(frozen=True)
class Resampled:
    """A percentile interval and how it came about; ``interval`` is ``None`` with a ``reason`` where it is not defined.

    ``units`` counts the questions or rows (named by ``by``) that were resampled ``resamples`` times from ``seed``.
    """

    interval: tuple[float, float] | None
    by: By
    units: int
    resamples: int
    seed: int
    confidence: float = 0.95
    reason: str | None = None


def unit_of(tally: Tally, by: By | None) -> By:
    """Name what is resampled: questions in a tally that is keyed by them, unless rows are asked for."""
    if by not in (None, "question", "row"):
        raise ScoringError(f"resampling is by question or by row, not by {by}")
    if by == "question" and tally.question is None:
        raise ScoringError("the tally is not keyed by question: count it with question=, or resample by row")
    return by or ("row" if tally.question is None else "question")


def percentiles(values: Floats, confidence: float) -> tuple[float, float]:
    """Give the central interval of replicates, by linear interpolation between them."""
    tail = 50 * (1 - confidence)
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def why_not(of: Tally | None, by: By, units: int, resamples: int) -> str | None:
    """Say why there is no interval."""
    if units < 2:
        return f"resampling needs two {by}s or more, and there {'is' if units == 1 else 'are'} {units}"
    if resamples == 0:
        return "no resamples were asked for"
    if of is not None and by == "row" and not np.array_equal(of.weight, of.rows * PARTS):
        return "resampling by row needs rows of one unit each, and these are weighted: count them by question"
    return None


def checked(resamples: int, seed: int, confidence: float) -> None:
    """Refuse numbers that no resampling can be made of."""
    if resamples < 0 or seed < 0:
        raise ScoringError(f"resamples is {resamples} and seed is {seed}: neither may be below 0")
    if not 0 < confidence < 1:
        raise ScoringError(f"confidence is {confidence}: it must lie between 0 and 1")


def scored_cells(tally: Tally, by: By) -> Tally:
    """Give the cells that have weight, sorted by what is resampled."""
    of = tally.pooled() if by == "row" else tally.ungrouped()
    return of.only(of.weight > 0)


def firsts(question: NDArray[np.int64]) -> NDArray[np.intp]:
    """Give the place of each question's first cell."""
    new = np.ones(question.size, dtype=np.bool_)
    new[1:] = question[1:] != question[:-1]
    return np.flatnonzero(new)


def units_in(of: Tally, by: By) -> int:
    """Count what is resampled."""
    return int(of.rows.sum()) if by == "row" else firsts(np.asarray(of.question)).size


def _sums(of: Tally, by: By, score: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Give weight and weighted score of each kind of unit, and how many units are of that kind."""
    columns = np.stack([of.weight / PARTS, of.weight / PARTS * score], axis=1)
    if by == "row":
        return columns / of.rows[:, None], of.rows
    sums = np.add.reduceat(columns, firsts(np.asarray(of.question)), axis=0)
    order = np.lexsort(sums.T)
    first = starts(list(sums[order].T))
    return sums[order[first]], np.diff(first, append=len(sums))


def replicated_means(sums: Floats, counts: NDArray[np.int64], resamples: int, seed: int) -> Floats:
    """Resample units; a weight that all share need not be drawn."""
    level = float(sums[0, 0])
    columns = sums[:, 1:] if np.all(sums[:, 0] == level) else sums
    if len(counts) * _FEW < counts.sum():
        drawn = multinomial_sums(columns, counts, resamples=resamples, seed=seed)
    else:
        drawn = drawn_sums(np.repeat(columns, counts, axis=0), resamples=resamples, seed=seed)
    total = drawn[:, 0] if columns is sums else level * counts.sum()
    return np.asarray(drawn[:, -1] / total)


def resample(
    tally: Tally,
    *,
    rule: Rule = brier_score,
    resamples: int = 1000,
    seed: int = 1,
    by: By | None = None,
    confidence: float = 0.95,
) -> Resampled:
    """Give the interval of the mean score: the ratio of summed scores and weights over resampled units.

    By question in a tally keyed by question, else by row; rows need to weigh one unit each. ``None`` below two units
    and where the score is infinite. Raises ``ScoringError`` for questions that the tally does not know.
    """
    checked(resamples, seed, confidence)
    unit = unit_of(tally, by)
    of = scored_cells(tally, unit)
    units = units_in(of, unit)
    reason = why_not(of, unit, units, resamples)
    score = rule(forecast=of.forecast, outcome=of.outcome) if reason is None else np.zeros(0)
    if reason is None and not np.all(np.isfinite(score)):
        reason = "the score is infinite"
    if reason:
        return Resampled(None, unit, units, resamples, seed, confidence, reason)
    values = replicated_means(*_sums(of, unit, score), resamples, seed)
    return Resampled(percentiles(values, confidence), unit, units, resamples, seed, confidence)
