"""Opening the ledger for reading: as it is, or as it was after an earlier entry or at an earlier time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ledger import clock
from ledger.domain.instants import Instant, from_datetime
from ledger.errors import NotFoundError
from ledger.storage.access import reading
from ledger.storage.driver import Driver
from ledger.storage.location import Location

_ENTRY = re.compile(r"#?([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Book:
    """An open book, the journal it was told from, and the clock that goes with it (µs)."""

    driver: Driver
    journal: Driver
    now: Instant
    last_entry: int


@contextmanager
def opened(location: Location, as_of: str | None = None, zone: str | None = None) -> Iterator[Book]:
    """Read the ledger; with ``as_of`` (an entry's number, or a time) only what was there by then.

    The book as it was is told anew from the journal, with the clock of that moment.
    """
    with reading(location.place) as driver:
        row = driver.one("SELECT MAX(seq) FROM entry")
        last = (row[0] if row else None) or 0
        if as_of is None:
            yield Book(driver, driver, from_datetime(clock.now()), last)
        else:
            until, now = _moment(driver, as_of, last, zone)
            yield Book(_told_until(driver, until), driver, now, until)


def _moment(driver: Driver, as_of: str, last: int, zone: str | None) -> tuple[int, Instant]:
    if match := _ENTRY.fullmatch(as_of.strip()):
        row = driver.one("SELECT recorded_at FROM entry WHERE seq = ?", (int(match[1]),))
        if row is None:
            raise NotFoundError(f"--as-of {as_of}: the journal has no such entry; its entries go from 1 to {last}")
        return int(match[1]), row[0]
    from ledger.services.times import read_time

    moment = read_time(as_of, "--as-of", zone).instant
    row = driver.one("SELECT MAX(seq) FROM entry WHERE recorded_at <= ?", (moment,))
    return (row[0] if row else None) or 0, moment


def _told_until(driver: Driver, until: int) -> Driver:
    from ledger.storage.book import scratch, tell_book
    from ledger.storage.journal_rows import stream_entries

    told = scratch()
    tell_book(stream_entries(driver, until=until), told, driver)
    return told
