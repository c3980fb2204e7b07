"""The schema: models, migrations and the numbers compiled in say the same; the journal only grows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ledger.data_files import data_directory
from ledger.storage.book import scratch
from ledger.storage.driver import Driver
from ledger.storage.inserts import columns_of, insert, key_of, table_of
from ledger.storage.migrate import upgrade
from ledger.storage.schema import (
    APPLICATION_ID,
    GUARDS,
    HEAD,
    REVISIONS,
    has_table,
    is_newer,
    missing_guards,
    stored_revision,
)
from ledger.storage.tables import BOOK, JOURNAL, Question, QuestionTag


def test_the_models_are_what_the_migrations_make() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        (marked,) = connection.exec_driver_sql("PRAGMA application_id").one()
    assert marked == APPLICATION_ID == int.from_bytes(b"FLDG")
    engine.dispose()


def test_every_table_is_journal_or_book() -> None:
    assert {table_of(model).name for model in (*JOURNAL, *BOOK)} == set(SQLModel.metadata.tables)


def test_the_revisions_compiled_in_are_those_shipped_in_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(data_directory() / "migrations"))
    shipped = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(shipped)) == REVISIONS
    assert REVISIONS[-1] == HEAD


def test_a_schema_that_is_not_known_is_a_later_one() -> None:
    assert [is_newer(one) for one in (*REVISIONS, "9999", "")] == [False] * len(REVISIONS) + [True, True]


def test_an_upgrade_that_was_made_is_not_made_again(told: Path) -> None:
    engine = create_engine(f"sqlite:///{told}")
    with engine.begin() as connection:
        upgrade(connection)
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM entry").scalar() == 11
    engine.dispose()


def test_a_ledger_is_never_downgraded(ledger: Path) -> None:
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(data_directory() / "migrations"))
    engine = create_engine(f"sqlite:///{ledger}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        with pytest.raises(RuntimeError, match="a ledger is never downgraded: open it with the version that wrote it"):
            command.downgrade(config, "base")
    engine.dispose()


def test_the_scratch_book_has_the_tables_of_the_ledger(ledger: Path) -> None:
    connection = sqlite3.connect(ledger)
    stored, made = Driver(connection), scratch()
    for model in BOOK:
        name = table_of(model).name
        for about in ("table_info", "index_list"):
            shown = [stored.all(f"PRAGMA {about}({name})"), made.all(f"PRAGMA {about}({name})")]
            assert sorted(row[1:3] for row in shown[0]) == sorted(row[1:3] for row in shown[1])
    connection.close()
    made.connection.close()


def test_the_guards_are_the_triggers(raw: sqlite3.Connection) -> None:
    names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert names == set(GUARDS)
    driver = Driver(raw)
    assert missing_guards(driver) == []
    raw.execute("DROP TRIGGER entry_delete")
    raw.execute("DROP TRIGGER entry_text_insert")
    assert missing_guards(driver) == ["entry_delete", "entry_text_insert"]


def test_the_stored_revision_is_read_where_there_is_one(raw: sqlite3.Connection) -> None:
    driver = Driver(raw)
    assert stored_revision(driver) == HEAD
    raw.execute("DELETE FROM alembic_version")
    assert stored_revision(driver) is None
    raw.execute("DROP TABLE alembic_version")
    assert stored_revision(driver) is None


ENTRY = "(seq, command, position, kind, recorded_at, facts, head)"
ROW = "x'00', 0, 'void', 0, '{}', x'00')"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE entry SET facts = '{}' WHERE seq = 4", "an entry is never changed"),
        ("UPDATE entry SET seq = 40 WHERE seq = 4", "an entry is never changed"),
        ("DELETE FROM entry WHERE seq = 11", "an entry is never deleted"),
        ("DELETE FROM entry", "an entry is never deleted"),
        (f"INSERT OR REPLACE INTO entry {ENTRY} VALUES (4, {ROW}", "an entry takes the next number"),
        (f"REPLACE INTO entry {ENTRY} VALUES (11, {ROW}", "an entry takes the next number"),
        (f"INSERT INTO entry {ENTRY} VALUES (13, {ROW}", "an entry takes the next number"),
        (f"INSERT INTO entry {ENTRY} VALUES (0, {ROW}", "an entry takes the next number"),
        (f"INSERT OR IGNORE INTO entry {ENTRY} VALUES (5, {ROW}", "an entry takes the next number"),
        (
            f"INSERT INTO entry {ENTRY} VALUES (4, {ROW} ON CONFLICT (seq) DO UPDATE SET facts = '{{}}'",
            "an entry takes the next number",
        ),
        ("UPDATE OR REPLACE entry SET seq = 5 WHERE seq = 4", "an entry is never changed"),
        ("UPDATE entry_text SET text = '{}' WHERE seq = 1", "a text is never changed"),
        ("INSERT OR REPLACE INTO entry_text VALUES (1, x'00', '{}')", "a text is never replaced"),
        ("DELETE FROM entry_text WHERE seq = 1", "a text is dropped only by a redaction"),
        ("DELETE FROM entry_text", "a text is dropped only by a redaction"),
    ],
)
def test_the_journal_only_grows(raw: sqlite3.Connection, sql: str, said: str) -> None:
    before = list(raw.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match=said):
        raw.execute(sql)
    assert list(raw.iterdump()) == before


def test_the_next_entry_is_let_in(raw: sqlite3.Connection) -> None:
    raw.execute(f"INSERT INTO entry {ENTRY} VALUES (12, {ROW}")
    assert raw.execute("SELECT MAX(seq) FROM entry").fetchone() == (12,)


def test_inserts_are_made_from_the_tables_columns() -> None:
    assert insert(QuestionTag) == 'INSERT INTO "question_tag" ("question_id", "position", "tag") VALUES (?, ?, ?)'
    assert insert(Question, "id", "entry") == 'INSERT INTO "question" ("id", "entry") VALUES (?, ?)'
    with pytest.raises(KeyError):
        insert(Question, "no_such_column")
    assert columns_of(QuestionTag) == ("question_id", "position", "tag")
    assert key_of(QuestionTag) == ("question_id", "position")


def test_an_older_schema_is_brought_up_to_what_a_new_ledger_has(tmp_path: Path, ledger: Path) -> None:
    """Step by step from the first version, each as its migration made it."""
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(data_directory() / "migrations"))
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    for revision in REVISIONS:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            driver = Driver(connection.connection.driver_connection)
            assert stored_revision(driver) == revision
            made = {name for (name,) in driver.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
            assert all(has_table(driver, name) == (name in made) for name in map(str, SQLModel.metadata.tables))
    engine.dispose()
    shown = []
    for one in (path, ledger):
        with closing(sqlite3.connect(one)) as raw:
            shown.append(raw.execute(schema).fetchall())
    assert shown[0] == shown[1]
