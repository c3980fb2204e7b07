"""Every question with its outcome, as one table."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.reports.document import Column, Link, Prose, Register, Section, Words
from ledger.reports.model import Question
from ledger.reports.words import count, day, named, score

COLUMNS = (
    Column("No.", number=True), Column("Question"), Column("Forecast", number=True), Column("By"), Column("Deadline"),
    Column("Outcome"), Column("Score", number=True), Column("Evidence or reason"), Column("Tags"),
)  # fmt: skip


def register_section(questions: tuple[Question, ...]) -> Section:
    """All questions, by number."""
    if not questions:
        return Section("questions", "Every question", (Prose("There are none here."),))
    rows = tuple(_row(one) for one in questions)
    how = (
        "The forecast is the last that was made in time. The score is Brier, 0 to 1, for questions of yes or no, and "
        "that of its own kind for others; of several forecasters it is the mean."
    )
    caption = f"{count(len(questions), 'question')} with what came of each"
    return Section("questions", "Every question", (Prose(how), Register(caption, COLUMNS, rows)))


def _row(asked: Question) -> tuple[Words, ...]:
    return (
        str(asked.number), named(asked.title), _said(asked), _by(asked), day(asked.deadline),
        asked.outcome or asked.status, score(asked.score), _why(asked), ", ".join(asked.tags) or "–",
    )  # fmt: skip


def _why(asked: Question) -> Words:
    """What the outcome rests on, or why the question is void."""
    if asked.evidence:
        return Link(asked.evidence, asked.evidence)
    return asked.void_reason or "–"


def _said(asked: Question) -> str:
    if len(asked.units) == 1:
        only = asked.units[0]
        return "late" if only.said is None else only.said + (", withdrawn" if only.withdrawn else "")
    return count(len(asked.units), "forecast") if asked.units else "–"


def _by(asked: Question) -> str:
    names: Iterable[str] = (named(unit.forecaster) for unit in asked.units)
    return next(iter(names)) if len(asked.units) == 1 else count(len(asked.units), "forecaster") if asked.units else "–"
