"""Rows gathered until they are worth a call of the driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.storage.driver import Driver

SIZE = 5000


class Batch:
    """Inserts by statement, in the order in which statements first came, and the questions they touch."""

    def __init__(self, driver: Driver, journal: Driver, drop_texts: Callable[[list[int]], None]) -> None:
        """Gather for the book in ``driver``; ``journal`` is where entries are read again after a redaction."""
        self.driver = driver
        self.journal = journal
        self.drop_texts = drop_texts
        self.touched: set[int] = set()
        self.worded: set[int] = set()
        """Questions that are new, whose words no sieve has yet."""
        self.reworded: set[int] = set()
        """Questions whose words changed."""
        self._rows: dict[str, list[tuple[Any, ...]]] = {}

    def add(self, sql: str, row: tuple[Any, ...]) -> None:
        """Gather one row for the insert ``sql``."""
        rows = self._rows.setdefault(sql, [])
        rows.append(row)
        if len(rows) >= SIZE:
            self.driver.many(sql, rows)
            rows.clear()

    def flush(self) -> None:
        """Write what was gathered."""
        for sql, rows in self._rows.items():
            if rows:
                self.driver.many(sql, rows)
                rows.clear()
