"""Plain SQL on the driver's own connection, with ``?`` for a value on either engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Row = tuple[Any, ...]


class Driver:
    """A SQLite connection inside somebody else's transaction: it neither begins nor commits one.

    ``postgresql.driver`` has the same for a server; what the two engines say differently is a method here.
    """

    on_server = False

    def __init__(self, connection: Any) -> None:
        """Wrap ``connection``."""
        self.connection = connection

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self.connection.execute(sql, values)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        cursor = self.connection.cursor()
        cursor.executemany(sql, rows)
        cursor.close()

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        rows: list[Row] = self.connection.execute(sql, values).fetchall()
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, if any."""
        row: Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def stream(self, sql: str, values: Sequence[Any] = (), *, size: int = 5000) -> Iterator[Row]:
        """The rows of a query, fetched in blocks of ``size``."""
        for block in self.blocks(sql, values, size=size):
            yield from block

    def blocks(self, sql: str, values: Sequence[Any] = (), *, size: int = 5000) -> Iterator[list[Row]]:
        """The rows of a query, in blocks of ``size``."""
        cursor = self.connection.execute(sql, values)
        while block := cursor.fetchmany(size):
            yield block

    def heed(self, asked: Callable[[], bool] | None, steps: int) -> None:
        """Ask again and again while the store works, and interrupt it once the answer is yes; ``None`` ends that.

        ``steps`` of SQLite's machine lie between two askings.
        """
        self.connection.set_progress_handler(asked, steps)

    def was_interrupted(self, problem: BaseException) -> bool:
        """Whether ``problem`` is what an interrupted query raises."""
        return isinstance(problem, sqlite3.OperationalError) and str(problem) == "interrupted"

    def without_case(self, expression: str) -> str:
        """``expression`` to be ordered by with the ASCII letters of either case alike."""
        return f"{expression} COLLATE NOCASE"

    def tables(self) -> set[str]:
        """The names of the tables that are there."""
        return {name for (name,) in self.all("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def has(self, table: str) -> bool:
        """Whether a table is there."""
        return self.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)) is not None

    def triggers(self) -> dict[str, str]:
        """The triggers that are there, by name, each as it was made."""
        return dict(self.all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))

    def data_version(self) -> int:
        """What differs after others wrote; to be compared on one connection only."""
        row = self.one("PRAGMA data_version")
        return int(row[0]) if row else 0

    def why_read_only(self) -> str | None:
        """Why the store takes no writing, as far as it says so itself; of a file its mode tells more."""
        return None

    def surroundings(self) -> Iterator[tuple[str, bool, str]]:
        """What a server says of itself: what was looked at, whether it is well, and how it is."""
        yield from ()

    def damage(self, limit: int) -> list[str]:
        """What the engine itself finds wrong with how the store is kept, a line each."""
        found = [str(line) for (line,) in self.all(f"PRAGMA integrity_check({limit})")]
        return [] if found == ["ok"] else found
