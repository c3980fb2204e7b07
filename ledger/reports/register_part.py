"""Every question with its outcome, as one table."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.reports.calls_parts import evidence_words
from ledger.reports.document import Column, Prose, Register, Section, Words
from ledger.reports.model import Question
from ledger.reports.words import count, day, named, score

COLUMNS = (
    Column("No.", number=True), Column("Question"), Column("Forecast", number=True), Column("By"), Column("Deadline"),
    Column("Status"), Column("Outcome"), Column("Score", number=True), Column("Tags"), Column("Evidence"),
)  # fmt: skip


def register_section(questions: tuple[Question, ...]) -> Section:
    """All questions, by number."""
    if not questions:
        return Section("questions", "Every question", (Prose("There are no questions."),))
    rows = tuple(_row(one, evidence) for one, evidence in zip(questions, evidence_words(questions), strict=True))
    how = (
        "The forecast is the last that was made in time. The score is Brier, 0 to 1, for questions of yes or no, and "
        "that of its own kind for others; of several forecasters it is the mean."
    )
    caption = f"{count(len(questions), 'question')} with what came of each"
    return Section("questions", "Every question", (Prose(how), Register(caption, COLUMNS, rows)))


def _row(asked: Question, evidence: Words) -> tuple[Words, ...]:
    return (
        str(asked.number), named(asked.title), _said(asked), _by(asked), day(asked.deadline), asked.status,
        _came(asked), score(asked.score), ", ".join(asked.tags) or "–", evidence,
    )  # fmt: skip


def _said(asked: Question) -> str:
    if len(asked.units) == 1:
        only = asked.units[0]
        return "late" if only.said is None else only.said + (", withdrawn" if only.withdrawn else "")
    return count(len(asked.units), "forecast") if asked.units else "–"


def _by(asked: Question) -> str:
    names: Iterable[str] = (named(unit.forecaster) for unit in asked.units)
    return next(iter(names)) if len(asked.units) == 1 else count(len(asked.units), "forecaster") if asked.units else "–"


def _came(asked: Question) -> str:
    if asked.outcome is not None:
        return asked.outcome
    return f"void: {asked.void_reason}" if asked.void_reason else "–"
