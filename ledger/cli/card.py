"""A question's card as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.cli.card_history import history_lines
from ledger.cli.cells import deadline_cell, status_cell
from ledger.cli.output import Line, Paint, Part, columns
from ledger.cli.tables import Column, fields, table, wrapped
from ledger.domain.moments import describe
from ledger.services.browse_views import REDACTED
from ledger.services.wording import minute_words, percent
from ledger.services.worth_words import condition_words, worth_words

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.said_views import StatementView


def card_lines(card: Card) -> Iterator[Line]:
    """All lines of the card."""
    question = card.question
    width = columns()
    yield [
        Paint(f"#{question.number} {question.key or REDACTED}", "bold"), "  ", status_cell(question), "  ",
        deadline_cell(question, card.now),
    ]  # fmt: skip
    yield from wrapped(question.title or REDACTED, width)
    if card.criteria or question.redacted:
        yield ""
        yield from wrapped(card.criteria or REDACTED, width, "  ")
    yield ""
    yield from fields(list(_about(card)))
    yield from _statements(card, width)
    yield from history_lines(card, width)
    yield ""
    yield Paint(f"entries: {', '.join(map(str, card.entries))}", "dim")


def _about(card: Card) -> Iterator[tuple[str, Line]]:
    question = card.question
    yield "kind", question.kind
    if card.options:
        yield "options", ", ".join(card.options)
    how = f", {question.deadline_from}" if question.deadline_from else ""
    yield "deadline", describe(question.deadline, question.zone) + how
    if question.opened_at is not None:
        yield "opened", describe(question.opened_at, question.zone)
    if question.source is not None:
        section = f", section {question.section}" if question.section else ""
        yield "source", question.source.label + section
    if question.tags:
        yield "tags", ", ".join(question.tags)
    for at, condition in enumerate(card.chain):
        yield "only if" if at == 0 else "", ("  " * at) + condition_words(condition)
    for child in card.dependants:
        yield "needed by", f"#{child.number} {child.name}, if {child.outcome} ({child.status})"
    if question.outcome is not None:
        known = "" if question.known_at is None else f", known at {describe(question.known_at, question.zone)}"
        yield "outcome", [Paint(question.outcome, "green"), known]
    if question.void_reason is not None:
        yield "void", question.void_reason


_STATEMENTS = (
    Column("entry", right=True), Column("forecaster", elastic=True), Column("made at"), Column("forecast"),
    Column("class"), Column("stood until"), Column("weight", right=True), Column("words", elastic=True),
)  # fmt: skip

_SPARED, _ROOMY = (5, 6), 110
"""What a terminal narrower than that is spared: until when a statement stood, and its weight."""


def _statements(card: Card, width: int | None) -> Iterator[Line]:
    yield ""
    if not card.statements:
        yield Paint("nobody has stated a forecast yet", "dim")
        return
    rows: list[tuple[Part, ...]] = []
    for one in card.statements:
        rows.append(_statement(one))
        rows.extend(_corrections(one))
    kept = [at for at in range(len(_STATEMENTS)) if width is None or width >= _ROOMY or at not in _SPARED]
    yield from table([_STATEMENTS[at] for at in kept], [[row[at] for at in kept] for row in rows], width)
    for unit in card.units:
        late = f", {unit.late} late" if unit.late else ""
        gone = ", withdrawn" if unit.withdrawn else ""
        who = unit.forecaster or REDACTED
        yield Paint(f"{who}: {unit.statements} stated{late}{gone}, coverage {percent(round(unit.coverage, 4))}", "dim")


def _statement(one: StatementView) -> tuple[Part, ...]:
    until = "–" if one.until is None else minute_words(one.until)
    made_at, weight = minute_words(one.made_at), percent(round(one.weight, 4))
    timing = Paint(one.timing, "red") if one.timing == "late" else one.timing
    who = one.forecaster or REDACTED
    return str(one.entry), who, made_at, worth_words(one.stated), timing, until, weight, _words(one)


def _words(one: StatementView) -> str:
    if one.redacted:
        return REDACTED
    hedge = f"“{one.hedge}”" if one.hedge else ""
    term = f"{one.term} of {one.scale}" if one.term else ""
    typed = f"typed {one.typed}" if one.typed else ""
    return "; ".join(word for word in (hedge, term, typed, one.reason, one.comment) if word)


def _corrections(one: StatementView) -> Iterator[tuple[Part, ...]]:
    for change in one.corrections:
        reason = REDACTED if change.redacted else change.reason or ""
        what = f"corrected: {reason}" if change.counts else f"corrected after the close, not counted: {reason}"
        recorded = minute_words(change.recorded_at)
        yield str(change.entry), "", recorded, worth_words(change.worth), "", "", "", what
