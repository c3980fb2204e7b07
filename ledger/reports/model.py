"""What a report says, as plain data. Instants are µs, texts are raw; what cannot be told is ``None``.

Scores are the half Brier score (0 to 1, lower is better) unless a name says otherwise; cards are those that
``forecast score --json`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.domain.instants import Instant

Data = Mapping[str, Any]


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
class Publication:
    """A source: what it is called, and where it is."""

    label: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One forecaster on one question, with the last statement that was made in time.

    ``weight`` is the part of the question's scheduled life for which a forecast stood (0 to 1), ``score`` the mean
    score of the unit, ``truncated`` weight times score. Those of kinds other than binary are of the kind's own rule.
    """

    forecaster: str | None
    timing: str
    statements: int
    late: int
    made_at: Instant | None
    said: str | None
    probability: float | None
    low: float | None
    high: float | None
    scale: str | None
    term: str | None
    value: str | None
    """Options or quantiles, as JSON."""
    withdrawn: bool
    weight: float
    score: float | None
    truncated: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its outcome and its units."""

    number: int
    key: str | None
    title: str | None
    kind: str
    status: str
    opened_at: Instant | None
    deadline: Instant
    zone: str | None
    tags: tuple[str, ...]
    source: Publication | None
    section: str | None
    condition: str | None
    outcome: str | None
    known_at: Instant | None
    void_reason: str | None
    evidence: str | None
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        """How to name it: its key, or its number where that was redacted."""
        return self.key or f"#{self.number}"

    @property
    def score(self) -> float | None:
        """The mean score of its units."""
        scores = [unit.score for unit in self.units if unit.score is not None]
        return sum(scores) / len(scores) if scores else None


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said at one time, and what counts of it."""

    number: int
    question: str
    entry: int
    forecaster: str | None
    made_at: Instant
    recorded_at: Instant
    until: Instant | None
    said: str
    probability: float | None
    low: float | None
    high: float | None
    scale: str | None
    term: str | None
    hedge: str | None
    reason: str | None
    timing: str
    weight: float


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
