"""Plain SQL on the driver's own connection, with ``?`` for a value on either engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Row = tuple[Any, ...]


class Driver:
    """A DB-API connection inside somebody else's transaction: it neither begins nor commits one."""

    def __init__(self, connection: Any, *, mark: str = "?") -> None:
        """Wrap ``connection``; ``mark`` is how its driver writes a value in SQL."""
        self.connection = connection
        self._mark = mark

    def _sql(self, sql: str) -> str:
        return sql if self._mark == "?" else sql.replace("?", self._mark)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self.connection.execute(self._sql(sql), values)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        cursor = self.connection.cursor()
        cursor.executemany(self._sql(sql), rows)
        cursor.close()

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        rows: list[Row] = self.connection.execute(self._sql(sql), values).fetchall()
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, if any."""
        row: Row | None = self.connection.execute(self._sql(sql), values).fetchone()
        return row

    def stream(self, sql: str, values: Sequence[Any] = (), *, size: int = 5000) -> Iterator[Row]:
        """The rows of a query, fetched in blocks of ``size``."""
        for block in self.blocks(sql, values, size=size):
            yield from block

    def blocks(self, sql: str, values: Sequence[Any] = (), *, size: int = 5000) -> Iterator[list[Row]]:
        """The rows of a query, in blocks of ``size``."""
        cursor = self.connection.execute(self._sql(sql), values)
        while block := cursor.fetchmany(size):
            yield block
