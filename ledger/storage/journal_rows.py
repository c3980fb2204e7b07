"""The journal's two tables, read and written as sealed entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ledger.journal.chain import GENESIS
from ledger.journal.entry import Sealed
from ledger.storage.driver import Driver, Row

_COLUMNS = "entry.seq, command, position, kind, recorded_at, facts, commitment, head, salt, text"
_FROM = f"SELECT {_COLUMNS} FROM entry LEFT JOIN entry_text ON entry_text.seq = entry.seq"


@lru_cache(maxsize=64)
def command_text(command: bytes) -> str:
    """A command's id as text: 32 hexadecimal digits."""
    return command.hex()


def sealed(row: Row) -> Sealed:
    """A row of the journal as an entry."""
    seq, command, *rest = row
    return Sealed(seq, command_text(command) if isinstance(command, bytes) else str(command), *rest)


def stream_entries(driver: Driver, *, until: int | None = None, after: int = 0) -> Iterator[Sealed]:
    """All entries in order, or those after one and up to another."""
    limit = 2**62 if until is None else until
    sql = f"{_FROM} WHERE entry.seq > ? AND entry.seq <= ? ORDER BY entry.seq"
    return map(sealed, driver.stream(sql, (after, limit)))


def read_entries(driver: Driver, numbers: Iterable[int]) -> Iterator[Sealed]:
    """The entries with these numbers, in the order given; those that are not there are passed over."""
    for seq in numbers:
        row = driver.one(f"{_FROM} WHERE entry.seq = ?", (seq,))
        if row is not None:
            yield sealed(row)


def stray_texts(driver: Driver, limit: int) -> list[int]:
    """The numbers under which a text stands, but no entry."""
    sql = "SELECT seq FROM entry_text WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.seq = entry_text.seq) LIMIT ?"
    return [seq for (seq,) in driver.all(sql, (limit,))]


def last_of(driver: Driver) -> tuple[int, bytes, int | None]:
    """The last entry's number, head and time; 0, the genesis head and ``None`` for an empty journal."""
    row = driver.one("SELECT seq, head, recorded_at FROM entry ORDER BY seq DESC LIMIT 1")
    return (0, GENESIS, None) if row is None else (row[0], bytes(row[1]), row[2])


def write_entries(driver: Driver, entries: Sequence[Sealed]) -> None:
    """Append sealed entries and their texts."""
    ids = {command: bytes.fromhex(command) for command in {entry.command for entry in entries}}
    driver.many(
        "INSERT INTO entry (seq, command, position, kind, recorded_at, facts, commitment, head) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(seq, ids[command], *rest) for seq, command, *rest, _, _ in entries],
    )
    texts = [(entry.seq, entry.salt, entry.text) for entry in entries if entry.text is not None]
    if texts:
        driver.many("INSERT INTO entry_text (seq, salt, text) VALUES (?, ?, ?)", texts)
