"""What a report says, as plain data. Instants are µs, texts are raw; what cannot be told is ``None``.

Scores are the half Brier score (0 to 1, lower is better) unless a name says otherwise; cards are those that
``forecast score --json`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.domain.instants import Instant
from ledger.reports.figures_model import (
    Call,
    Credibility,
    Data,
    Diagram,
    OneQuestion,
    Overdue,
    Slice,
    SliceRow,
    TrendMonth,
    VoidRange,
)
from ledger.reports.questions_model import Publication, Question, Statement, Unit

__all__ = [
    "About",
    "Call",
    "Credibility",
    "Data",
    "Diagram",
    "OneQuestion",
    "Overdue",
    "Publication",
    "Question",
    "Report",
    "Slice",
    "SliceRow",
    "Statement",
    "TrendMonth",
    "Unit",
    "VoidRange",
]


@dataclass(frozen=True, slots=True)
class About:
    """Whose forecasts, over what, and after which entry of the journal."""

    forecasters: int
    names: tuple[str | None, ...]
    """Those with the most units first; not all where they are many."""
    questions: int
    first_deadline: Instant | None
    last_deadline: Instant | None
    sources: tuple[Publication, ...]
    sources_in_all: int
    entry: int
    """The number of the last entry that was read."""
    head: str
    """The chain's head after it, in hexadecimal."""
    recorded_at: Instant | None
    holds_from: Instant | None
    """From here on the statuses are as told, until the next entry or deadline."""
    policy: str
    filters: Data
    left_out_units: int
    left_out_questions: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report tells."""

    title: str
    notes: tuple[str, ...]
    about: About
    card: Data
    kinds: Mapping[str, Data]
    diagrams: tuple[Diagram, ...]
    trend: tuple[TrendMonth, ...]
    slices: tuple[Slice, ...]
    words: Data | None
    best: tuple[Call, ...]
    worst: tuple[Call, ...]
    questions: tuple[Question, ...]
    credibility: Credibility
    comparison: Data | None = None
    one: OneQuestion | None = None
    statements: tuple[Statement, ...] | None = None
    """All statements, where they were asked for and are not too many."""
