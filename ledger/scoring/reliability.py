"""The reliability diagram: what was said, and how often it then happened, with what chance allows.

Where rows are independent each point counts rows and its interval is Wilson's. Where a question has several rows, or
rows are weighted, each point counts distinct questions, as a question happens once however often it was forecast, and
its interval comes from resampling questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ledger.scoring.bins import Binned, BinnedBy, Bins, bin_points
from ledger.scoring.decomposition import NOTHING
from ledger.scoring.independence import why_dependent
from ledger.scoring.intervals import jeffreys_interval, wilson_interval
from ledger.scoring.question_bands import Interval, question_bands, question_bins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]

__all__ = ["Reliability", "ReliabilityPoint", "diagram_of_bins", "reliability"]


@dataclass(frozen=True)
class ReliabilityPoint:
    """One point: forecasts in ``(low, high]`` (for exact values both are the value), and what came of them.

    ``happened`` of ``n`` came true, counted in rows or in distinct questions (a share counts as that much);
    ``frequency`` is weighted, as ``mean_forecast`` is, and so need not be their ratio. ``interval`` is the one to show:
    ``wilson`` where rows are independent, else from resampled questions; what cannot be had is ``None``. Both hold
    ``confidence``.
    """

    low: float
    high: float
    n: int
    weight: float
    mean_forecast: float
    happened: float
    frequency: float
    interval: Interval | None
    wilson: Interval | None = None
    confidence: float = 0.95

    @property
    def jeffreys(self) -> Interval | None:
        """Jeffreys' interval, where rows are independent."""
        if self.wilson is None:
            return None
        low, high = jeffreys_interval(happened=self.happened, n=self.n, confidence=self.confidence)
        return float(low), float(high)

    @property
    def in_words(self) -> str:
        """Say how many of how many happened: ``"3 of 4"``, or ``"2.5 of 4"`` where a share is among them."""
        return f"{round(self.happened, 3):.12g} of {self.n}"


@dataclass(frozen=True)
class Reliability:
    """The points in rising order; ``counts`` says what they count, ``"rows"`` or ``"questions"``.

    ``method`` is where ``interval`` comes from: ``"wilson"``, ``"questions"`` (resampled ``resamples`` times from
    ``seed``), or ``None``, with the ``reason``. ``reason`` also says why rows were not taken as independent.
    """

    points: tuple[ReliabilityPoint, ...]
    counts: str
    method: str | None
    reason: str | None = None
    questions: int | None = None
    resamples: int | None = None
    seed: int | None = None


class _Side(NamedTuple):
    """What is counted, and the intervals, a bin each."""

    n: list[int]
    happened: list[float]
    interval: list[Interval | None]
    wilson: list[Interval | None]


def _rows(tally: Tally, binned: Binned, starts: Floats) -> tuple[list[int], list[float]]:
    """Count rows with weight in each bin, and how many of them happened."""
    kept = tally.weight > 0
    place = np.searchsorted(starts, tally.forecast[kept], side="right") - 1
    return binned.rows.tolist(), np.bincount(place, tally.rows[kept] * tally.outcome[kept], starts.size).tolist()


def _by_rows(binned: Binned, confidence: float) -> _Side:
    """Count independent rows, of one unit each, with their intervals."""
    n, happened = binned.rows.tolist(), binned.happened.tolist()
    low, high = wilson_interval(happened=binned.happened, n=binned.rows, confidence=confidence)
    wilson: list[Interval | None] = [*zip(low.tolist(), high.tolist(), strict=True)]
    return _Side(n, happened, wilson, wilson)


def _pack(binned: Binned, side: _Side, confidence: float) -> tuple[ReliabilityPoint, ...]:
    """Turn columns into points."""
    return tuple(
        ReliabilityPoint(low, high, n, weight, said, happened, seen, interval, wilson, confidence)
        for low, high, weight, said, seen, n, happened, interval, wilson in zip(
            binned.low.tolist(),
            binned.high.tolist(),
            binned.weight.tolist(),
            binned.mean_forecast.tolist(),
            binned.frequency.tolist(),
            *side,
            strict=True,
        )
    )


def reliability(
    tally: Tally,
    *,
    bins: Bins = 10,
    by: BinnedBy = "width",
    resamples: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
) -> Reliability:
    """Draw up the diagram by exact ``"value"``, equal ``"width"`` or equal ``"mass"``; empty bins are left out.

    Rows that are dependent need a tally keyed by question for their intervals, and a bin of two questions at least.
    Raises ``ScoringError`` for bins, resamples or a confidence that are none.
    """
    binned = bin_points(tally.points(), bins=bins, by=by)
    return diagram_of_bins(tally, binned, resamples=resamples, seed=seed, confidence=confidence)


def diagram_of_bins(
    tally: Tally, binned: Binned, *, resamples: int, seed: int, confidence: float = 0.95
) -> Reliability:
    """Draw up the diagram over bins of the tally's points."""
    starts = tally.points().forecast[binned.start]
    if not starts.size:
        return Reliability((), "rows", None, NOTHING)
    reason = why_dependent(tally)
    if not reason:
        return Reliability(_pack(binned, _by_rows(binned, confidence), confidence), "rows", "wilson")
    none: list[Interval | None] = [None] * starts.size
    if tally.question is None:
        side = _Side(*_rows(tally, binned, starts), none, none)
        return Reliability(_pack(binned, side, confidence), "rows", None, f"{reason}, and it is not keyed by question")
    of = question_bins(tally, starts)
    bands = question_bands(of, resamples=resamples, seed=seed, confidence=confidence)
    n = np.bincount(of.bin, minlength=of.bins).tolist()
    happened = np.bincount(of.bin, of.happened / of.weight, of.bins).tolist()
    packed = _pack(binned, _Side(n, happened, bands, none), confidence)
    return Reliability(packed, "questions", "questions", reason, of.questions, resamples, seed)
