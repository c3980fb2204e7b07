"""How a SQLite file is opened: safe in a power cut, private, and recognised as a ledger or refused.

Only two of SQLite's settings lose no acknowledged commit in a power cut: WAL with ``synchronous=FULL`` and DELETE
with ``EXTRA``. Libraries before 3.51.3 (save two backports) can corrupt a WAL file when one connection checkpoints
while another writes, so they get DELETE.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from stat import S_ISDIR
from urllib.parse import quote

from ledger.errors import DamagedFileError, StoreError
from ledger.storage.driver import Driver
from ledger.storage.schema import APPLICATION_ID, HEAD, is_newer, stored_revision

BUSY_SECONDS = 30
SQLITE_VERSION = sqlite3.sqlite_version
_FULL, _EXTRA = 2, 3


def has_sound_wal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (fixed in 3.51.3; backports 3.50.7 and 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def settle_in(connection: sqlite3.Connection) -> None:
    """Give a writing connection the settings that lose nothing, and read them back.

    Raises ``StoreError`` when the file system or another program's connection does not let them hold.
    """
    mode, synchronous = ("wal", _FULL) if has_sound_wal() else ("delete", _EXTRA)
    (now,) = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute("PRAGMA cache_size=-32000")
    (kept,) = connection.execute("PRAGMA synchronous").fetchone()
    if now != mode or kept != synchronous:
        raise StoreError(f"the store does not take journal_mode={mode} with synchronous={synchronous}; nothing written")


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read, so that SQLite's side files are private too.

    Raises ``FileExistsError`` where there is one, ``StoreError`` where none can be.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except OSError as problem:
        if isinstance(problem, FileExistsError) and path.exists():
            raise
        raise StoreError(f"{path} cannot be made ({problem.strerror}); name another path with --ledger") from problem
    os.close(handle)


@contextmanager
def reading(path: Path, *, any_text: bool = False) -> Iterator[Driver]:
    """A driver that reads one consistent state of the ledger at ``path`` and cannot write.

    With ``any_text`` bytes that are not UTF-8 come as lone surrogates, for verification to name where they stand.
    """
    connection = open_reading(path)
    try:
        if any_text:
            connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
        with told_plainly(path):
            connection.execute("BEGIN")
            driver = Driver(connection)
            recognise(driver, path)
            yield driver
    finally:
        connection.close()


def open_reading(path: Path, *, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open for reading; falls back to ``immutable`` where the folder is read-only. Raises ``StoreError``.

    ``patience`` is how many seconds a query of the connection waits while somebody else writes.
    """
    refuse_no_file(path)
    where = f"file:{quote(str(path.absolute()))}"
    for form in ("?mode=rw", "?mode=ro", "?mode=ro&immutable=1"):
        try:
            connection = sqlite3.connect(where + form, uri=True, isolation_level=None, timeout=patience)
            connection.execute("PRAGMA query_only=ON")
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as problem:
            if "locked" in str(problem):
                raise plain(problem, path) from problem
            failed = problem
        except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
            raise plain(problem, path) from problem
        else:
            return connection
    raise plain(failed, path)


def refuse_no_file(path: Path) -> None:
    """Refuse a path where no file of ours can be."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise StoreError(f"there is no ledger at {path}; make one with: forecast init") from None
    except OSError as problem:
        raise StoreError(f"{path} cannot be opened ({problem.strerror}); name another path with --ledger") from None
    if S_ISDIR(mode):
        raise StoreError(f"{path} is a folder, not a ledger; name the file in it")


def refuse_foreign(path: Path) -> None:
    """Refuse what is no ledger before anything is made beside it; one that is busy is left to the writers' queue."""
    refuse_no_file(path)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0)
    except sqlite3.OperationalError:
        return
    try:
        recognise(Driver(connection), path)
    except sqlite3.OperationalError:
        return
    except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
        raise plain(problem, path) from problem
    finally:
        connection.close()


def recognise(driver: Driver, path: Path, *, for_writing: bool = False) -> None:
    """Refuse a database that is not a ledger, and for writing one of a later version."""
    row = driver.one("PRAGMA application_id")
    revision = stored_revision(driver)
    if revision is None and not driver.one("SELECT 1 FROM sqlite_master"):
        raise StoreError(f"{path} is empty and holds no ledger; make one with: forecast init")
    if row is None or row[0] != APPLICATION_ID or revision is None:
        raise StoreError(f"{path} is another program's database, not a ledger; name the ledger with --ledger")
    if for_writing and is_newer(revision):
        raise StoreError(
            f"{path} was written by a later version (schema {revision}, this program knows {HEAD}): "
            "reading works, writing is refused; upgrade forecast-ledger"
        )


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn the driver's errors into one line for people."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as problem:
        raise plain(problem, path) from problem


def plain(problem: BaseException, path: Path) -> StoreError:
    """A store's failure in the user's words."""
    said = str(problem)
    if any(sign in said for sign in _DAMAGE):
        return DamagedFileError(f"{path}: the file is damaged; run: forecast verify, and restore a copy")
    for sign, meaning in _MEANINGS:
        if sign in said:
            return StoreError(f"{path}: {meaning}")
    return StoreError(f"{path}: the store failed ({said}); run: forecast doctor")


_DAMAGE = ("malformed", "not decode", "t decode")
"""What SQLite says of a broken page, and the driver of text that is not UTF-8: "Could not decode", "can't decode"."""
_MEANINGS = (
    ("disk is full", "the disk is full; nothing was written; free some space and repeat the command"),
    ("readonly", "the ledger is read-only; nothing was written; check the file's owner and mode"),
    ("read-only", "the ledger is read-only; nothing was written; check the file's owner and mode"),
    ("unable to open", "the file cannot be opened; check that its folder and its mode let you in"),
    ("not a database", "this is not a ledger (no SQLite file); name the ledger with --ledger"),
    ("locked", f"another program has held the ledger for {BUSY_SECONDS} seconds; nothing was written; try again"),
    ("disk I/O error", "the disk reported an error; nothing was written; check the disk and repeat the command"),
)
