"""Plain SQL on a psycopg connection, with the values that SQLite gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count, islice
from typing import Any

from psycopg.errors import QueryCanceled

from ledger.storage.driver import Driver, Row
from ledger.storage.postgresql.connection import Connection
from ledger.storage.postgresql.dialect import first_only, spoken

FEW = 100
"""Rows up to which they are inserted one by one; more are copied in one stream."""
_INSERT = re.compile(r"INSERT INTO (\S+ \([^)]*\)) VALUES \([?, ]*\)\s*").fullmatch


class ServerDriver(Driver):
    """A server's connection inside somebody else's transaction; reads block by block through cursors of its own."""

    on_server = True

    def __init__(self, connection: Connection) -> None:
        """Wrap ``connection``."""
        super().__init__(connection)
        self._numbers = count(1)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._execute(spoken(sql), values)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row; inserts of many rows go in one stream."""
        remaining = iter(rows)
        first = list(islice(remaining, FEW + 1))
        into = _INSERT(sql)
        with self.connection.cursor() as cursor:
            if into is None or len(first) <= FEW:
                cursor.executemany(spoken(sql), chain(first, remaining))
                return
            with cursor.copy(f"COPY {into[1]} FROM STDIN") as copy:
                for row in chain(first, remaining):
                    copy.write_row(row)

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        rows: list[Row] = self._execute(spoken(sql), values).fetchall()
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, if any."""
        row: Row | None = self._execute(spoken(first_only(sql)), values).fetchone()
        return row

    def blocks(self, sql: str, values: Sequence[Any] = (), *, size: int = 5000) -> Iterator[list[Row]]:
        """The rows of a query, in blocks of ``size``; what is not read to its end ends with the transaction."""
        name = f"block_{next(self._numbers)}"
        self._execute(f"DECLARE {name} NO SCROLL CURSOR FOR {spoken(sql)}", values, prepare=False)
        fetch = f"FETCH FORWARD {size} FROM {name}"
        while block := self._execute(fetch, prepare=False).fetchall():
            yield block
            if len(block) < size:
                break
        self._execute(f"CLOSE {name}", prepare=False)

    def _execute(self, sql: str, values: Sequence[Any] = (), *, prepare: bool | None = None) -> Any:
        # No text of a ledger holds a NUL, and a server refuses one even to compare with.
        told = [value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in values]
        return self.connection.execute(sql, told, prepare=prepare)

    def heed(self, asked: Callable[[], bool] | None, steps: int) -> None:
        """Ask again and again while the server works, and interrupt it once the answer is yes; ``None`` ends that."""
        self.connection.asked = asked

    def was_interrupted(self, problem: BaseException) -> bool:
        """Whether ``problem`` is what an interrupted query raises; the server's own limit raises the same."""
        return isinstance(problem, QueryCanceled) and bool(self.connection.stopped)

    def without_case(self, expression: str) -> str:
        """``expression`` to be ordered by with the ASCII letters of either case alike, as in the collation ``C``."""
        return f"LOWER({expression})"

    def tables(self) -> set[str]:
        """The names of the tables in the schema that is in use."""
        return {name for (name,) in self.all(f"SELECT relname::text FROM pg_class WHERE {_OURS}")}

    def has(self, table: str) -> bool:
        """Whether a table is there."""
        return self.one(f"SELECT 1 FROM pg_class WHERE {_OURS} AND relname = ?", (table,)) is not None

    def triggers(self) -> dict[str, str]:
        """The triggers of the journal by name: when each fires, whether it is on, and what its function does."""
        return dict(self.all(_TRIGGERS))

    def data_version(self) -> int:
        """What differs after the book was told again: who wrote the first question's row."""
        row = self.one("SELECT xmin::text::bigint FROM question ORDER BY id")
        return int(row[0]) if row else 0

    def why_read_only(self) -> str | None:
        """Why the server takes no writing from this role, where it would refuse it."""
        standby, read_only, granted = self.one(_WRITABLE) or (0, "off", 1)
        if standby:
            return "the server is a standby; name the one that takes writes"
        if read_only == "on":
            return "the database is read-only (default_transaction_read_only)"
        return None if granted else "this role may not insert; ask the database's owner for what the README names"

    def surroundings(self) -> Iterator[tuple[str, bool, str]]:
        """What the server says of itself: what was looked at, whether it is well, and how it is."""
        version, encoding, fsync, pages, ssl, local = self.one(_SURROUNDINGS) or ("", "", "off", "off", 0, 0)
        yield "PostgreSQL", encoding == "UTF8", f"{version}, encoding {encoding}"
        off = " and ".join(name for name, value in (("fsync", fsync), ("full_page_writes", pages)) if value != "on")
        yield (
            "durability",
            not off,
            f"{off} is off: a power cut may lose the ledger" if off else "commits reach the disk",
        )
        how = (
            "encrypted" if ssl else "on this computer" if local else "neither encrypted nor local: add ?sslmode=require"
        )
        yield "connection", bool(ssl or local), how
        refused = self.why_read_only()
        yield "writable", refused is None, refused or "yes"

    def damage(self, limit: int) -> list[str]:
        """Nothing: a server looks after its files, and what it cannot read it refuses."""
        return []


_OURS = (
    "relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = (SELECT oid FROM pg_namespace "
    "WHERE nspname = current_schema())"
)
_WRITABLE = """SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only'),
    has_table_privilege('entry', 'INSERT') AND has_table_privilege('question', 'INSERT')"""
_SURROUNDINGS = """
    SELECT current_setting('server_version'), current_setting('server_encoding'), current_setting('fsync'),
        current_setting('full_page_writes'),
        COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
        COALESCE(inet_server_addr() = inet_client_addr(), true)"""
_TRIGGERS = f"""
    SELECT t.tgname::text, concat(t.tgtype, ' ', t.tgenabled, ' ', p.prosrc)
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class ON pg_class.oid = t.tgrelid
    WHERE {_OURS} AND relname IN ('entry', 'entry_text') AND NOT t.tgisinternal AND t.tgqual IS NULL"""
