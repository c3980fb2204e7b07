"""Entries of the journal a page at a time, and what the book knows of those that they name."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from ledger.journal.entry import Sealed
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import sealed
from ledger.storage.reading.narrowing import marks

_PAGE = """SELECT entry.seq, command, position, kind, recorded_at, facts, commitment, head, salt, text
    FROM entry LEFT JOIN entry_text ON entry_text.seq = entry.seq WHERE entry.seq IN ({marks})"""


def last_entry(driver: Driver) -> int:
    """The number of the last entry; 0 for an empty journal."""
    row = driver.one("SELECT MAX(seq) FROM entry")
    return int(row[0] or 0) if row else 0


def entries_among(driver: Driver, numbers: Sequence[int]) -> dict[int, Sealed]:
    """Some entries by number; those that are not there are left out."""
    sql = _PAGE.format(marks=marks(numbers))
    return {row[0]: sealed(row) for row in driver.all(sql, numbers)}


def entries_of_kind(driver: Driver, kind: str) -> array[int]:
    """The numbers of all entries of one kind, in order."""
    found = array("q")
    for block in driver.blocks("SELECT seq FROM entry WHERE kind = ? ORDER BY seq", (kind,)):
        found.extend([number for (number,) in block])
    return found


def head_after(driver: Driver, number: int) -> object:
    """The chain's head after an entry, bytes unless it was damaged; ``None`` where there is no such entry."""
    row = driver.one("SELECT head FROM entry WHERE seq = ?", (number,))
    return None if row is None else row[0]


def names_among(driver: Driver, forecasters: Sequence[int]) -> dict[int, str | None]:
    """The names of some forecasters; ``None`` where one was redacted."""
    return dict(driver.all(f"SELECT id, name FROM forecaster WHERE id IN ({marks(forecasters)})", forecasters))


def forecasts_among(driver: Driver, entries: Sequence[int]) -> dict[int, int]:
    """The questions that some forecasts speak of, by the forecast's entry."""
    return dict(driver.all(f"SELECT entry, question_id FROM forecast WHERE entry IN ({marks(entries)})", entries))


def title_of(driver: Driver, question: int) -> str | None:
    """A question's title as it reads now; ``None`` where it was redacted or there is no such question."""
    row = driver.one("SELECT title FROM question WHERE id = ?", (question,))
    return None if row is None else row[0]
