"""Publications that questions come from."""

from __future__ import annotations

from typing import NamedTuple

from ledger.storage.driver import Driver

_COLUMNS = "id, entry, author, title, publisher, published, url, archive"


class SourceRow(NamedTuple):
    """A publication; its words are ``None`` where they are not known, and after a redaction."""

    id: int
    entry: int
    author: str | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    archive: str | None


def sources(driver: Driver) -> dict[int, SourceRow]:
    """All publications by number."""
    rows = map(SourceRow._make, driver.stream(f"SELECT {_COLUMNS} FROM source ORDER BY id"))
    return {row.id: row for row in rows}


def source(driver: Driver, number: int) -> SourceRow | None:
    """One publication."""
    row = driver.one(f"SELECT {_COLUMNS} FROM source WHERE id = ?", (number,))
    return None if row is None else SourceRow._make(row)
