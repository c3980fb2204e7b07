"""Bands around binned frequencies from resampling questions, each with all its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.intervals import check_confidence
from ledger.scoring.points import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

__all__ = ["Interval", "QuestionBins", "ends", "question_bands", "question_bins"]

Interval = tuple[float, float]

_BATCH = 2**22  # drawn questions at a time
_DENSE = 16  # a matrix fuller than one in this many is laid out in full


class QuestionBins(NamedTuple):
    """What each question has in each bin: a row a pair, with its ``weight`` and how much of that ``happened``.

    ``question`` counts from 0 up to ``questions``, ``bin`` up to ``bins``; only pairs with weight are kept.
    """

    question: Whole
    bin: Whole
    weight: Floats
    happened: Floats
    questions: int
    bins: int


def question_bins(tally: Tally, starts: Floats) -> QuestionBins:
    """Add up the cells of a tally keyed by question, for bins that start at the probabilities ``starts``."""
    kept = tally.weight > 0
    if tally.question is None:
        raise ScoringError("this tally is not keyed by question")
    known, question = np.unique(tally.question[kept], return_inverse=True)
    place = np.searchsorted(starts, tally.forecast[kept], side="right") - 1
    pairs, inverse = np.unique(question * starts.size + place, return_inverse=True)
    weight = tally.weight[kept] / PARTS
    below, above = (np.asarray(np.bincount(inverse, one), np.float64) for one in (weight, weight * tally.outcome[kept]))
    return QuestionBins(pairs // starts.size, pairs % starts.size, below, above, known.size, starts.size)


def ends(values: Floats, confidence: float) -> Interval | None:
    """Give the percentile interval of replicates, those that are NaN left out; ``None`` where all are."""
    there = values[~np.isnan(values)]
    if not there.size:
        return None
    tail = (1 - confidence) / 2
    low, high = np.quantile(there, [tail, 1 - tail])
    return float(low), float(high)


def _drawn(questions: int, resamples: int, seed: int) -> Iterator[Floats]:
    """Draw as many questions as there are, again and again; give how often each came, a row a replicate."""
    random, batch = np.random.default_rng(seed), max(1, _BATCH // questions)
    for done in range(0, resamples, batch):
        size = min(batch, resamples - done)
        places = random.integers(questions, size=(size, questions))
        places += np.arange(0, size * questions, questions)[:, None]
        counts = np.bincount(places.ravel(), minlength=size * questions).reshape(size, questions).astype(np.float64)
        yield counts


def _matrix(of: QuestionBins, values: Floats) -> csr_array | Floats:
    """Lay out questions by bins; as a full matrix, which multiplies faster, unless it is mostly empty."""
    if _DENSE * values.size > of.bins * of.questions:
        full = np.zeros((of.questions, of.bins))
        full[of.question, of.bin] = values
        return full
    from scipy.sparse import csr_array

    return csr_array((values, (of.question, of.bin)), shape=(of.questions, of.bins))


def question_bands(
    of: QuestionBins, *, resamples: int = 1000, seed: int = 1, confidence: float = 0.95
) -> list[Interval | None]:
    """Give each bin's percentile interval of the frequency over resampled questions.

    ``None`` where a bin has fewer than two questions. A replicate that draws none of a bin's questions tells nothing of
    it and is left out there. Raises ``ScoringError`` for no resamples or a confidence that is none.
    """
    check_confidence(confidence)
    if resamples < 1:
        raise ScoringError(f"resamples is {resamples}: at least one is needed")
    weight, happened = _matrix(of, of.weight), _matrix(of, of.happened)
    blocks = []
    for counts in _drawn(of.questions, resamples, seed):
        above, below = np.asarray(counts @ happened), np.asarray(counts @ weight)
        blocks.append(np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0))
    frequency = np.concatenate(blocks)
    enough = np.bincount(of.bin, minlength=of.bins) > 1
    return [ends(row, confidence) if plenty else None for row, plenty in zip(frequency.T, enough, strict=True)]
