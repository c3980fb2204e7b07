"""A connection that stays open to see what others write, and holds no lock between two looks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from ledger.errors import StoreError
from ledger.storage.driver import Driver
from ledger.storage.location import Place
from ledger.storage.server import Server
from ledger.storage.sqlite import open_reading, recognise, told_plainly

PATIENCE = 0.005
"""Seconds that a look waits for somebody who is writing just then."""


class Busy(StoreError):  # noqa: N818 - a state of the store, soon over
    """Somebody holds the ledger at this moment."""


class Watching(Protocol):
    """An open ledger: raises :class:`Busy` where somebody writes just then, ``StoreError`` for the rest."""

    identity: object

    def looking(self) -> AbstractContextManager[Driver]:
        """One consistent state of the ledger, let go at the end of the block."""

    def close(self) -> None:
        """Let the ledger go."""


def watching(place: Place) -> Watching:
    """Open the ledger that is there now."""
    if isinstance(place, Server):
        from ledger.storage.postgresql.watching import WatchingServer

        return WatchingServer(place)
    return WatchingFile(place)


class WatchingFile:
    """The open file at ``path``: raises :class:`Busy` where somebody writes just then, ``StoreError`` for the rest."""

    def __init__(self, path: Path) -> None:
        """Open the file that is there now."""
        self._path = path
        self.identity = identity_of(path)
        with self._plainly():
            self._connection = open_reading(path, patience=PATIENCE)
        try:
            with self.looking() as driver:
                recognise(driver, path)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def looking(self) -> Iterator[Driver]:
        """One consistent state of the ledger, let go at the end of the block."""
        with self._plainly(), told_plainly(self._path):
            self._connection.execute("BEGIN")
            try:
                yield Driver(self._connection)
            finally:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except StoreError as problem:
            code = getattr(problem.__cause__, "sqlite_errorcode", 0)
            if code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise Busy("somebody writes to the ledger just now") from problem
            raise

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


def identity_of(place: Place) -> object:
    """What tells one file from another that takes its name; ``None`` where there is none. A server is always one."""
    if isinstance(place, Server):
        return place
    try:
        found = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise StoreError(f"{place} cannot be opened ({problem.strerror}); check the mode of its folder") from problem
    return found.st_dev, found.st_ino
