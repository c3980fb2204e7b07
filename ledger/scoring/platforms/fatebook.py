"""Scores as Fatebook computes them, oddities and all: original Brier, 0 to 2, in blocks of 24 hours.

After its public source. Within a block the *probability* is averaged, and a late forecast is diluted; both are
faults, kept here only so that an export can be compared with what the platform showed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["FatebookScore", "combine_options", "fatebook_scores"]


@dataclass(frozen=True)
class FatebookScore:
    """One forecaster on one question: the absolute score, and the relative one, negative if better than the crowd."""

    forecaster: int
    absolute: float | None
    relative: float | None
    reasons: dict[str, str] = field(default_factory=dict)


def _block_mean(made: NDArray[np.int64], said: NDArray[np.float64], start: int, end: int) -> float | None:
    """Average one forecaster's probability over a block; what is not yet accounted for goes to the last one."""
    before, until = np.searchsorted(made, start, side="right"), np.searchsorted(made, end)
    values, moments = said[before:until], made[before:until]
    if before:
        values, moments = np.insert(values, 0, said[before - 1]), np.insert(moments, 0, start)
    if not values.size:
        return None
    share = np.diff(moments) / (end - start)
    return float(values[:-1] @ share + values[-1] * (1 - share.sum()))


def _averaged(series: list[float], days: float) -> float:
    """Average a series of blocks over the days of the question; the last one counts for the fraction that it lasted."""
    whole = int(days)
    if not whole:
        return sum(series)
    last = days - whole or 1.0
    return (sum(series[:-1]) + last * series[-1]) / days


def fatebook_scores(
    *,
    forecaster: ArrayLike,
    forecast: ArrayLike,
    made_at: ArrayLike,
    outcome: int,
    opened: int,
    resolved: int,
    day: int = 86_400_000_000,
) -> list[FatebookScore]:
    """Score all forecasters on one binary question, or one option, in order of their numbers.

    ``made_at``, ``opened`` and ``resolved`` are instants, ``day`` the length of a day in their unit; ``outcome`` is 0
    or 1. The relative score takes from each block's score the median of all users', and is ``None`` for one alone.
    """
    who, said = (
        _check.integers("forecaster", forecaster),
        probabilities("forecast", forecast),
    )
    made = _check.integers("made_at", made_at)
    _check.same_shape("forecast", said, "forecaster", who.shape)
    _check.same_shape("made_at", made, "forecaster", who.shape)
    if outcome not in (0, 1) or resolved <= opened:
        raise ScoringError("outcome must be 0 or 1, and the question resolved after it was opened")
    order, people = np.argsort(made, kind="stable"), np.unique(who).tolist()
    mine = {person: order[who[order] == person] for person in people}
    absolute: dict[int, list[float]] = {person: [] for person in people}
    relative: dict[int, list[float]] = {person: [] for person in people}
    for start in range(opened, resolved, day):
        end = min(start + day, resolved)
        means = {person: _block_mean(made[rows], said[rows], start, end) for person, rows in mine.items()}
        block = {person: 2 * (mean - outcome) ** 2 for person, mean in means.items() if mean is not None}
        for person, score in block.items():
            absolute[person].append(score)
            relative[person].append(score - float(np.median(list(block.values()))))
    days = (resolved - opened) / day
    return [_score(person, absolute[person], relative[person], days, alone=len(people) == 1) for person in people]


def _score(person: int, absolute: list[float], relative: list[float], days: float, *, alone: bool) -> FatebookScore:
    if not absolute:
        reason = "no forecast before the question was resolved"
        return FatebookScore(person, None, None, {"absolute": reason, "relative": reason})
    if alone:
        reasons = {"relative": "nobody else forecast on the question"}
        return FatebookScore(person, _averaged(absolute, days), None, reasons)
    return FatebookScore(person, _averaged(absolute, days), _averaged(relative, days))


def combine_options(scores: Sequence[float], *, exclusive: bool) -> float | None:
    """Combine one forecaster's scores on the options: their sum if these are exclusive, else their mean."""
    if not scores:
        return None
    return sum(scores) if exclusive else sum(scores) / len(scores)
