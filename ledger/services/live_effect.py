"""What an outcome did, in one sentence, and what the question itself scored: for the card after the outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind, Status
from ledger.domain.policies import Policy
from ledger.scoring.points import PARTS
from ledger.services.live_figures import PointFigures
from ledger.services.live_score import Effect
from ledger.services.opening import Book
from ledger.services.score import policy_named
from ledger.services.score_rows import gather
from ledger.services.scoring_rules import RULES
from ledger.services.statement_scores import statement_scores
from ledger.services.stating import the_question
from ledger.storage.reading.questions import QuestionRow
from ledger.storage.reading.units import scored_rows

Floats = NDArray[np.float64]
_FEWEST, _MOST = 3, 9
"""Decimals of a Brier score, and how many are shown so that a small change can be seen."""


def effect_words(effect: Effect, *, original: bool = False) -> str:
    """One sentence: ``Brier 0.184 → 0.171 (0–1, lower is better), 13 of 19 scored``.

    ``original`` tells the form from 0 to 2. A change too small for three decimals is told with more.
    """
    before, after = (_brier(one, original) for one in (effect.before, effect.after))
    many = f"{effect.after.scored:,} of {effect.after.units:,} scored"
    scale = f"({'0–2' if original else '0–1'}, lower is better)"
    if after is None:
        return f"no Brier score{'' if before is None else ' any more'}, {many}"
    if before is None:
        return f"Brier {after:.{_FEWEST}f} {scale}, {many}"
    decimals = next(
        (places for places in range(_FEWEST, _MOST + 1) if round(before, places) != round(after, places)), 0
    )
    if not decimals:
        return f"Brier {after:.{_FEWEST}f}, unchanged {scale}, {many}"
    return f"Brier {before:.{decimals}f} → {after:.{decimals}f} {scale}, {many}"


def _brier(figures: PointFigures, original: bool) -> float | None:
    return figures.brier_original if original else figures.brier


@dataclass(frozen=True, slots=True)
class UnitScore:
    """What one forecaster scored on a question; ``score`` is ``None`` where nothing stood for any time."""

    forecaster: str | None
    score: float | None
    coverage: float
    """The share of the question's life that the forecasts stood for; 1 where the policy does not weigh by time."""

    @property
    def truncated(self) -> float:
        """The score times the coverage: what it adds where time without a forecast costs nothing."""
        return 0.0 if self.score is None else self.score * self.coverage


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What a question scored: ``score`` is the mean over all its forecasters by the time that each stood.

    ``measure`` is ``brier`` (0 to 1, ranked where options are ordered) or, for quantiles, ``pinball``; lower is better.
    ``truncated_score`` is the mean of the units' truncated scores. Where there is none, ``reason`` says why.
    """

    number: int
    measure: str
    score: float | None
    truncated_score: float | None
    units: list[UnitScore]
    reason: str | None = None


def of_question(book: Book, number: int, policy: str = Policy.TIME_AVERAGE.value) -> QuestionScore:
    """What the question itself scored under ``policy``.

    Raises ``NotFoundError`` for a number that is none, ``InputError`` for a policy that is none.
    """
    how, asked = policy_named(policy), the_question(book.driver, f"#{number}")
    kind = Kind(asked.kind)
    measure = "pinball" if kind is Kind.NUMERIC else "brier"
    rows = gather(scored_rows(book.driver, asked.kind, how, Filters(), book.now, of=number))
    if not len(rows):
        return QuestionScore(number, measure, None, None, [], _why_none(book, asked))
    scores, weight = statement_scores(kind, rows, RULES["brier"]), rows.weight / PARTS
    units = [_unit(book, scores, weight, rows.forecaster == who, who, how) for who in dict.fromkeys(rows.forecaster)]
    mean = _mean(scores, weight)
    truncated = sum(one.truncated for one in units) / len(units) if how is Policy.TIME_AVERAGE else mean
    return QuestionScore(
        number, measure, mean, truncated, units, "nothing stood for any time" if mean is None else None
    )


def _unit(
    book: Book, scores: Floats, weight: Floats, own: NDArray[np.bool_], who: np.int64, policy: Policy
) -> UnitScore:
    row = book.driver.one("SELECT name FROM forecaster WHERE id = ?", (int(who),))
    covered = float(weight[own].sum()) if policy is Policy.TIME_AVERAGE else 1.0
    return UnitScore(row[0] if row else None, _mean(scores[own], weight[own]), covered)


def _mean(scores: Floats, weight: Floats) -> float | None:
    total = float(weight.sum())
    return float((weight * scores).sum()) / total if total else None


def _why_none(book: Book, asked: QuestionRow) -> str:
    status = asked.status(book.now)
    if status is not Status.RESOLVED:
        return f"it is {status}"
    stated = book.driver.one("SELECT 1 FROM forecast WHERE question_id = ? LIMIT 1", (asked.id,))
    return "nobody's forecast was stated in time" if stated else "nobody has stated a forecast"
