"""What a reading command may be narrowed to; the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.domain.instants import Instant, format_instant
from ledger.domain.kinds import Status, TimingClass


@dataclass(frozen=True, slots=True)
class Filters:
    """Each field narrows; several values of one field are alternatives. Times bound the deadline, both included."""

    status: tuple[Status, ...] = ()
    tags: tuple[str, ...] = ()
    forecasters: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: Instant | None = None
    until: Instant | None = None
    classes: tuple[TimingClass, ...] = ()
    search: str | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out at all."""
        return self != Filters()

    def as_data(self) -> dict[str, object]:
        """The filters that are set, for JSON."""
        told: dict[str, object] = {
            "status": [one.value for one in self.status],
            "tag": list(self.tags),
            "forecaster": list(self.forecasters),
            "source": list(self.sources),
            "since": None if self.since is None else format_instant(self.since),
            "until": None if self.until is None else format_instant(self.until),
            "class": [one.value for one in self.classes],
            "search": self.search,
        }
        return {name: value for name, value in told.items() if value}
