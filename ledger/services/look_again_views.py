"""The days to look at a question again, as its card and what is due show them. Instants are µs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant, format_instant
from ledger.services.browse_views import Data, fields_data, time_data
from ledger.storage.driver import Driver
from ledger.storage.reading.reminding import DayRow, to_look_at


@dataclass(frozen=True, slots=True)
class DayView:
    """A day to look at the question again, or with ``takes_back`` the end of one."""

    entry: int
    recorded_at: Instant
    at: Instant | None
    takes_back: int | None
    """The entry that set the day."""
    zone: str | None
    reason: str | None
    stands: bool
    """Whether it is a day that was not taken back, nor the question settled since."""
    redacted: bool

    def as_data(self) -> Data:
        """For JSON."""
        times: Data = {"recorded_at": format_instant(self.recorded_at), "at": time_data(self.at)}
        return fields_data(self, ("entry", "takes_back", "zone", "reason", "stands", "redacted")) | times


def day_views(rows: Sequence[DayRow]) -> list[DayView]:
    """All that set a day for a question, or took one back."""
    return [
        DayView(
            row.entry, row.recorded_at, row.at, row.takes_back, row.zone, row.reason, bool(row.stands),
            bool(row.redacted),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """An unsettled question with a day that was set to look at it again; its words are raw."""

    number: int
    key: str | None
    title: str | None
    at: Instant
    zone: str | None

    def as_data(self) -> Data:
        """For JSON."""
        return fields_data(self, ("number", "key", "title", "zone")) | {"at": format_instant(self.at)}


def days_to_look_at(driver: Driver, filters: Filters, now: Instant, until: Instant) -> list[ToLookAt]:
    """The days up to ``until`` to look at questions again that ``filters`` leave, where no forecast was made since."""
    return [ToLookAt(*row) for row in to_look_at(driver, filters, now, until)]
