"""Whoever changes the record behind the program's back is found, entry and field by name."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from running import Quick, Surroundings
from samples import MIXED, SEED
from tampered import EVERYTHING, Change, change, everything, other, rows_of, tables, unguarded

from ledger.errors import StoreError
from ledger.journal.entry import KINDS
from ledger.services.maintain import verify
from ledger.storage.location import Location
from ledger.storage.tables import BOOK, JOURNAL

JOURNAL_TABLES = ("entry", "entry_text")
BOOK_TABLES = tuple(str(model.__tablename__) for model in BOOK)
KEYS = {
    "question_option": ("question_id", "position"), "question_tag": ("question_id", "position"),
    "unit": ("question_id", "forecaster_id"), "redaction": ("redacted",), "announced": ("entry", "place"),
    **dict.fromkeys(("forecaster", "source", "question"), ("id",)), "entry_text": ("seq",), "entry": ("seq",),
    "question_sieve": ("part",),
}  # fmt: skip
"""The primary keys that are not ``entry``."""


@pytest.fixture(scope="module")
def whole(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with everything in it, which is never changed."""
    folder = tmp_path_factory.mktemp("whole")
    quick = Quick(Surroundings(folder, folder / "ledger.db"))
    shutil.copy(templates["mixed"], quick.ledger)
    return everything(quick).ledger


