"""The one write path: a lock, a transaction, entries sealed onto the journal, the book brought along.

What a block appended is all there when it ends, or nothing of it is.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection

from ledger import clock
from ledger.domain.instants import format_instant, from_datetime
from ledger.journal.chain import Sealer, next_recorded_at
from ledger.journal.entry import Draft, Sealed
from ledger.storage.driver import Driver
from ledger.storage.engine import driver_of, writing
from ledger.storage.journal_rows import last_of, write_entries
from ledger.storage.location import Place
from ledger.storage.locking import writer_lock
from ledger.storage.projection import Projection
from ledger.storage.schema import HEAD, stored_revision
from ledger.storage.server import Server
from ledger.storage.sqlite import create_private, recognise, refuse_foreign

BLOCK = 5000


@contextmanager
def unhurried_collector() -> Iterator[None]:
    """Let the cycle collector rest while millions of rows pass by, which make no cycles."""
    thresholds = gc.get_threshold()
    gc.set_threshold(500_000, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


class Transaction:
    """One command's writing. ``recorded_at`` is the time of all its entries, never before the entry ahead."""

    fresh = False
    """Whether the ledger was made by this command."""

    def __init__(self, driver: Driver, now: int) -> None:
        """Go on from the journal's end."""
        seq, head, last = last_of(driver)
        self.driver = driver
        self.recorded_at, self.clock_regressed = next_recorded_at(now, last)
        self._sealer = Sealer(head, seq, uuid4().hex, self.recorded_at)
        self._projection = Projection(driver, drop_texts=self._drop_texts)

    @property
    def last_seq(self) -> int:
        """The number of the last entry so far."""
        return self._sealer.seq

    def append(self, drafts: Iterable[Draft]) -> list[int]:
        """Record ``drafts`` and bring the book along; the numbers of their entries."""
        first = self._sealer.seq + 1
        self.stream(drafts)
        return list(range(first, self._sealer.seq + 1))

    def stream(self, drafts: Iterable[Draft], progress: Callable[[int], None] | None = None) -> None:
        """Record any number of drafts in blocks, telling ``progress`` how many each block had."""
        self.adopt(self._sealer.seal_all(drafts), progress)

    def adopt(self, entries: Iterable[Sealed], progress: Callable[[int], None] | None = None) -> None:
        """Write entries that are sealed already: those of ``stream``, or another copy of this journal."""
        pending = iter(entries)
        with unhurried_collector():
            while block := list(islice(pending, BLOCK)):
                write_entries(self.driver, block)
                self._projection.apply(block)
                if progress:
                    progress(len(block))
            self._projection.settle()

    def _drop_texts(self, numbers: list[int]) -> None:
        self.driver.many("DELETE FROM entry_text WHERE seq = ?", [(seq,) for seq in numbers])


@contextmanager
def transaction(place: Place, purpose: str, tell: Callable[[str], None] = print) -> Iterator[Transaction]:
    """Write to the ledger at ``place``; ``purpose`` is told to others who wait for it, through their ``tell``.

    Raises ``LostError`` where a server lost the work and it may be done again.
    """
    if isinstance(place, Server):
        with _on_server(place, purpose, tell) as work:
            yield work
        return
    refuse_foreign(place)
    with writer_lock(place, purpose, tell), writing(place) as connection:
        driver = driver_of(connection)
        recognise(driver, place, for_writing=True)
        _upgrade_if_due(connection, driver)
        yield _begun(driver, tell)


@contextmanager
def creation(place: Place, purpose: str, tell: Callable[[str], None] = print) -> Iterator[Transaction]:
    """Make a ledger at ``place``, or go on with the one that is there; a failure leaves nothing that was not there."""
    if isinstance(place, Server):
        with _on_server(place, purpose, tell, making=True) as work:
            yield work
        return
    fresh = _created(place)
    if not fresh and place.is_file() and not place.stat().st_size:
        place.chmod(0o600)
    elif not fresh:
        refuse_foreign(place)
    try:
        with writer_lock(place, purpose, tell), writing(place) as connection:
            driver = driver_of(connection)
            if driver.one("SELECT 1 FROM sqlite_master"):
                recognise(driver, place, for_writing=True)
            _upgrade_if_due(connection, driver)
            work = _begun(driver, tell)
            work.fresh = fresh
            yield work
    except BaseException:
        if fresh:
            place.unlink(missing_ok=True)
        raise


@contextmanager
def _on_server(
    server: Server, purpose: str, tell: Callable[[str], None], *, making: bool = False
) -> Iterator[Transaction]:
    from ledger.storage.postgresql.writing import writing as writing_there

    with writing_there(server, purpose, tell, making=making) as (driver, fresh):
        work = _begun(driver, tell)
        work.fresh = fresh
        yield work


def _created(path: Path) -> bool:
    """Whether the file was not there and is now; of two that make it at once, one did."""
    if path.exists():
        return False
    try:
        create_private(path)
    except FileExistsError:
        return False
    return True


def _begun(driver: Driver, tell: Callable[[str], None]) -> Transaction:
    """A transaction with the time of its entries; a clock that stands before the last entry is told."""
    now = from_datetime(clock.now())
    work = Transaction(driver, now)
    if work.clock_regressed:
        pinned = format_instant(work.recorded_at)
        tell(f"the clock stands at {format_instant(now)}, before the last entry: recorded as of {pinned}")
    return work


def _upgrade_if_due(connection: Connection, driver: Driver) -> None:
    if stored_revision(driver) != HEAD:
        from ledger.storage.migrate import upgrade

        upgrade(connection)
