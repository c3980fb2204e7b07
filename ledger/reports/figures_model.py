"""The parts of a report that hold figures: calls, slices, months, diagrams, what stands beside the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ledger.domain.instants import Instant
from ledger.reports.questions_model import Question, Statement, Unit

Data: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One of the best or the worst: a unit with all its statements, and what settled the question."""

    question: Question
    unit: Unit
    statements: tuple[Statement, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class SliceRow:
    """One slice: its label (``None`` for what has none) and its figures."""

    label: str | None
    n: int
    base_rate: float | None
    brier: float | None
    interval: tuple[float, float] | None
    skill: float | None


@dataclass(frozen=True, slots=True)
class Slice:
    """The slices by one property."""

    by: str
    rows: tuple[SliceRow, ...]


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """The score of the units whose deadline lies in a month (UTC), and of all up to it."""

    month: str
    n: int
    brier: float | None
    n_so_far: int
    so_far: float | None


@dataclass(frozen=True, slots=True)
class VoidRange:
    """What the score would be had void binary questions settled at the best and at the worst for the forecasts."""

    units: int
    questions: int
    best: float | None
    worst: float | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A question whose deadline has passed without an outcome."""

    number: int
    name: str
    title: str | None
    deadline: Instant
    zone: str | None


@dataclass(frozen=True, slots=True)
class Credibility:
    """What stands beside the score: every unit counted once, and what is not in the score."""

    counts: Data
    classes: Mapping[str, float]
    annulled: VoidRange
    """Voids that somebody declared."""
    all_void: VoidRange
    """Those, and the ones that fell with their condition."""
    overdue: tuple[Overdue, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A reliability diagram: the points of a card, and where chance alone would put each (by its low end)."""

    points: tuple[Data, ...]
    consistency: Mapping[float, tuple[float, float]]
    no_consistency: str | None
    counts_questions: bool
    """Whether a point counts questions, as its rows are not independent."""
    label: str | None = None
    """Whose it is, where two stand side by side."""


@dataclass(frozen=True, slots=True)
class OneQuestion:
    """What a report of one question adds: what was said, decided and changed, and why it scored so."""

    criteria: str | None
    statements: tuple[Statement, ...]
    resolutions: tuple[Data, ...]
    edits: tuple[Data, ...]
    withdrawals: tuple[tuple[str | None, Instant], ...]
    starts_at: Instant | None
    why: Data | None
    why_not: str | None
    """Why there is no score to explain."""
