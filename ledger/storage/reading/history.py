"""What happened to one question: resolutions, edits, redactions."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ledger.storage.driver import Driver


class ResolutionRow(NamedTuple):
    """A settling (``outcome``), voiding (``void``) or reopening (``reopen``); ``note`` is a reason for the latter."""

    entry: int
    recorded_at: int
    kind: str
    outcome: str | None
    known_at: int | None
    supersedes: int | None
    evidence: str | None
    note: str | None
    redacted: int


class EditRow(NamedTuple):
    """A change; ``before`` and ``after`` are JSON objects of the fields, the deadline apart."""

    entry: int
    recorded_at: int
    deadline_before: int | None
    deadline: int | None
    before: str | None
    after: str | None
    reason: str | None
    redacted: int


_REDACTED = "EXISTS (SELECT 1 FROM redaction r WHERE r.redacted = h.entry)"
_RESOLUTIONS = f"""
    SELECT h.entry, h.recorded_at, h.kind, h.outcome, h.known_at, h.supersedes, h.evidence, h.note, {_REDACTED}
    FROM resolution h WHERE h.question_id = ? ORDER BY h.entry"""
_EDITS = f"""
    SELECT h.entry, h.recorded_at, h.deadline_before, h.deadline, h.before, h.after, h.reason, {_REDACTED}
    FROM edit h WHERE h.question_id = ? ORDER BY h.entry"""


def resolutions(driver: Driver, question: int) -> list[ResolutionRow]:
    """All resolutions of a question, in order; the last one counts."""
    return [ResolutionRow._make(row) for row in driver.all(_RESOLUTIONS, (question,))]


def edits(driver: Driver, question: int) -> list[EditRow]:
    """All edits of a question, in order."""
    return [EditRow._make(row) for row in driver.all(_EDITS, (question,))]


def redacting(driver: Driver, entries: Collection[int]) -> list[tuple[int, int, str | None]]:
    """Which of ``entries`` were redacted: (the redacted entry, the one that did it, the reason)."""
    rows = driver.stream("SELECT redacted, entry, reason FROM redaction ORDER BY redacted")
    return [(redacted, by, reason) for redacted, by, reason in rows if redacted in entries]
