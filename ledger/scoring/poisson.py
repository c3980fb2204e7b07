"""Resampling that merges: each unit is drawn as often as a Poisson variable of mean 1 says, whoever else is there.

No total is needed, so the replicates of chunks add up to the replicates of the whole (Chamandy, Muralidharan, Najmi and
Naidu 2012). A question's draws follow from the seed and its number alone: its chunks agree about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, factorial
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.points import PARTS
from ledger.scoring.resampling import By, Resampled, checked, firsts, percentiles, scored_cells, unit_of, why_not
from ledger.scoring.rules import brier_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.decomposition import Rule
    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]

__all__ = ["Replicates", "poisson_replicates"]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_TABLE = np.cumsum([exp(-1) / factorial(k) for k in range(20)])


@dataclass(frozen=True, eq=False)
class Replicates:
    """Summed weights and scores of each replicate, which add to those of other chunks.

    ``questions`` are the numbers seen (empty when rows are resampled), ``rows`` how many, ``parts`` the streams used.
    """

    weight: Floats
    score: Floats
    questions: NDArray[np.int64]
    rows: int
    by: By
    seed: int
    parts: frozenset[int]

    def __add__(self, other: Replicates) -> Replicates:
        """Add another chunk: of the same seed, length and unit; by row, of another ``part``."""
        if (self.by, self.seed, self.weight.size) != (other.by, other.seed, other.weight.size):
            raise ScoringError("replicates add up when they are alike: the same unit, seed and number of resamples")
        if self.by == "row" and self.parts & other.parts:
            raise ScoringError("chunks of rows need streams of their own: give each another part")
        return Replicates(
            self.weight + other.weight,
            self.score + other.score,
            np.union1d(self.questions, other.questions),
            self.rows + other.rows,
            self.by,
            self.seed,
            self.parts | other.parts,
        )

    def interval(self, confidence: float = 0.95) -> Resampled:
        """Give the percentile interval of the mean score; ``None`` below two units or where it is infinite."""
        checked(self.weight.size, self.seed, confidence)
        units = self.rows if self.by == "row" else self.questions.size
        drawn = self.weight > 0
        reason = why_not(None, self.by, units, int(np.count_nonzero(drawn)))
        if reason is None and not np.all(np.isfinite(self.score)):
            reason = "the score is infinite"
        if reason:
            return Resampled(None, self.by, units, self.weight.size, self.seed, confidence, reason)
        ends = percentiles(self.score[drawn] / self.weight[drawn], confidence)
        return Resampled(ends, self.by, units, self.weight.size, self.seed, confidence)


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter 64 bits (the finaliser of SplitMix64: Steele, Lea and Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _times(question: NDArray[np.int64], seed: int, replicate: int) -> NDArray[np.intp]:
    """Say how often each question is drawn: Poisson of mean 1, from its number, the seed and the replicate alone."""
    start = _mixed(np.array([seed % 2**64], dtype=np.uint64)) + np.array([replicate], dtype=np.uint64) * _STEP
    bits = _mixed(_mixed(question.astype(np.uint64) * _STEP + _mixed(start)))
    return np.searchsorted(_TABLE, (bits >> np.uint64(11)) * 2.0**-53, side="right")


def poisson_replicates(
    tally: Tally,
    *,
    rule: Rule = brier_score,
    resamples: int = 1000,
    seed: int = 1,
    by: By | None = None,
    part: int = 0,
) -> Replicates:
    """Give mergeable replicates of a mean score; rows that are resampled need to weigh one unit each.

    ``part`` numbers a chunk of rows; chunks of questions need none. Raises ``ScoringError`` as ``resample`` does.
    """
    checked(resamples, seed, 0.5)
    unit = unit_of(tally, by)
    of = scored_cells(tally, unit)
    reason = why_not(of, unit, 2, 1)
    if reason:
        raise ScoringError(reason)
    weight = of.weight / PARTS
    sums = np.stack([weight, weight * rule(forecast=of.forecast, outcome=of.outcome)], axis=1)
    question, stream = np.zeros(0, dtype=np.int64), np.random.default_rng([seed, part])
    if unit == "question" and len(of):
        first = firsts(np.asarray(of.question))
        question, sums = np.asarray(of.question)[first], np.add.reduceat(sums, first, axis=0)
    drawn = np.zeros((resamples, 2))
    with np.errstate(invalid="ignore"):  # no draw of an infinite score is no number, which ``interval`` sees
        for k in range(resamples):
            times = _times(question, seed, k) if unit == "question" else stream.poisson(of.rows) / of.rows
            drawn[k] = times @ sums
    return Replicates(drawn[:, 0], drawn[:, 1], question, int(of.rows.sum()), unit, seed, frozenset([part]))
