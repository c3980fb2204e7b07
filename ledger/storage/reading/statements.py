"""What was said of one question: statements, corrections, withdrawals."""

from __future__ import annotations

from typing import NamedTuple

from ledger.storage.driver import Driver


class StatementRow(NamedTuple):
    """A statement with its words and what the rules of timing made of it (instants in µs, weight in 2⁻³²)."""

    entry: int
    forecaster: str | None
    made_at: int
    recorded_at: int
    stated: float | None
    stated_value: str | None
    probability: float | None
    value: str | None
    typed: str | None
    low: float | None
    high: float | None
    scale: str | None
    term: str | None
    deadline: int
    until: int | None
    weight: int
    timing: str
    hedge: str | None
    reason: str | None
    comment: str | None
    redacted: int


class CorrectionRow(NamedTuple):
    """A statement put right; ``counts`` is 0 where that came after the close."""

    entry: int
    forecast: int
    recorded_at: int
    probability: float | None
    value: str | None
    typed: str | None
    counts: int
    reason: str | None
    redacted: int


class WithdrawalRow(NamedTuple):
    """A forecaster stepping back."""

    entry: int
    forecaster: str | None
    at: int
    reason: str | None
    redacted: int


def _redacted(entry: str) -> str:
    return f"EXISTS (SELECT 1 FROM redaction WHERE redacted = {entry})"


_STATEMENTS = f"""
    SELECT f.entry, who.name, f.made_at, f.recorded_at, f.stated, f.stated_value, f.probability, f.value, f.typed,
        f.low, f.high, f.scale, f.term, f.deadline, f.until, f.weight, f.timing,
        t.hedge, t.reason, t.comment, {_redacted("f.entry")}
    FROM forecast f JOIN forecaster who ON who.id = f.forecaster_id LEFT JOIN forecast_text t ON t.entry = f.entry
    WHERE f.question_id = ? ORDER BY f.made_at, f.entry"""
_CORRECTIONS = f"""
    SELECT c.entry, c.forecast, c.recorded_at, c.probability, c.value, c.typed, c.counts, c.reason,
        {_redacted("c.entry")}
    FROM correction c JOIN forecast f ON f.entry = c.forecast WHERE f.question_id = ? ORDER BY c.entry"""
_WITHDRAWALS = f"""
    SELECT w.entry, who.name, w.at, w.reason, {_redacted("w.entry")}
    FROM withdrawal w JOIN forecaster who ON who.id = w.forecaster_id WHERE w.question_id = ? ORDER BY w.entry"""


def statements(driver: Driver, question: int) -> list[StatementRow]:
    """All statements of a question, in order of time."""
    return [StatementRow._make(row) for row in driver.all(_STATEMENTS, (question,))]


def corrections(driver: Driver, question: int) -> list[CorrectionRow]:
    """All corrections of them, in order."""
    return [CorrectionRow._make(row) for row in driver.all(_CORRECTIONS, (question,))]


def withdrawals(driver: Driver, question: int) -> list[WithdrawalRow]:
    """All withdrawals, in order."""
    return [WithdrawalRow._make(row) for row in driver.all(_WITHDRAWALS, (question,))]
