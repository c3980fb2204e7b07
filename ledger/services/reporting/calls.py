"""The best and the worst calls: units ranked by the truncated score, weight times mean score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.domain.kinds import Kind
from ledger.reports.model import Call, Question, Unit
from ledger.services.browse import card
from ledger.services.opening import Book
from ledger.services.reporting.statements import of_card

MOST = 5
Ranked = tuple[float, float, int, int, Question, Unit]


def best_and_worst(book: Book, asked: Sequence[Question]) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
    """The best and the worst; no unit is both. Among equals the longer standing comes first, then by number."""
    ranked = sorted(_ranked(asked), key=lambda one: one[:4])
    many = min(MOST, len(ranked) // 2)
    best = ranked[: many or len(ranked)]
    worst = sorted(ranked[len(ranked) - many :], key=lambda one: (-one[0], *one[1:4])) if many else []
    return _calls(book, best), _calls(book, worst)


def _ranked(asked: Iterable[Question]) -> list[Ranked]:
    return [
        (unit.truncated, -unit.weight, one.number, at, one, unit)
        for one in asked
        if one.kind == Kind.BINARY
        for at, unit in enumerate(one.units)
        if unit.truncated is not None
    ]


def _calls(book: Book, ranked: Iterable[Ranked]) -> tuple[Call, ...]:
    found = []
    for *_, asked, unit in ranked:
        told = card(book, f"#{asked.number}")
        note = next((one.note for one in reversed(told.resolutions) if one.counts), None)
        found.append(Call(asked, unit, of_card(told, frozenset([unit.forecaster])), note))
    return tuple(found)
