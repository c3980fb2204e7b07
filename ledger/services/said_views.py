"""What was said of a question, as its card shows it. Instants are µs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.domain.instants import Instant, format_instant
from ledger.domain.probability import shortest_decimal
from ledger.domain.timing import PARTS
from ledger.services.browse_views import Data, fields_data, time_data
from ledger.services.worth import Worth, worth
from ledger.storage.reading.listed import ListedUnit
from ledger.storage.reading.statements import CorrectionRow, StatementRow, WithdrawalRow


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A mistyped value put right; it does not count where it came after the close."""

    entry: int
    recorded_at: Instant
    worth: Worth
    typed: str | None
    counts: bool
    reason: str | None
    redacted: bool

    def as_data(self) -> Data:
        """For JSON."""
        value = {name: one for name, one in self.worth.as_data().items() if name not in {"low", "high"}}
        about = {"entry": self.entry, "recorded_at": format_instant(self.recorded_at)}
        return about | value | fields_data(self, ("typed", "counts", "reason", "redacted"))


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement: as it was stated, the value that counts, and what timing made of it."""

    entry: int
    forecaster: str | None
    made_at: Instant
    recorded_at: Instant
    stated: Worth
    counted: Worth
    typed: str | None
    scale: str | None
    term: str | None
    hedge: str | None
    reason: str | None
    comment: str | None
    deadline: Instant
    """The deadline in force when it was made."""
    until: Instant | None
    """When it stopped standing; ``None`` for a late one, which never stood."""
    weight: float
    """The part of the question's scheduled life for which it stood, 0 to 1."""
    timing: str
    corrections: list[CorrectionView]
    redacted: bool

    def as_data(self) -> Data:
        """For JSON."""
        about: Data = {"entry": self.entry, "forecaster": self.forecaster, "made_at": format_instant(self.made_at)}
        probability = self.counted.probability
        return {
            **about,
            "recorded_at": format_instant(self.recorded_at),
            **self.counted.as_data(),
            "decimal": None if probability is None else shortest_decimal(probability),
            "stated": self.stated.as_data(),
            **fields_data(self, ("typed", "scale", "term", "hedge", "reason", "comment")),
            "class": self.timing,
            "deadline": format_instant(self.deadline),
            "until": time_data(self.until),
            "weight": self.weight,
            "corrections": [one.as_data() for one in self.corrections],
            "redacted": self.redacted,
        }


def statement_view(
    kind: str, options: Sequence[str], row: StatementRow, corrected: Iterable[CorrectionRow]
) -> StatementView:
    """A statement with the corrections of it among ``corrected``."""
    corrections = [
        CorrectionView(
            one.entry, one.recorded_at, worth(kind, options, one.probability, one.value),
            one.typed, bool(one.counts), one.reason, bool(one.redacted),
        )
        for one in corrected if one.forecast == row.entry
    ]  # fmt: skip
    return StatementView(
        entry=row.entry, forecaster=row.forecaster, made_at=row.made_at, recorded_at=row.recorded_at,
        stated=worth(kind, options, row.stated, row.stated_value, row.low, row.high),
        counted=worth(kind, options, row.probability, row.value, row.low, row.high),
        typed=row.typed, scale=row.scale, term=row.term, hedge=row.hedge, reason=row.reason, comment=row.comment,
        deadline=row.deadline, until=row.until, weight=row.weight / PARTS, timing=row.timing,
        corrections=corrections, redacted=bool(row.redacted),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """A forecaster stepping back."""

    entry: int
    forecaster: str | None
    at: Instant
    reason: str | None
    redacted: bool

    def as_data(self) -> Data:
        """For JSON."""
        return fields_data(self, ("entry", "forecaster", "reason", "redacted")) | {"at": format_instant(self.at)}


def withdrawal_view(row: WithdrawalRow) -> WithdrawalView:
    """A withdrawal."""
    return WithdrawalView(row.entry, row.forecaster, row.at, row.reason, bool(row.redacted))


@dataclass(frozen=True, slots=True)
class UnitView:
    """One forecaster on the question; ``coverage`` is the part of its scheduled life with a forecast, 0 to 1."""

    forecaster: str | None
    statements: int
    late: int
    first: int | None
    """The entry of the first on-time statement, ``None`` where all were late."""
    last: int | None
    coverage: float
    timing: str
    withdrawn: bool

    def as_data(self) -> Data:
        """For JSON."""
        return fields_data(self, ("forecaster", "statements", "late", "first", "last", "coverage", "withdrawn")) | {
            "class": self.timing
        }


def unit_view(row: ListedUnit) -> UnitView:
    """A unit."""
    return UnitView(
        row.forecaster, row.statements, row.late, row.first, row.entry, row.weight / PARTS, row.timing,
        bool(row.withdrawn),
    )  # fmt: skip
