"""The journal of a ledger, out and in: the lossless copy."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from ledger import clock
from ledger.domain.instants import format_instant, from_datetime
from ledger.errors import FileInputError, InputError, RefusedError
from ledger.formats.journal_lines import read_journal
from ledger.journal.entry import Sealed
from ledger.journal.sense import Sense
from ledger.services.progressing import Pace, Progress
from ledger.storage.access import reading
from ledger.storage.attempts import repeated
from ledger.storage.cancelling import heeding
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import stream_entries
from ledger.storage.location import Location
from ledger.storage.projection.facts import read_plain

Tell = Callable[[str], None]
TOLD_EVERY = 500
"""Entries read between two tellings of how far it is."""
Told = tuple[list[str], list[str], None, list[int], dict[str, object]]


@repeated
def import_journal(
    location: Location, path: Path, *, dry_run: bool, tell: Tell, progress: Progress | None
) -> Told:  # fmt: skip
    """Bring in a journal: entries that are there are compared, those that follow are added as they are, chain and all.

    Raises ``RefusedError`` where the file and the ledger have different histories.
    """
    pace = Pace(progress, path.stat().st_size)
    with reading(location.place) as driver, heeding(driver, pace.beat):
        size, fresh = _checked(driver, path, pace)
    if not dry_run and fresh:
        from ledger.storage.writing import transaction

        with transaction(location.place, f"import of {path.name}", tell) as work, heeding(work.driver, pace.beat):
            pace.begin(fresh)
            work.adopt(_following(work.driver, path), pace.count)
    would = "would add" if dry_run else "added"
    said = [f"{path.name}: {would} {fresh:,} of its {size:,} entries"]
    return said, [], None, [], {"dry_run": dry_run, "entries": fresh, "already_there": size - fresh}


def _checked(driver: Driver, path: Path, pace: Pace) -> tuple[int, int]:
    """How many entries the file has, and how many of them the ledger lacks."""
    size = 0
    row = driver.one("SELECT COUNT(*) FROM entry")
    there = int(row[0]) if row else 0
    judge = _Judge(path.name, there)
    for entry in _compared(driver, path, keep=False, tell=pace.reach):
        size += 1
        judge.take(entry)
    judge.finish_command()
    return size, max(0, size - there)


class _Judge:
    """Holds a file's entries against each other; those that the ledger has are believed."""

    def __init__(self, file: str, there: int) -> None:
        self._file, self._there, self._command = file, there, ""
        self._sense, self._now = Sense(), from_datetime(clock.now())

    def take(self, entry: Sealed) -> None:
        """Raise ``FileInputError``, with the line, at an entry that contradicts others or comes from the future."""
        if entry.command != self._command:
            self.finish_command()
            self._command = entry.command
        try:
            self._take(entry)
        except InputError as problem:
            self._refuse(problem)

    def finish_command(self) -> None:
        """The same for what can only be said when a command's last entry is known."""
        try:
            self._sense.finish_command()
        except InputError as problem:
            self._refuse(problem)

    def _take(self, entry: Sealed) -> None:
        plain = read_plain(entry)
        if plain is not None:
            question, forecaster, made_at, _, _ = plain
            self._sense.take_plain(entry.seq, question, forecaster, made_at, entry.recorded_at)
        else:
            text = None if entry.text is None else json.loads(entry.text)
            self._sense.take(entry.seq, entry.kind, json.loads(entry.facts), text, entry.recorded_at)
        if entry.recorded_at > self._now:
            at, now = format_instant(entry.recorded_at), format_instant(self._now)
            raise InputError(f"recorded at {at}, and it is {now} now: set the clock that is wrong")

    def _refuse(self, problem: InputError) -> None:
        if self._sense.at > self._there:
            raise FileInputError(str(problem), file=self._file, line=self._sense.at) from problem


def _following(driver: Driver, path: Path) -> Iterator[Sealed]:
    """The file's entries after the last that the ledger has."""
    return _compared(driver, path, keep=True)


def _compared(driver: Driver, path: Path, *, keep: bool, tell: Callable[[int], None] | None = None) -> Iterator[Sealed]:
    """The file's entries (with ``keep`` only those the ledger lacks), the common ones held against the ledger's."""
    there = stream_entries(driver)
    for entry in _entries(path, tell):
        own = next(there, None)
        if own is not None and (own.head != entry.head):
            raise RefusedError(
                f"{path.name}, line {entry.seq}: entry {entry.seq} is not the ledger's: these are two histories; "
                "import it into a new ledger (forecast --ledger NEW init)"
            )
        if own is None or not keep:
            yield entry


def _entries(path: Path, tell: Callable[[int], None] | None) -> Iterator[Sealed]:
    """All entries of a file; ``tell`` hears how many of its bytes were read."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            for entry in read_journal(stream, path.name):
                yield entry
                if tell and entry.seq % TOLD_EVERY == 0:
                    tell(raw.tell())
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise InputError(f"{path.name} is cut short or damaged ({problem}); get it whole") from problem