@pytest.fixture
def ledger(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, for the attacker."""
    return Path(shutil.copy(whole, tmp_path / "ledger.db"))


def findings(ledger: Path) -> list[str]:
    return verify(Location(ledger)).findings


def key_of(table: str) -> tuple[str, ...]:
    return KEYS.get(table, ("entry",))


def test_an_untouched_ledger_verifies(whole: Path, ledger: Path, quick: Quick) -> None:
    assert quick.ledger == ledger
    assert b"the record verifies" in quick("verify", status=0).out
    found = rows_of(whole, "entry")
    assert {row["kind"] for row in found} == set(KINDS)
    assert {row["kind"] for row in rows_of(whole, "question")} == {"binary", "choice", "ordered", "numeric"}
    assert set(tables(whole)) == {*JOURNAL_TABLES, *BOOK_TABLES}
    assert set(tables(whole)) == {str(model.__tablename__) for model in (*JOURNAL, *BOOK)}


def test_verify_exits_3_and_says_what_was_changed(ledger: Path, quick: Quick) -> None:
    with unguarded(ledger) as connection:
        connection.execute("""UPDATE entry SET facts = replace(facts, '"p":"0.9"', '"p":"0.1"') WHERE seq = 81""")
        connection.execute("UPDATE forecast SET probability = 0.1, stated = 0.1 WHERE entry = 81")
    answer = quick("verify", status=3)
    assert re.search(r"^journal: entry 81: facts .*0\.1.*0\.9", answer.text, re.MULTILINE)
    assert "does not verify" in answer.text
    told = quick("verify", "--json", status=3).json()
    assert (told["ok"], told["entries"], told["checkpoint"]) == (False, 86, None)


def changes_of(ledger: Path, table: str, column: str, random: Random) -> Iterator[Change]:
    """One row where the column has a value, and one where it has none."""
    rows = rows_of(ledger, table)
    for has_value in (True, False):
        fitting = [row for row in rows if (row[column] is not None) is has_value]
        if fitting:
            row = random.choice(fitting)
            after = other(row[column])
            if column in key_of(table):
                after = max(row[column] for row in rows) + 7
            yield Change(table, column, row["_rowid_"], row[column], after)


@pytest.mark.parametrize("table", BOOK_TABLES)
def test_every_column_of_the_book_is_watched(whole: Path, tmp_path: Path, table: str) -> None:
    for column in tables(whole)[table]:
        for one in changes_of(whole, table, column, Random(column)):
            ledger = Path(shutil.copy(whole, tmp_path / "ledger.db"))
            (row,) = [row for row in rows_of(whole, table) if row["_rowid_"] == one.rowid]
            with unguarded(ledger) as connection:
                change(connection, one)
            at = ", ".join(f"{name} {row[name]}" for name in key_of(table))
            found = [line for line in findings(ledger) if line.startswith(f"book: {table} {at}")]
            assert found, str(one)
            assert f"{column} " in found[0], (str(one), found)
            if "entry" in row and column not in key_of(table):
                assert re.search(rf"\bentry {row['entry']}\b|\bentry is ", found[0]), found


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_the_journal_is_watched_for_every_kind_of_entry(whole: Path, tmp_path: Path, kind: str) -> None:
    last = [row for row in rows_of(whole, "entry") if row["kind"] == kind][-1]
    texts = {row["seq"]: row for row in rows_of(whole, "entry_text")}
    places = [("entry", column, last) for column in tables(whole)["entry"]]
    if last["seq"] in texts:
        places += [("entry_text", column, texts[last["seq"]]) for column in tables(whole)["entry_text"]]
    for table, column, row in places:
        seq = row["seq"]
        after = 4711 if column == "seq" else other(row[column]) if row[column] is not None else bytes(32)
        ledger = Path(shutil.copy(whole, tmp_path / "ledger.db"))
        with unguarded(ledger) as connection:
            change(connection, Change(table, column, seq, row[column], after))
        found = [line for line in findings(ledger) if re.match(rf"journal: entry {seq}\b", line)]
        assert found, (table, column, seq, findings(ledger))
        named = {"seq": "seq|missing|swapped"}.get(column, column)
        assert re.search(named if table == "entry" else "text|salt", " ".join(found)), (column, found)


@pytest.mark.parametrize("column", ["command", "kind", "facts", "commitment", "head", "recorded_at", "position"])
def test_another_type_in_a_column_of_the_journal_is_named(whole: Path, tmp_path: Path, column: str) -> None:
    for after in (b"\xff\xfe", "x", 2.5, -1):
        ledger = Path(shutil.copy(whole, tmp_path / "ledger.db"))
        with unguarded(ledger) as connection:
            change(connection, Change("entry", column, 30, None, after))
        assert any(re.match(rf"journal: entry 30: .*{column}", line) for line in findings(ledger)), (column, after)


TEXTS = [
    *(("entry", name) for name in ("kind", "facts")), ("entry_text", "text"), ("question", "title"),
    ("question_tag", "tag"), ("forecast", "timing"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), TEXTS)
def test_a_byte_that_makes_text_unreadable_is_named(ledger: Path, quick: Quick, table: str, column: str) -> None:
    """The highest bit of a letter flipped: no longer UTF-8, which the driver cannot even hand over."""
    row = rows_of(ledger, table)[9]
    octets = row[column].encode()
    with unguarded(ledger) as connection:
        spoilt = octets[:3] + bytes([octets[3] | 0x80]) + octets[4:]
        sql = f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE _rowid_ = ?'
        connection.execute(sql, (spoilt, row["_rowid_"]))
    answer = quick("verify", status=3)
    at = rf"journal: entry {row['seq']}: {column}" if table in JOURNAL_TABLES else f"book: {table} .*{column} is"
    assert re.search(rf"^{at}", answer.text, re.MULTILINE), answer.text
    for reading in (("list",), ("score", "--json"), ("export",), ("journal",)):
        assert "Traceback" not in quick(*reading, status=None).err


@pytest.mark.parametrize("table", [*JOURNAL_TABLES, *BOOK_TABLES])
def test_a_deleted_row_is_missed(whole: Path, tmp_path: Path, table: str) -> None:
    rows = rows_of(whole, table)
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        ledger = Path(shutil.copy(whole, tmp_path / "ledger.db"))
        with unguarded(ledger) as connection:
            connection.execute(f'DELETE FROM "{table}" WHERE _rowid_ = ?', (row["_rowid_"],))
        found = findings(ledger)
        if table in BOOK_TABLES:
            at = ", ".join(f"{name} {row[name]}" for name in key_of(table))
            assert any(line.startswith(f"book: {table} {at}") and "missing" in line for line in found), found
        elif row["seq"] == rows[-1]["seq"] and table == "entry":
            assert any("no entry of the journal made this row" in line for line in found), found
        else:
            assert any(re.match(rf"journal: entry {row['seq']}\b.*missing", line) for line in found), found


@pytest.mark.parametrize("table", [*JOURNAL_TABLES, *BOOK_TABLES])
def test_an_inserted_row_is_seen(whole: Path, tmp_path: Path, table: str) -> None:
    columns, rows = tables(whole)[table], rows_of(whole, table)
    ledger = Path(shutil.copy(whole, tmp_path / "ledger.db"))
    key = key_of(table)[-1]
    new = {**rows[-1], key: max(row[key] for row in rows) + 1}
    if "key_digest" in new:
        new["key_digest"] = "0" * 64
    with unguarded(ledger) as connection:
        listed = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        connection.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', [new[column] for column in columns])
    found = findings(ledger)
    if table in BOOK_TABLES:
        at = ", ".join(f"{name} {new[name]}" for name in key_of(table))
        assert any(line.startswith(f"book: {table} {at}") and "no entry" in line for line in found), found
    else:
        assert any(re.match(rf"journal: entry {new['seq']}\b", line) for line in found), found


def swap(connection: sqlite3.Connection, table: str, column: str, one: int, two: int) -> None:
    """Exchange the values of a column between two rows, by way of a number that none has."""
    (first,), (second,) = (
        connection.execute(f'SELECT "{column}" FROM "{table}" WHERE _rowid_ = ?', (row,)).fetchone()
        for row in (one, two)
    )
    steps = ((one, -1), (two, first), (-1 if column == "seq" else one, second))
    for row, value in steps:
        connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE _rowid_ = ?', (value, row))


FAR = (pytest.param(44, 57, marks=pytest.mark.slow), pytest.param(8, 59, marks=pytest.mark.slow))


@pytest.mark.parametrize(("one", "two"), [(4, 5), (6, 30), (80, 81), *FAR])
@pytest.mark.parametrize("with_texts", [False, True])
def test_two_swapped_entries_are_named(ledger: Path, one: int, two: int, with_texts: bool) -> None:
    texts = {row["seq"] for row in rows_of(ledger, "entry_text")}
    with unguarded(ledger) as connection:
        swap(connection, "entry", "seq", one, two)
        if with_texts and {one, two} <= texts:
            swap(connection, "entry_text", "seq", one, two)
    found = [line for line in findings(ledger) if line.startswith("journal:")]
    assert any(re.search(rf"\bentry ({one}|{two})\b", line) for line in found), found


@pytest.mark.parametrize("column", ["facts", "head", "commitment", "kind", "command"])
def test_two_swapped_columns_of_the_journal_are_named(ledger: Path, column: str) -> None:
    with unguarded(ledger) as connection:
        swap(connection, "entry", column, 7, 60)
    found = [line for line in findings(ledger) if line.startswith("journal:")]
    for seq in (7, 60):
        assert any(re.match(rf"journal: entry {seq}: .*{column}", line) for line in found), found


def test_two_swapped_forecasts_of_the_book_are_named(ledger: Path) -> None:
    with unguarded(ledger) as connection:
        swap(connection, "forecast", "probability", 18, 20)
    for seq in (18, 20):
        assert any(re.match(rf"book: forecast entry {seq}: probability is", line) for line in findings(ledger))


FORBIDDEN = (
    "UPDATE entry SET kind = 'void' WHERE seq = 3",
    "UPDATE entry SET seq = 4711 WHERE seq = 81",
    "DELETE FROM entry WHERE seq = 81",
    "DELETE FROM entry",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 5",
    "REPLACE INTO entry SELECT 5, command, position, kind, recorded_at, facts, commitment, head FROM entry LIMIT 1",
    "INSERT INTO entry SELECT 90, command, position, kind, recorded_at, facts, commitment, head FROM entry LIMIT 1",
    "INSERT INTO entry SELECT * FROM entry WHERE seq = 5 ON CONFLICT DO UPDATE SET kind = 'void'",
    "UPDATE OR REPLACE entry SET seq = 5 WHERE seq = 6",
    "UPDATE entry_text SET text = '{}' WHERE seq = 3",
    "DELETE FROM entry_text WHERE seq = 3",
    "INSERT OR REPLACE INTO entry_text SELECT seq, salt, '{}' FROM entry_text WHERE seq = 3",
    "INSERT INTO entry_text SELECT * FROM entry_text WHERE seq = 3 ON CONFLICT DO UPDATE SET text = '{}'",
)


@pytest.mark.parametrize("sql", FORBIDDEN)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_the_journal_only_grows(ledger: Path, whole: Path, sql: str, recursive: str) -> None:
    connection = sqlite3.connect(ledger, isolation_level=None)
    try:
        connection.execute(f"PRAGMA recursive_triggers={recursive}")
        with pytest.raises(sqlite3.IntegrityError, match=r"journal only grows|only by a redaction"):
            connection.execute(sql)
    finally:
        connection.close()
    assert rows_of(ledger, "entry") == rows_of(whole, "entry")
    assert rows_of(ledger, "entry_text") == rows_of(whole, "entry_text")


def test_a_missing_guard_is_named(ledger: Path, quick: Quick) -> None:
    with unguarded(ledger):
        pass
    assert findings(ledger) == []
    connection = sqlite3.connect(ledger)
    connection.execute("DROP TRIGGER entry_delete")
    connection.close()
    assert "entry_delete" in quick("verify", status=3).text


def test_a_guard_that_guards_nothing_is_named(ledger: Path) -> None:
    connection = sqlite3.connect(ledger)
    connection.execute("DROP TRIGGER entry_update")
    connection.execute("CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    connection.close()
    assert any("entry_update" in line for line in findings(ledger))


def test_a_cut_tail_shows_only_against_a_checkpoint(article: Quick) -> None:
    """The file of an earlier day is a cut tail with its book: nothing in it can tell."""
    earlier = article.ledger.read_bytes()
    before = article("verify", "--json").json()["checkpoint"]
    article("resolve", "1", "no")
    later = article("verify", "--json").json()
    article("verify", "--checkpoint", before)
    article("verify", "--checkpoint", later["checkpoint"])
    article.ledger.write_bytes(earlier)
    answer = article("verify")
    assert "cut tail" in answer.err
    answer = article("verify", "--checkpoint", later["checkpoint"], status=3)
    assert "entry 42 is missing" in answer.text
    assert "the journal ends at entry 41" in answer.text


def test_a_rewritten_history_shows_only_against_a_checkpoint(empty: Quick, tmp_path: Path) -> None:
    for name, said in (("honest.db", "90%"), ("rewritten.db", "10%")):
        quick = empty.on(tmp_path / name)
        quick("init", "--seed", SEED)
        quick("update", "europe-cuts-losses", said)
        quick("resolve", "europe-cuts-losses", "no")
    kept = empty.on(tmp_path / "honest.db")("verify", "--json").json()["checkpoint"]
    quick("verify")
    assert re.search(r"checkpoint: entry \d+: head", quick("verify", "--checkpoint", kept, status=3).text)


def test_a_rebuild_from_a_sound_journal_mends_the_book_byte_for_byte(ledger: Path, whole: Path, quick: Quick) -> None:
    with unguarded(ledger) as connection:
        for table in BOOK_TABLES:
            for column in tables(ledger)[table]:
                if column not in (*key_of(table), "key_digest"):
                    connection.execute(f'UPDATE "{table}" SET "{column}" = 9')
        connection.execute("DELETE FROM question_tag")
    quick("verify", status=3)
    quick("rebuild")
    quick("verify")
    for table in (*JOURNAL_TABLES, *BOOK_TABLES):
        columns = tables(whole)[table]
        key = [columns.index(name) for name in key_of(table)]
        found, wanted = (
            sorted(
                ([row[name] for name in columns] for row in rows_of(path, table)), key=lambda row: [row[k] for k in key]
            )
            for path in (ledger, whole)
        )
        assert found == wanted, table


def test_no_book_is_told_from_a_journal_that_does_not_verify(ledger: Path, quick: Quick) -> None:
    with unguarded(ledger) as connection:
        connection.execute("UPDATE entry SET kind = 'void' WHERE seq = 74")
    before = ledger.read_bytes()
    answer = quick("rebuild", status=3)
    assert "entry 74" in answer.err
    assert ledger.read_bytes() == before


def contents(ledger: Path) -> object:
    """All that the tables hold, or why that cannot be read."""
    try:
        return [rows_of(ledger, table) for table in tables(ledger)]
    except sqlite3.Error as problem:
        return str(problem)


@pytest.mark.parametrize("flips", [20, pytest.param(500, marks=pytest.mark.slow)])
def test_a_flipped_bit_in_the_file_never_passes_as_another_record(whole: Path, tmp_path: Path, flips: int) -> None:
    """Anywhere in the file; bytes that hold nothing may be anything."""
    octets, wanted, random = whole.read_bytes(), contents(whole), Random(flips)
    for _ in range(flips):
        place, bit = random.randrange(100, len(octets)), 1 << random.randrange(8)
        ledger = tmp_path / "ledger.db"
        ledger.write_bytes(octets[:place] + bytes([octets[place] ^ bit]) + octets[place + 1 :])
        try:
            verdict = verify(Location(ledger))
        except StoreError:
            continue
        assert not verdict.ok or contents(ledger) == wanted, f"byte {place}, bit {bit}"


def test_every_kind_of_change_was_made() -> None:
    """The ledger with everything has every command that records."""
    commands = {command[0] for command in (*MIXED, *EVERYTHING)}
    assert commands == {
        *("add", "update", "withdraw", "correct", "resolve", "void", "reopen", "edit", "snooze", "redact"),
        *("again", "rules", "remind"),
    }
