"""What a later file says differently of questions that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.domain.instants import format_instant
from ledger.domain.outcomes import Outcome
from ledger.formats.sheet import Sheet
from ledger.storage.driver import Driver


class Change(NamedTuple):
    """One field of one question: the sheet's place of it, before and after; ``adds`` where nothing stood before."""

    at: int
    field: str
    before: str
    after: str
    adds: bool


_STORED = """
    SELECT title, deadline,
        (SELECT CASE r.kind WHEN 'void' THEN 'void' WHEN 'outcome' THEN r.outcome END FROM resolution r
         WHERE r.question_id = question.id ORDER BY r.entry DESC LIMIT 1)
    FROM question WHERE id = ?"""


def changes(
    driver: Driver, sheet: Sheet, numbers: list[int], new: list[bool], outcomes: dict[int, Outcome]
) -> Iterator[Change]:
    """What ``sheet`` says differently, question by question; a redacted title is never brought back."""
    for at, question in enumerate(sheet.questions):
        row = None if new[at] else driver.one(_STORED, (numbers[at],))
        if row is None:
            continue
        title, deadline, outcome = row
        if title is not None and title != question.title:
            yield Change(at, "title", title, question.title, adds=False)
        if deadline != question.deadline and not question.deadline_lost:
            yield Change(at, "deadline", format_instant(deadline), format_instant(question.deadline), adds=False)
        told = outcomes.get(at)
        if told is not None and told.text != outcome:
            yield Change(at, "outcome", outcome or "none", told.text, adds=outcome is None)
