"""Questions, units and statements as a report tells them. Instants are µs, texts are raw."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.domain.instants import Instant


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
