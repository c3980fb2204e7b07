"""Indexes of an empty table that is about to be filled: sorted once at the end, not kept sorted row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

from ledger.storage.driver import Driver
from ledger.storage.inserts import table_of

MANY = 50_000
"""Rows from which making an index afterwards is worth it."""


@contextmanager
def index_made_after(driver: Driver, model: type[SQLModel], rows: int) -> Iterator[None]:
    """Leave the table of ``model`` without its indexes while ``rows`` rows go in, if it is empty and they are many.

    On a server all indexes stay: whoever writes there need not own the tables.
    """
    table = table_of(model)
    if rows < MANY or driver.on_server or driver.one(f'SELECT 1 FROM "{table.name}"'):
        yield
        return
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    for index in indexes:
        driver.run(f'DROP INDEX "{index.name}"')
    yield
    for index in indexes:
        driver.run(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
