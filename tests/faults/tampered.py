"""A ledger with everything in it, and what an attacker who owns the file can do to it."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from running import Quick

EVERYTHING = (
    ("update", "rain", "70%", "--reason", "clouds", "--forecaster", "Zoe"),
    ("update", "rain", "--hedge", "might well", "--term", "likely", "--scale", "icd-203", "--forecaster", "Zoe"),
    ("update", "who", "--option", "Ann=30%", "--option", "Bo=70%"),
    ("correct", "rain", "7:93", "--reason", "typed 70 for 7", "--forecaster", "me"),
    ("correct", "many", "--quantile", "0.25=11", "--quantile", "0.5=12", "--quantile", "0.75=21", "--reason", "typo"),
    ("add", "Does it hold?", "1/3", "--by", "2026-07-01", "--made-at", "2026-05-20", "--tag", "bank", "--tag", "old",
     "--source", "https://example.org/article", "--comment", "a guess", "--criteria", "Yes if it holds.",
     "--key", "holds"),
    ("withdraw", "holds", "--reason", "no idea"),
    ("update", "holds", "--range", "20-40%"),
    ("resolve", "who", "Bo", "--known-at", "2026-05-31", "--evidence", "https://example.org/bo", "--note", "at last"),
    ("resolve", "how", "so so", "--known-at", "now"),
    ("resolve", "many", "13.5", "--known-at", "now"),
    ("resolve", "over", "0.25", "--supersede", "--note", "in part"),
    ("edit", "rain", "--deadline", "2027-02-01", "--criteria", "Yes if a drop falls.", "--reason", "put off"),
    ("edit", "holds", "--title", "Does the dam hold?", "--tag", "dam", "--if", "rain=yes", "--reason", "clearer"),
    ("void", "poland-commits-troops", "--reason", "ambiguous"),
    ("reopen", "poland-commits-troops", "--reason", "not so"),
    ("void", "scaled-back-mission", "--reason", "nobody said"),
    ("resolve", "no-mission-without-us", "yes", "--evidence", "https://example.org/mission"),
    ("add", "A secret", "60%", "--by", "2027-01-01", "--key", "secret", "--comment", "words"),
    ("redact", "secret", "--reason", "a name"),
    ("redact", "entry:56", "--reason", "a name"),
    ("update", "europe-cuts-losses", "90%", "--reason", "late"),
    ("snooze", "front-collapses", "--until", "2026-09-01", "--zone", "Europe/Kyiv", "--reason", "early"),
    ("again", "europe-cuts-losses", "--on", "2026-10-01", "--zone", "Europe/Kyiv", "--reason", "the summit is over"),
    ("again", "europe-cuts-losses", "--off", "--reason", "it is not"),
    ("rules", "--weekly", "mon@09:00", "--zone", "Europe/Kyiv"),
    ("remind",),
)  # fmt: skip
"""Commands after those of the ledger ``mixed``, so that there is every kind of entry, and every column has a value."""

Value = int | float | str | bytes | None


class Change(NamedTuple):
    """One value in one row of one column: which, and what the attacker puts there."""

    table: str
    column: str
    rowid: int
    before: Value
    after: Value

    def __str__(self) -> str:
        before, after = (repr(value)[:40] for value in (self.before, self.after))
        return f"{self.table}.{self.column} of row {self.rowid}: {before} → {after}"


@contextmanager
def unguarded(ledger: Path) -> Iterator[sqlite3.Connection]:
    """The ledger's database with its triggers dropped; what the block did is kept, and they are put back."""
    connection = sqlite3.connect(ledger, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    try:
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
    finally:
        connection.close()


def tables(ledger: Path) -> dict[str, list[str]]:
    """Every table that holds the journal or the book, and its columns."""
    connection = sqlite3.connect(ledger)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ? ORDER BY 1",
            ("alembic_version",),
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")').fetchall()] for (name,) in names
        }
    finally:
        connection.close()


def everything(quick: Quick) -> Quick:
    """Make ``quick``'s ledger, a copy of ``mixed``, one that has every kind of entry."""
    for command in EVERYTHING:
        quick(*command)
    return quick


def other(value: Value) -> Value:
    """A value that differs from ``value`` in one bit, byte or character; something where there was nothing."""
    if value is None:
        return 7
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, float):
        return math.nextafter(value, 2.0)
    if isinstance(value, bytes):
        return value[:5] + bytes([value[5] ^ 1]) + value[6:]
    place = len(value) // 2
    return value[:place] + ("x" if value[place] != "x" else "y") + value[place + 1 :]


def rows_of(ledger: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table with their ``rowid``."""
    connection = sqlite3.connect(ledger)
    connection.row_factory = sqlite3.Row
    try:
        key = "_rowid_ AS _rowid_"
        return [dict(row) for row in connection.execute(f'SELECT {key}, * FROM "{table}" ORDER BY _rowid_').fetchall()]
    finally:
        connection.close()


def change(connection: sqlite3.Connection, one: Change) -> None:
    """Do what the attacker does."""
    connection.execute(
        f'UPDATE "{one.table}" SET "{one.column}" = ? WHERE _rowid_ = ?',
        (one.after, one.rowid),
    )
