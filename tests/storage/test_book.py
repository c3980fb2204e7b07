"""The book told anew from the journal, and what differs from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from ledger.storage import book
from ledger.storage.book import differences, empty_book, rebuild, scratch, tell_book
from ledger.storage.driver import Driver
from ledger.storage.inserts import table_of
from ledger.storage.journal_rows import stream_entries
from ledger.storage.tables import BOOK


def found(raw: sqlite3.Connection) -> list[str]:
    stored, told = Driver(raw), scratch()
    tell_book(stream_entries(stored), told, stored)
    said = list(differences(stored, told))
    told.connection.close()
    return said


def tables(raw: sqlite3.Connection) -> Iterator[tuple[str, list[object]]]:
    for model in BOOK:
        name = table_of(model).name
        yield name, raw.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()


def test_an_untouched_book_is_what_the_journal_says(raw: sqlite3.Connection) -> None:
    assert found(raw) == []


def test_a_book_told_again_is_the_same(raw: sqlite3.Connection) -> None:
    before = dict(tables(raw))
    empty_book(Driver(raw))
    assert {name: rows for name, rows in tables(raw) if rows} == {}
    heard: list[int] = []
    rebuild(Driver(raw), heard.append)
    assert dict(tables(raw)) == before
    assert heard == [11]


def test_a_book_told_in_small_blocks_is_the_same(raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(tables(raw))
    monkeypatch.setattr(book, "BLOCK", 2)
    monkeypatch.setattr("ledger.storage.projection.batch.SIZE", 1)
    rebuild(Driver(raw))
    assert dict(tables(raw)) == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE forecast SET probability = 0.9, term = 'likely' WHERE entry = 4",
            ["book: forecast entry 4: term is 'likely', the journal says None; probability is 0.9, the journal says"],
        ),
        (
            "DELETE FROM question_tag WHERE tag = 'wet'",
            ["book: question_tag question_id 1, position 1: the row is missing; the journal has it"],
        ),
        (
            "INSERT INTO question_tag VALUES (1, 2, 'cold')",
            ["book: question_tag question_id 1, position 2: no entry of the journal made this row"],
        ),
        (
            "INSERT INTO question_tag VALUES (0, 0, 'cold')",
            ["book: question_tag question_id 0, position 0: no entry of the journal made this row"],
        ),
        (
            "DELETE FROM question WHERE id = 1",
            ["book: question id 1 (entry 3): the row is missing; the journal has it"],
        ),
        (
            "UPDATE question SET id = 7 WHERE id = 1",
            [
                "book: question id 1 (entry 3): the row is missing; the journal has it",
                "book: question id 7 (entry 3): no entry of the journal made this row",
            ],
        ),
        (
            "UPDATE unit SET weight = weight + 1",
            ["book: unit question_id 1, forecaster_id 1: weight is"],
        ),
        (
            "UPDATE correction SET counts = 'one'",
            ["book: correction entry 6: counts is 'one', the journal says 1"],
        ),
        ("UPDATE question SET state = 'void' WHERE id = 1", ["book: question id 1 (entry 3): state is 'void'"]),
        ("UPDATE redaction SET entry = 10", ["book: redaction redacted 5 (entry 10): entry is 10, the journal"]),
        (
            "UPDATE question_tag SET position = 'x' WHERE position = 1",
            [
                "book: question_tag question_id 1, position 1: the row is missing",
                "book: question_tag question_id 1, position x: no entry of the journal made this row",
            ],
        ),
    ],
)
def test_every_difference_is_named(raw: sqlite3.Connection, sql: str, said: list[str]) -> None:
    raw.execute(sql)
    lines = found(raw)
    assert len(lines) == len(said)
    for line, begins in zip(lines, said, strict=True):
        assert line.startswith(begins)
        assert "\n" not in line


def test_every_field_of_every_row_counts(raw: sqlite3.Connection) -> None:
    """Each value in turn is changed; each change is found in its table."""
    for model in BOOK:
        table = table_of(model)
        for column in table.columns:
            if column.primary_key or not raw.execute(f'SELECT 1 FROM "{table.name}"').fetchone():
                continue
            raw.execute("BEGIN")
            other = "x'00'" if column.name != "key_digest" else "'00'"
            key = next(iter(table.primary_key.columns)).name
            first = f'(SELECT MIN("{key}") FROM "{table.name}")'
            raw.execute(f'UPDATE "{table.name}" SET "{column.name}" = {other} WHERE "{key}" = {first}')
            assert any(column.name in line and f"book: {table.name} " in line for line in found(raw)), column
            raw.execute("ROLLBACK")
