"""Files that are a ledger, that are not, and how they are opened."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import StoreError
from ledger.journal.entry import Draft
from ledger.storage import sqlite
from ledger.storage.engine import driver_of, writing
from ledger.storage.schema import HEAD
from ledger.storage.sqlite import create_private, has_sound_wal, open_reading, plain, reading, settle_in
from ledger.storage.writing import creation, transaction

NAMED = Draft.of("forecaster", {"forecaster": 1}, {"name": "Ada"})


def refusal(path: Path) -> str:
    """What reading and writing both say."""
    said = []
    for opening in (reading(path), transaction(path, "test")):
        with pytest.raises(StoreError) as problem, opening:
            pass
        said.append(str(problem.value))
    assert said[0] == said[1]
    assert "\n" not in said[0]
    return said[0].replace(str(path), "PATH")


def test_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert refusal(path) == "there is no ledger at PATH; make one with: forecast init"
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "PATH is a folder, not a ledger; name the file in it"


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert refusal(path) == "PATH is empty and holds no ledger; make one with: forecast init"
    assert path.read_bytes() == b""


def test_a_database_without_a_table(tmp_path: Path) -> None:
    path = tmp_path / "blank.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=3")
    connection.close()
    assert refusal(path) == "PATH is empty and holds no ledger; make one with: forecast init"


@pytest.mark.parametrize(
    "made",
    [
        ["CREATE TABLE notes (text)"],
        ["CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0001')"],
        ["CREATE TABLE notes (text)", "PRAGMA application_id=1179403335"],
        ["CREATE TABLE alembic_version (version_num TEXT)", "PRAGMA application_id=1179403335"],
    ],
)
def test_another_programs_database(tmp_path: Path, made: list[str]) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path, isolation_level=None)
    for sql in made:
        connection.execute(sql)
    connection.close()
    before = path.read_bytes()
    assert refusal(path) == "PATH is another program's database, not a ledger; name the ledger with --ledger"
    assert path.read_bytes() == before


def test_init_takes_no_other_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is another program's database"), creation(path, "init"):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"question_id,title\n" * 300, b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 9000]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "garbage.db"
    path.write_bytes(content)
    assert refusal(path) == "PATH: this is not a ledger (no SQLite file); name the ledger with --ledger"
    assert path.read_bytes() == content


@pytest.fixture
def newer(told: Path) -> Path:
    """A ledger of a later version of the program."""
    connection = sqlite3.connect(told)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return told


def test_a_later_schema_is_refused_for_writing_and_still_read(newer: Path) -> None:
    for opening in (transaction(newer, "test"), creation(newer, "init")):
        with pytest.raises(StoreError) as problem, opening:
            pass
        assert str(problem.value) == (
            f"{newer} was written by a later version (schema 9999, this program knows {HEAD}): "
            "reading works, writing is refused; upgrade forecast-ledger"
        )
    with reading(newer) as driver:
        assert driver.all("SELECT title FROM question ORDER BY id") == [("Rain?",), ("Which?",)]


def test_what_reads_cannot_write(told: Path) -> None:
    with reading(told) as driver, pytest.raises(sqlite3.OperationalError, match="readonly"):
        driver.run("DELETE FROM question")
    with pytest.raises(StoreError, match="read-only; nothing was written"), reading(told) as driver:
        driver.run("DELETE FROM question")


def test_one_reading_sees_one_state(told: Path) -> None:
    """In rollback mode a writer waits for readers, so it is tried without waiting."""
    with reading(told) as driver:
        before = driver.all("SELECT id FROM question")
        other = sqlite3.connect(told, timeout=0, isolation_level=None)
        with suppress(sqlite3.OperationalError):
            other.execute("DELETE FROM question")
        other.close()
        assert driver.all("SELECT id FROM question") == before


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_ledger_and_its_side_files_are_for_their_owner_alone(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "deep" / "er" / "ledger.db"
    before = os.umask(umask)
    try:
        with creation(path, "init") as work:
            work.append([NAMED])
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert {"ledger.db", "ledger.db.lock"} < set(modes), "a journal or WAL file stands beside it during the command"
    assert set(modes.values()) == {0o600}
    assert path.parent.stat().st_mode & 0o077 == 0


def test_an_empty_file_becomes_a_private_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch(0o644)
    with creation(path, "init") as work:
        work.append([NAMED])
    assert path.stat().st_mode & 0o777 == 0o600
    with reading(path) as driver:
        assert driver.one("SELECT COUNT(*) FROM entry") == (1,)


def test_a_private_file_is_made_once(tmp_path: Path) -> None:
    create_private(tmp_path / "a")
    with pytest.raises(FileExistsError):
        create_private(tmp_path / "a")


def test_a_failed_beginning_leaves_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with pytest.raises(ZeroDivisionError), creation(path, "init") as work:
        work.append([NAMED])
        raise ZeroDivisionError
    assert not path.exists()


def test_a_failed_second_beginning_leaves_the_ledger_as_it_was(told: Path) -> None:
    before = told.read_bytes()
    with pytest.raises(ZeroDivisionError), creation(told, "init") as work:
        work.append([Draft.of("forecaster", {"forecaster": 2}, {"name": "Bob"})])
        raise ZeroDivisionError
    assert told.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_which_sqlite_has_the_wal_reset_bug(version: tuple[int, ...], sound: bool) -> None:
    """Fixed in 3.51.3, with backports 3.44.6 and 3.50.7: https://sqlite.org/wal.html#walresetbug."""
    assert has_sound_wal(version) is sound


