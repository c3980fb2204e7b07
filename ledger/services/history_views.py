"""What was decided and changed of a question, as its card shows it. Instants are µs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.domain.instants import Instant, format_instant
from ledger.services.browse_views import Data, fields_data, time_data
from ledger.services.outcome_names import outcome_name
from ledger.storage.reading.history import EditRow, ResolutionRow
from ledger.storage.reading.questions import QuestionRow
from ledger.storage.reading.reviewing import SnoozeRow


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """A settling (``outcome``), voiding (``void``) or reopening (``reopen``) of the question."""

    entry: int
    recorded_at: Instant
    kind: str
    outcome: str | None
    known_at: Instant | None
    evidence: str | None
    note: str | None
    supersedes: int | None
    counts: bool
    """Whether it is the last word, and the question's condition lets it count."""
    redacted: bool

    def as_data(self) -> Data:
        """For JSON."""
        times = {"recorded_at": format_instant(self.recorded_at), "known_at": time_data(self.known_at)}
        names = ("entry", "kind", "outcome", "evidence", "note", "supersedes", "counts", "redacted")
        return fields_data(self, names) | times


def resolution_view(question: QuestionRow, options: Sequence[str], row: ResolutionRow) -> ResolutionView:
    """A resolution, and whether it is the one that counts."""
    state = {"outcome": "resolved", "void": "void"}.get(row.kind)
    counts = row.entry == question.resolution and state == question.state
    outcome = outcome_name(question.kind, row.outcome, options)
    return ResolutionView(
        row.entry, row.recorded_at, row.kind, outcome, row.known_at, row.evidence, row.note, row.supersedes,
        counts, bool(row.redacted),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EditView:
    """A change of the question: each field before and after."""

    entry: int
    recorded_at: Instant
    changes: dict[str, tuple[object, object]]
    reason: str | None
    redacted: bool

    def as_data(self) -> Data:
        """For JSON."""
        changes = {name: {"before": before, "after": after} for name, (before, after) in self.changes.items()}
        about = fields_data(self, ("entry", "reason", "redacted"))
        return about | {"recorded_at": format_instant(self.recorded_at), "changes": changes}


def edit_view(row: EditRow) -> EditView:
    """An edit with its differences."""
    before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
    changes: dict[str, tuple[object, object]] = {name: (before.get(name), after[name]) for name in after}
    if row.deadline is not None:
        changes["deadline"] = (time_data(row.deadline_before), time_data(row.deadline))
    return EditView(row.entry, row.recorded_at, changes, row.reason, bool(row.redacted))


@dataclass(frozen=True, slots=True)
class SnoozeView:
    """The review of the question put off, or with ``wakes`` the end of that."""

    entry: int
    recorded_at: Instant
    until: Instant
    zone: str | None
    reason: str | None
    counts: bool
    """Whether the question is put off by it now."""
    redacted: bool

    @property
    def wakes(self) -> bool:
        """Whether it only ends an earlier one."""
        return self.until <= self.recorded_at

    def as_data(self) -> Data:
        """For JSON."""
        times = {"recorded_at": format_instant(self.recorded_at), "until": format_instant(self.until)}
        return fields_data(self, ("entry", "zone", "reason", "wakes", "counts", "redacted")) | times


def snooze_views(rows: Sequence[SnoozeRow], put_off: bool) -> list[SnoozeView]:
    """The snoozes of a question; where it is ``put_off`` now, the last one does that."""
    return [
        SnoozeView(
            row.entry, row.recorded_at, row.until, row.zone, row.reason, put_off and row is rows[-1],
            bool(row.redacted),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RedactionView:
    """An entry whose words were dropped, by which entry, and why."""

    redacted: int
    entry: int
    reason: str | None

    def as_data(self) -> Data:
        """For JSON."""
        return fields_data(self, ("redacted", "entry", "reason"))
