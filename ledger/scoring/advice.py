"""Advice: when you say 80 % it happens 68 %, 52 to 81, n = 34. With the n that it honestly has, or silent."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.intervals import wilson_interval
from ledger.scoring.isotonic import isotonic_blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points
    from ledger.scoring.tally import Tally

__all__ = ["Advice", "Block", "advise"]


def _percent(probability: float) -> str:
    return f"{100 * probability:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Block:
    """A stretch of probabilities, ``low`` to ``high``, that happened equally often as far as the record can tell.

    ``said`` is the mean probability, ``frequency`` how often it happened, with its Wilson ``interval``; ``n`` counts
    questions where the tally is keyed by them, else rows.
    """

    low: float
    high: float
    said: float
    frequency: float
    interval: tuple[float, float]
    n: int

    @property
    def differs(self) -> bool:
        """Whether what was said lies outside the interval of what happened."""
        return not self.interval[0] <= self.said <= self.interval[1]

    def __str__(self) -> str:
        """Say it in a sentence."""
        said = f"{_percent(self.low)} to {_percent(self.high)}" if self.low < self.high else _percent(self.low)
        least, most = (f"{100 * end:.0f}" for end in self.interval)
        return f"when you say {said} % it happens {100 * self.frequency:.0f} %, {least} to {most}, n = {self.n}"


@dataclass(frozen=True)
class Advice:
    """The recalibration map of CORP, block by block in rising order, and how much of it may be spoken.

    A block of fewer than ``minimum`` is silent. The blocks were chosen by the same data, which makes their intervals
    somewhat too narrow.
    """

    blocks: tuple[Block, ...]
    minimum: int
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def spoken(self) -> tuple[Block, ...]:
        """The blocks that have n enough to be spoken of."""
        return tuple(block for block in self.blocks if block.n >= self.minimum)

    def recalibrate(self, probability: float) -> float | None:
        """Give what ``probability`` has meant: the block's frequency, and between two blocks the line from end to end.

        ``None`` beyond what was ever said, and where a block it rests on is silent.
        """
        for block in self.blocks:
            if block.low <= probability <= block.high:
                return block.frequency if block.n >= self.minimum else None
        for left, right in pairwise(self.blocks):
            if left.high < probability < right.low and min(left.n, right.n) >= self.minimum:
                way = (probability - left.high) / (right.low - left.high)
                return left.frequency + way * (right.frequency - left.frequency)
        return None


def advise(tally: Tally, *, minimum: int = 10, confidence: float = 0.95) -> Advice:
    """Say how often what was said happened, by the blocks of the rising fit (Dimitriadis, Gneiting and Jordan 2021).

    ``tally`` should be keyed by question: all that was said on one shares its outcome, so each question counts once
    in a block, and unequal weights widen the interval as in Kish's effective number (Survey Sampling, 1965). Raises
    ``ScoringError`` for a ``minimum`` below 1.
    """
    if minimum < 1:
        raise ScoringError(f"minimum is {minimum}: it must be at least 1")
    points = tally.points()
    edges = pairwise([*isotonic_blocks(points).tolist(), points.forecast.size])
    blocks = tuple(_block(tally, points, slice(*edge), confidence) for edge in edges)
    if any(block.n >= minimum for block in blocks):
        return Advice(blocks, minimum)
    return Advice(blocks, minimum, {"spoken": f"no block of probabilities has an n of {minimum}"})


def _block(tally: Tally, points: Points, rows: slice, confidence: float) -> Block:
    forecast, weight, happened = points.forecast[rows], points.weight[rows], points.happened[rows]
    low, high = forecast[0].item(), forecast[-1].item()
    n, effective = _counts(tally, low, high)
    frequency = float(happened.sum() / weight.sum())
    ends = wilson_interval(happened=[frequency * effective], n=[effective], confidence=confidence)
    said = float(forecast @ weight / weight.sum())
    return Block(low, high, said, frequency, (ends[0].item(), ends[1].item()), n)


def _counts(tally: Tally, low: float, high: float) -> tuple[int, float]:
    """Count the questions (or rows) of a block, and the equally weighted ones that would tell as much."""
    inside = (low <= tally.forecast) & (tally.forecast <= high) & (tally.weight > 0)
    weight: NDArray[np.float64] = tally.weight[inside].astype(np.float64)
    if tally.question is None:
        rows = tally.rows[inside]
        return int(rows.sum()), float(weight.sum() ** 2 / (weight**2 / rows).sum())
    questions, row = np.unique(tally.question[inside], return_inverse=True)
    each = np.zeros(questions.size)
    np.add.at(each, row, weight)
    return questions.size, float(each.sum() ** 2 / (each**2).sum())
