"""Files that are there whole or not at all."""

from __future__ import annotations

import gzip
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from ledger.errors import RefusedError, StoreError
from ledger.formats import atomic
from ledger.formats.atomic import atomic_output, atomic_text


def write(path: Path, data: bytes, *, force: bool = False) -> None:
    with atomic_output(path, force=force) as stream:
        stream.write(data)


def test_the_file_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, b"one\n")
    assert path.read_bytes() == b"one\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]


def test_nothing_is_overwritten_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, b"one")
    with pytest.raises(RefusedError, match=r"out\.csv is there already: .* --force"):
        write(path, b"two")
    assert path.read_bytes() == b"one"
    write(path, b"three", force=True)
    assert path.read_bytes() == b"three"


@pytest.mark.parametrize("linked", [False, True])
def test_a_database_is_never_overwritten(tmp_path: Path, *, linked: bool) -> None:
    ledger = tmp_path / "ledger.db"
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("CREATE TABLE kept (x)")
    before, path = ledger.read_bytes(), ledger
    if linked:
        path = tmp_path / "link.csv"
        path.symlink_to(ledger)
    with pytest.raises(RefusedError, match="is a database, perhaps a ledger"):
        write(path, b"gone", force=True)
    assert ledger.read_bytes() == before


def test_a_file_that_appears_during_the_writing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(RefusedError, match="there already"), atomic_output(path) as stream:
        stream.write(b"mine")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write(tmp_path / "out.csv", b"one")
    assert (tmp_path / "out.csv").read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, b"old")
    with pytest.raises(KeyboardInterrupt), atomic_output(path, force=True) as stream:
        stream.write(b"half of the n")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    told = r"^\S*out\.csv cannot be written: No space left on device$"
    with pytest.raises(StoreError, match=told), atomic_text(tmp_path / "out.csv") as stream:
        stream.write("x" * 100_000)
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory"):
        write(tmp_path / "nowhere" / "out.csv", b"")


@pytest.mark.parametrize("force", [False, True])
def test_only_files_are_replaced(tmp_path: Path, *, force: bool) -> None:
    with pytest.raises(RefusedError, match="is not a file"):
        write(tmp_path, b"", force=force)
    with pytest.raises(RefusedError, match="is not a file"):
        write(Path("/dev/null"), b"", force=force)


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "elsewhere", tmp_path / "out.csv"
    elsewhere.write_bytes(b"kept")
    link.symlink_to(elsewhere)
    with pytest.raises(RefusedError, match="there already"):
        write(link, b"new")
    write(link, b"new", force=True)
    assert not link.is_symlink()
    assert elsewhere.read_bytes() == b"kept"


def test_gz_is_compressed_to_the_same_bytes_whatever_the_name_and_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "one.csv.gz", b"text" * 1000)
    monkeypatch.setattr("time.time", lambda: 4e9)
    write(tmp_path / "two.csv.gz", b"text" * 1000)
    one, two = ((tmp_path / f"{name}.csv.gz").read_bytes() for name in ("one", "two"))
    assert one == two
    assert gzip.decompress(one) == b"text" * 1000


def test_text_is_utf_8_and_keeps_its_line_ends(tmp_path: Path) -> None:
    with atomic_text(tmp_path / "out.csv") as stream:
        stream.write("é\r\nx\n")
    assert (tmp_path / "out.csv").read_bytes() == b"\xc3\xa9\r\nx\n"


@pytest.mark.parametrize("path", [None, "-"])
def test_standard_output_stays_open(path: str | None, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for _ in range(2):
        with atomic_text(path) as stream:
            stream.write("row\n")
    assert capfdbinary.readouterr().out == b"row\nrow\n"


def test_the_file_and_its_folder_are_synchronised_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(atomic.os, "fsync", lambda handle: synced.append(stat.S_ISDIR(atomic.os.fstat(handle).st_mode)))
    write(tmp_path / "out.csv", b"one")
    assert synced == [False, True]