@pytest.mark.parametrize(("sound", "mode", "synchronous"), [(True, "wal", 2), (False, "delete", 3)])
def test_writing_keeps_what_it_acknowledges(
    told: Path, monkeypatch: pytest.MonkeyPatch, sound: bool, mode: str, synchronous: int
) -> None:
    """The two settings of SQLite that lose no commit in a power cut: WAL with FULL, DELETE with EXTRA."""
    monkeypatch.setattr(sqlite, "has_sound_wal", lambda: sound)
    with writing(told) as connection:
        driver = driver_of(connection)
        for name, value in (
            ("journal_mode", mode),
            ("synchronous", synchronous),
            ("foreign_keys", 1),
            ("recursive_triggers", 1),
        ):
            assert driver.one(f"PRAGMA {name}") == (value,)
        assert driver.connection.in_transaction


def test_a_store_that_does_not_take_the_settings_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(
        StoreError, match=r"the store does not take journal_mode=\w+ with synchronous=\d; nothing written"
    ):
        settle_in(connection)
    connection.close()


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("database or disk is full", "the disk is full; nothing was written; free some space and repeat the command"),
        (
            "attempt to write a readonly database",
            "the ledger is read-only; nothing was written; check the file's owner",
        ),
        ("[Errno 30] Read-only file system".lower(), "the ledger is read-only; nothing was written"),
        ("unable to open database file", "the file cannot be opened; check that its folder and its mode let you in"),
        ("file is not a database", "this is not a ledger (no SQLite file); name the ledger with --ledger"),
        ("database disk image is malformed", "the file is damaged; run: forecast verify, and restore a copy"),
        ("database is locked", "another program has held the ledger for 30 seconds; nothing was written; try again"),
        ("disk I/O error", "the disk reported an error; nothing was written; check the disk and repeat the command"),
        ("something else", "the store failed (something else); run: forecast doctor"),
    ],
)
def test_the_stores_failures_are_told_in_the_users_words(said: str, meaning: str) -> None:
    told = str(plain(sqlite3.OperationalError(said), Path("/x/l.db")))
    assert told.startswith(f"/x/l.db: {meaning}")


def test_a_failure_while_writing_is_told_plainly_and_nothing_stays(told: Path) -> None:
    with pytest.raises(StoreError, match="the store failed"), transaction(told, "test") as work:
        work.append([Draft.of("forecaster", {"forecaster": 2}, {"name": "Bob"})])
        work.driver.run("DELETE FROM entry")
    with pytest.raises(StoreError, match="the store failed"), writing(told) as connection:
        connection.exec_driver_sql("SELECT no_such_column")
    with reading(told) as driver:
        assert driver.one("SELECT COUNT(*) FROM entry") == (11,)


@pytest.fixture
def held(told: Path) -> Iterator[Path]:
    """A ledger that another program holds for itself."""
    connection = sqlite3.connect(told, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield told
    connection.close()


def test_a_ledger_that_another_program_holds(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr("ledger.storage.engine.BUSY_SECONDS", 0.01)
    assert refusal(held) == "PATH: another program has held the ledger for 30 seconds; nothing was written; try again"


def _refusing(forms: tuple[str, ...], real: Any) -> Any:
    def connect(where: str, **more: Any) -> Any:
        if any(where.endswith(form) for form in forms):
            raise sqlite3.OperationalError("unable to open database file")
        return real(where, **more)

    return connect


@pytest.mark.parametrize("forms", [("?mode=rw",), ("?mode=rw", "?mode=ro")])
def test_a_ledger_in_a_read_only_place_is_still_read(
    told: Path, monkeypatch: pytest.MonkeyPatch, forms: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sqlite3, "connect", _refusing(forms, sqlite3.connect))
    with reading(told) as driver:
        assert driver.one("SELECT COUNT(*) FROM entry") == (11,)


def test_a_ledger_that_cannot_be_opened_in_any_way(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", _refusing(("?mode=rw", "?mode=ro", "?mode=ro&immutable=1"), None))
    with pytest.raises(StoreError, match="the file cannot be opened; check that its folder and its mode let you in"):
        open_reading(told)


def test_a_path_with_signs_that_mean_something_in_a_url(ledger: Path) -> None:
    odd = ledger.with_name("a?b#c%20d é.db")
    ledger.rename(odd)
    with transaction(odd, "test") as work:
        work.append([NAMED])
    with reading(odd) as driver:
        assert driver.one("SELECT name FROM forecaster") == ("Ada",)
    assert sorted(file.name for file in odd.parent.iterdir()) == [odd.name, f"{odd.name}.lock"]


def test_readings_beside_each_other_do_not_wait(told: Path) -> None:
    found = []

    def read() -> None:
        with reading(told) as driver:
            found.append(driver.one("SELECT COUNT(*) FROM entry"))

    with reading(told):
        other = threading.Thread(target=read)
        other.start()
        other.join(10)
    assert found == [(11,)]
