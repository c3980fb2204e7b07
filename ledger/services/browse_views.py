"""Questions as lists, cards and programs see them. Instants are µs; ``as_data`` has them as RFC 3339."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.domain.instants import Instant, format_instant
from ledger.domain.kinds import Status
from ledger.services.worth import Worth

Data = dict[str, object]
REDACTED = "(redacted)"


def time_data(instant: Instant | None) -> str | None:
    """An instant for JSON."""
    return None if instant is None else format_instant(instant)


def fields_data(told: object, names: Iterable[str]) -> Data:
    """Fields that JSON takes as they are."""
    return {name: getattr(told, name) for name in names}


@dataclass(frozen=True, slots=True)
class SourceView:
    """A publication."""

    number: int
    author: str | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    archive: str | None

    @property
    def label(self) -> str:
        """The publication in one line."""
        told = (self.author, self.title, self.publisher, self.published, self.url)
        return ", ".join(word for word in told if word) or REDACTED

    def as_data(self) -> Data:
        """For JSON."""
        return fields_data(self, self.__slots__)


@dataclass(frozen=True, slots=True)
class ConditionView:
    """What a question needs: another one, its outcome, and how that one stands."""

    name: str
    number: int
    outcome: str
    status: Status

    def as_data(self) -> Data:
        """For JSON."""
        return {"question": self.name, "number": self.number, "outcome": self.outcome, "state": self.status.value}


@dataclass(frozen=True, slots=True)
class ForecastView:
    """The last on-time statement of a unit."""

    forecaster: str | None
    entry: int
    made_at: Instant
    worth: Worth
    scale: str | None
    term: str | None
    timing: str
    withdrawn: bool

    def as_data(self) -> Data:
        """For JSON."""
        about: Data = {"forecaster": self.forecaster, "entry": self.entry, "made_at": format_instant(self.made_at)}
        words = {"scale": self.scale, "term": self.term, "class": self.timing, "withdrawn": self.withdrawn}
        return about | self.worth.as_data() | words


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question in a list, with the latest forecast of it."""

    number: int
    key: str | None
    title: str | None
    kind: str
    status: Status
    deadline: Instant
    zone: str | None
    opened_at: Instant | None
    tags: Sequence[str]
    source: SourceView | None
    section: str | None
    deadline_from: str | None
    condition: ConditionView | None
    outcome: str | None
    known_at: Instant | None
    void_reason: str | None
    forecasters: int
    forecast: ForecastView | None
    redacted: bool

    @property
    def name(self) -> str:
        """How to name it: its key, or its number where that was redacted."""
        return self.key or f"#{self.number}"

    def as_data(self) -> Data:
        """For JSON."""
        return {
            "number": self.number, "key": self.key, "title": self.title, "kind": self.kind,
            "status": self.status.value, "deadline": format_instant(self.deadline), "zone": self.zone,
            "opened_at": time_data(self.opened_at), "tags": list(self.tags),
            "source": None if self.source is None else self.source.as_data(),
            "section": self.section, "deadline_from": self.deadline_from,
            "condition": None if self.condition is None else self.condition.as_data(),
            "outcome": self.outcome, "known_at": time_data(self.known_at), "void_reason": self.void_reason,
            "forecasters": self.forecasters,
            "forecast": None if self.forecast is None else self.forecast.as_data(),
            "redacted": self.redacted,
        }  # fmt: skip
