"""Statements of a report, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.reports.model import Question, Statement
from ledger.services.browse import card
from ledger.services.browse_card import Card
from ledger.services.opening import Book
from ledger.services.said_views import StatementView
from ledger.services.worth_words import worth_words

MOST = 50_000
"""Above so many a sheet of all statements is left out."""


def told_statement(number: int, question: str, said: StatementView) -> Statement:
    """One statement as it counts."""
    return Statement(
        number=number, question=question, entry=said.entry, forecaster=said.forecaster, made_at=said.made_at,
        recorded_at=said.recorded_at, until=said.until, said=worth_words(said.counted),
        probability=said.counted.probability, low=said.counted.low, high=said.counted.high, scale=said.scale,
        term=said.term, hedge=said.hedge, reason=said.reason, timing=said.timing, weight=said.weight,
    )  # fmt: skip


def of_card(found: Card, forecasters: frozenset[str | None] | None = None) -> tuple[Statement, ...]:
    """All statements of a question, or those of some forecasters."""
    about = found.question
    return tuple(
        told_statement(about.number, about.name, said)
        for said in found.statements
        if forecasters is None or said.forecaster in forecasters
    )


def all_statements(book: Book, asked: Iterable[Question]) -> Iterator[Statement]:
    """The statements of all units of the questions ``asked``."""
    for one in asked:
        if one.units:
            who = frozenset(unit.forecaster for unit in one.units)
            yield from of_card(card(book, f"#{one.number}"), who)
