"""One pass of ``verify``: the journal against its own chain, and the book that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from ledger.domain.instants import format_instant
from ledger.domain.probability import Probability, shortest_decimal
from ledger.journal.checkpoint import Checkpoint, Witness
from ledger.journal.entry import Sealed
from ledger.journal.verify import ChainVerdict, check_chain
from ledger.services.importing import plain_facts
from ledger.services.progressing import Pace
from ledger.storage.book import UNTOLD, differences, scratch
from ledger.storage.cancelling import heeding
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import stray_texts, stream_entries
from ledger.storage.projection import Projection

Counter = Callable[[int], None]
BLOCK = 5000


class Verified(NamedTuple):
    """What one pass over the journal found."""

    chain: ChainVerdict
    findings: list[str]
    notes: list[str]
    checkpoint: str | None
    """The line to keep outside, where nothing was found."""


def verify_record(driver: Driver, known: Checkpoint | None, pace: Pace, limit: int) -> Verified:
    """Recompute the chain, hold it against a checkpoint, and tell the book anew beside the stored one, in one pass."""
    witness, telling = Witness([known] if known else []), Telling(driver)
    try:
        with heeding(telling.book, pace.beat):
            entries = telling.watch(witness.watch(counted(stream_entries(driver), pace.count)))
            chain = check_chain(entries, hints=partial(hints_from_book, driver), limit=limit)
            found = [f"journal: {finding}" for finding in chain.findings]
            if chain.more:
                found.append(f"journal: {chain.more} more findings")
            found += [f"checkpoint: {finding}" for finding in witness.findings()]
            found += [
                f"journal: entry {seq}: text stands where there is no entry" for seq in stray_texts(driver, limit)
            ]
            checkpoint = str(witness.checkpoint()) if chain.size and not found else None
            different, untold = telling.differences(driver, limit)
    finally:
        telling.close()
    if untold is not None:
        said = f"the book cannot be told from the journal: {untold}"
        return Verified(chain, found or [said], [said] if found else [], None)
    return Verified(chain, found + different, [], None if different else checkpoint)


class Telling:
    """Tells a book in a scratch store from the entries that pass by, until one is too damaged for it."""

    def __init__(self, journal: Driver) -> None:
        """Begin with an empty book."""
        self.book = scratch()
        """Where it is told."""
        self._projection = Projection(self.book, journal=journal, keep=True)
        self._block: list[Sealed] = []
        self._untold: Exception | None = None
        """Without its traceback, whose frames would keep queries half read, and a lock."""

    def watch(self, rows: Iterator[Sealed]) -> Iterator[Sealed]:
        """The same rows, each told on its way."""
        for row in rows:
            self._block.append(row)
            if len(self._block) == BLOCK:
                self._tell()
            yield row
        self._tell()

    def _tell(self) -> None:
        if self._untold is None:
            try:
                self._projection.apply(self._block)
            except UNTOLD as problem:
                self._untold = problem.with_traceback(None)
        self._block = []

    def differences(self, stored: Driver, limit: int) -> tuple[list[str], Exception | None]:
        """Where the stored book differs, and why no book could be told, if none could."""
        if self._untold is None:
            try:
                self._projection.settle()
                found = list(islice(differences(stored, self.book, self._projection.kept), limit + 1))
                more = ["book: there are more differences"] if len(found) > limit else []
                return found[:limit] + more, None
            except UNTOLD as problem:
                self._untold = problem.with_traceback(None)
        return [], self._untold

    def close(self) -> None:
        """Drop the scratch store."""
        self.book.connection.close()


def counted(entries: Iterator[Sealed], counter: Counter) -> Iterator[Sealed]:
    """``entries``, telling ``counter`` of every block that went by."""
    passed = 0
    for entry in entries:
        yield entry
        passed += 1
        if passed == BLOCK:
            counter(passed)
            passed = 0
    counter(passed)


def hints_from_book(driver: Driver, seq: int) -> Mapping[str, Any]:
    """What the book holds of an entry that is damaged: when it was recorded, and a plain statement's facts."""
    for table in ("forecast", "question", "resolution", "edit", "correction"):
        row = driver.one(f"SELECT recorded_at FROM {table} WHERE entry = ?", (seq,))
        if row is not None:
            hints = {"recorded_at": row[0]}
            return hints | _plain_statement(driver, seq) if table == "forecast" else hints
    return {}


def _plain_statement(driver: Driver, seq: int) -> dict[str, Any]:
    row = driver.one(
        "SELECT forecaster_id, made_at, stated, typed, question_id FROM forecast "
        "WHERE entry = ? AND stated IS NOT NULL",
        (seq,),
    )
    if row is None:
        return {}
    who, made_at, stated, typed, question = row
    said = Probability(stated, shortest_decimal(stated), typed)
    return {"facts": plain_facts(who, format_instant(made_at), said, question)}
