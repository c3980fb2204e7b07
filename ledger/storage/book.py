"""The book on its own: emptied and told again from the journal, laid out in a scratch store, compared."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import chain, islice, zip_longest
from operator import itemgetter

from sqlmodel import SQLModel

from ledger.journal.entry import Sealed
from ledger.storage.driver import Driver, Row
from ledger.storage.inserts import columns_of, key_of, table_of
from ledger.storage.journal_rows import stream_entries
from ledger.storage.projection import Projection
from ledger.storage.schema import DERIVED, has_table
from ledger.storage.tables import BOOK, Forecast

BLOCK = 5000
UNTOLD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, sqlite3.Error)
"""What telling a book from a damaged journal may raise."""
Progress = Callable[[int], None]


def scratch() -> Driver:
    """An empty book in a private temporary store that goes away with its connection."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    connection = sqlite3.connect("", isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-32000")
    dialect = sqlite.dialect()
    for model in BOOK:
        table = table_of(model)
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in table.indexes:
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    connection.execute("BEGIN")
    return Driver(connection)


def tell_book(entries: Iterable[Sealed], into: Driver, journal: Driver, progress: Progress | None = None) -> None:
    """Write the book that follows from ``entries`` into the empty tables of ``into``."""
    projection = Projection(into, journal=journal)
    pending = iter(entries)
    while block := list(islice(pending, BLOCK)):
        projection.apply(block)
        if progress:
            progress(len(block))
    projection.settle()


def empty_book(driver: Driver) -> None:
    """Delete all rows of the book."""
    for model in BOOK:
        driver.run(f'DELETE FROM "{table_of(model).name}"')


def rebuild(driver: Driver, progress: Progress | None = None) -> None:
    """Tell the whole book again from the journal of the same store."""
    empty_book(driver)
    tell_book(stream_entries(driver), driver, driver, progress)


def differences(stored: Driver, told: Driver, kept: Iterable[Row] = ()) -> Iterator[str]:
    """What differs between the stored book and the one told from the journal, a line each.

    A table that the store's schema version does not have yet is empty.
    ``kept`` are rows of the forecast table, by entry, that the telling kept instead of writing them.
    """
    for model in BOOK:
        if has_table(stored, name := str(table_of(model).name)):
            yield from _table_differences(model, stored, told, kept if model is Forecast else ())
        elif name not in DERIVED and told.one(f'SELECT 1 FROM "{name}"'):
            yield f"book: the table {name} is missing; the journal has rows for it"


def _table_differences(model: type[SQLModel], stored: Driver, told: Driver, kept: Iterable[Row]) -> Iterator[str]:
    names, key = columns_of(model), key_of(model)
    table = table_of(model).name
    order = ", ".join(f'"{name}"' for name in key)
    listed = ", ".join(f'"{name}"' for name in names)
    width = [names.index(name) for name in key]
    sql = f'SELECT {listed} FROM "{table}" ORDER BY {order}'
    merged = heapq.merge(told.stream(sql), kept, key=itemgetter(0)) if kept else told.stream(sql)
    for left, right in _unlike(stored.blocks(sql, size=BLOCK), _blocks(merged)):
        for have, want in _paired(left, right, width):
            if have != want:
                yield _difference(table, names, width, have, want)


def _blocks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while block := list(islice(rows, BLOCK)):
        yield block


def _unlike(left: Iterator[list[Row]], right: Iterator[list[Row]]) -> Iterator[tuple[Iterator[Row], Iterator[Row]]]:
    """What is left of two streams from the first block in which they differ; nothing where they never do."""
    nothing: list[Row] = []
    for have, want in zip_longest(left, right, fillvalue=nothing):
        if have != want:
            yield chain(have, chain.from_iterable(left)), chain(want, chain.from_iterable(right))
            return


def _paired(left: Iterator[Row], right: Iterator[Row], width: list[int]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of two sorted streams by key, ``None`` where one lacks what the other has."""

    def key(row: Row) -> tuple[tuple[str, object], ...]:
        return tuple((type(row[at]).__name__, row[at]) for at in width)

    have, want = next(left, None), next(right, None)
    while have is not None or want is not None:
        if have is not None and (want is None or (have != want and key(have) < key(want))):
            yield have, None
            have = next(left, None)
        elif want is not None and (have is None or (have != want and key(want) < key(have))):
            yield None, want
            want = next(right, None)
        else:
            yield have, want
            have, want = next(left, None), next(right, None)


def _difference(table: str, names: tuple[str, ...], width: list[int], have: Row | None, want: Row | None) -> str:
    row = want if have is None else have
    assert row is not None
    place = f"book: {table} {', '.join(f'{names[at]} {row[at]}' for at in width)}"
    if "entry" in names and names.index("entry") not in width:
        place += f" (entry {row[names.index('entry')]})"
    if have is None:
        return f"{place}: the row is missing; the journal has it"
    if want is None:
        return f"{place}: no entry of the journal made this row"
    fields = [
        f"{name} is {_shown(old)}, the journal says {_shown(new)}"
        for name, old, new in zip(names, have, want, strict=True)
        if old != new
    ]
    return f"{place}: {'; '.join(fields)}"


def _shown(value: object) -> str:
    """A stored value as a finding shows it: bytes by their digest, as nobody reads a thousand of them."""
    return f"bytes with SHA-256 {sha256(value).hexdigest()}" if isinstance(value, bytes) else repr(value)
