"""The sections of the question screen: what each is called, and what is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.services.wording import counted
from ledger.tui.screens.question_history import (
    day_lines,
    edit_lines,
    entry_lines,
    redaction_lines,
    resolution_lines,
    snooze_lines,
)
from ledger.tui.screens.question_lines import criteria_lines, fact_lines, long_title, title_lines
from ledger.tui.screens.question_statements import statement_lines

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.tui.widgets.spans import Line


@dataclass(frozen=True, slots=True)
class Part:
    """A section of lines."""

    name: str
    title: Callable[[Card], str]
    lines: Callable[[Card, int, bool], list[Line]]
    what: Callable[[Card], object] = lambda card: True
    """Empty where the section has nothing to show."""


def _counting(one: str, many: str, listed: Callable[[Card], Sequence[object]]) -> Callable[[Card], str]:
    return lambda card: counted(len(listed(card)), one, many)


CRITERIA = Part("criteria", lambda _: "criteria", lambda card, width, whole: criteria_lines(card, width, whole=whole))
STATEMENTS = Part(
    "statements",
    lambda card: counted(len(card.statements), "statement") + _voices(card),
    lambda card, width, whole: statement_lines(card, width, whole=whole),
    lambda card: card.statements,
)
FACTS = Part("facts", lambda _: "deadline, source, key", lambda card, width, _: fact_lines(card, width))
TITLE = Part("title", lambda _: "the whole title", lambda card, width, _: title_lines(card, width), long_title)
OUTCOMES = Part(
    "outcomes",
    _counting("resolution", "resolutions", lambda card: card.resolutions),
    lambda card, width, _: resolution_lines(card, width),
    lambda card: card.resolutions,
)
EDITS = Part(
    "edits",
    _counting("edit", "edits", lambda card: card.edits),
    lambda card, width, _: edit_lines(card, width),
    lambda card: card.edits,
)
SNOOZES = Part(
    "snoozes", lambda _: "put off", lambda card, width, _: snooze_lines(card, width), lambda card: card.snoozes
)
DAYS = Part(
    "days",
    lambda _: "to look at again",
    lambda card, width, _: day_lines(card, width),
    lambda card: card.look_again,
)
REDACTIONS = Part(
    "redactions",
    _counting("redaction", "redactions", lambda card: card.redactions),
    lambda card, width, _: redaction_lines(card, width),
    lambda card: card.redactions,
)
ENTRIES = Part(
    "entries",
    _counting("journal entry", "journal entries", lambda card: card.entries),
    lambda card, width, whole: entry_lines(card, width, whole=whole),
)
PARTS = (CRITERIA, STATEMENTS, FACTS, TITLE, OUTCOMES, EDITS, SNOOZES, DAYS, REDACTIONS, ENTRIES)


def _voices(card: Card) -> str:
    return f" of {len(card.units)} forecasters" if len(card.units) > 1 else ""
