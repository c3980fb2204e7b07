"""The journal of a ledger, out and in: the lossless copy."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from ledger.errors import InputError, RefusedError
from ledger.formats.journal_lines import read_journal
from ledger.journal.entry import Sealed
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import stream_entries
from ledger.storage.location import Location
from ledger.storage.sqlite import reading

Tell = Callable[[str], None]
Progress = Callable[[int, int], None]
Told = tuple[list[str], list[str], None, list[int], dict[str, object]]


def import_journal(
    location: Location, path: Path, *, dry_run: bool, tell: Tell, progress: Progress | None
) -> Told:  # fmt: skip
    """Bring in a journal: entries that are there are compared, those that follow are added as they are, chain and all.

    Raises ``RefusedError`` where the file and the ledger have different histories.
    """
    with reading(location.path) as driver:
        size, fresh = _checked(driver, path)
    if not dry_run and fresh:
        from ledger.storage.writing import transaction

        with transaction(location.path, f"import of {path.name}", tell) as work:
            done = 0

            def told(count: int) -> None:
                nonlocal done
                done += count
                if progress:
                    progress(done, fresh)

            work.adopt(_following(work.driver, path), told)
    would = "would add" if dry_run else "added"
    said = [f"{path.name}: {would} {fresh:,} of its {size:,} entries"]
    return said, [], None, [], {"dry_run": dry_run, "entries": fresh, "already_there": size - fresh}


def _checked(driver: Driver, path: Path) -> tuple[int, int]:
    """How many entries the file has, and how many of them the ledger lacks."""
    size = 0
    row = driver.one("SELECT COUNT(*) FROM entry")
    there = int(row[0]) if row else 0
    for _ in _compared(driver, path, keep=False):
        size += 1
    return size, max(0, size - there)


def _following(driver: Driver, path: Path) -> Iterator[Sealed]:
    """The file's entries after the last that the ledger has."""
    return _compared(driver, path, keep=True)


def _compared(driver: Driver, path: Path, *, keep: bool) -> Iterator[Sealed]:
    """The file's entries (with ``keep`` only those the ledger lacks), the common ones held against the ledger's."""
    there = stream_entries(driver)
    for entry in _entries(path):
        own = next(there, None)
        if own is not None and (own.head != entry.head):
            raise RefusedError(
                f"{path.name}, line {entry.seq}: entry {entry.seq} is not the ledger's: these are two histories; "
                "import it into a new ledger (forecast --ledger NEW init)"
            )
        if own is None or not keep:
            yield entry


def _entries(path: Path) -> Iterator[Sealed]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            yield from read_journal(stream, path.name)
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise InputError(f"{path.name} is cut short or damaged ({problem}); get it whole") from problem
