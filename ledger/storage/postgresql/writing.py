"""Writing on a server: one command is one transaction, and others wait their turn.

A commit whose answer was lost is looked up: its last entry stands in the journal under the same head, or nothing of
it was written, and it may be done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psycopg

from ledger.errors import StoreError
from ledger.storage.attempts import LostError, repeated
from ledger.storage.journal_rows import last_of
from ledger.storage.locking import GIVE_UP_AFTER, TELL_AFTER
from ledger.storage.postgresql.connecting import LOCK_SECONDS, connect
from ledger.storage.postgresql.connection import Connection
from ledger.storage.postgresql.driver import ServerDriver
from ledger.storage.postgresql.failing import is_lost, told_plainly
from ledger.storage.postgresql.recognising import is_empty, recognise
from ledger.storage.schema import APPLICATION_ID, HEAD, stored_revision
from ledger.storage.server import Server

_QUEUE = f"SELECT pg_advisory_xact_lock({APPLICATION_ID})"
_HOLDER = f"""
    SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = {APPLICATION_ID} AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
Tell = Callable[[str], None]
End = tuple[int, bytes]
"""The journal's last entry and the head after it."""


@contextmanager
def writing(server: Server, purpose: str, tell: Tell, *, making: bool = False) -> Iterator[tuple[ServerDriver, bool]]:
    """One transaction on ``server``: all of the block, or nothing of it; and whether the ledger was made just now.

    Only with ``making`` a database without tables becomes a ledger.
    """
    with closing(connect(server, purpose)) as connection, told_plainly(server):
        driver = ServerDriver(connection)
        with _upgrading(driver, server, making) as upgrade:
            _queue(connection, server, tell)
            fresh = making and is_empty(driver)
            if not fresh:
                recognise(driver, server, for_writing=True)
            if stored_revision(driver) != HEAD:
                upgrade()
            began = last_of(driver)[:2]
            yield driver, fresh
            _commit(connection, server, began, last_of(driver)[:2])


def _queue(connection: Connection, server: Server, tell: Tell) -> None:
    """Begin, and wait for those who write; who they are is told after a while."""
    for patience in (TELL_AFTER, GIVE_UP_AFTER):
        connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        connection.execute(f"SET LOCAL lock_timeout = '{patience}s'")
        try:
            connection.execute(_QUEUE)
        except psycopg.errors.LockNotAvailable:
            connection.execute("ROLLBACK")
        else:
            connection.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            return
        if patience == TELL_AFTER:
            row = connection.execute(_HOLDER).fetchone()
            holder = "" if row is None else str(row[0]).removeprefix("forecast: ")
            tell(f"waiting for another command that writes: {holder}")
    raise StoreError(f"{server}: another command has been writing for {GIVE_UP_AFTER:.0f} seconds; try again later")


@contextmanager
def _upgrading(driver: ServerDriver, server: Server, making: bool) -> Iterator[Callable[[], None]]:
    """What brings the schema up to date inside the transaction; SQLAlchemy looks at the server before it begins."""

    def nothing() -> None:
        raise LostError(f"{server}: the ledger's schema was changed meanwhile; nothing was written; try again")

    if stored_revision(driver) == HEAD:
        yield nothing
        return
    if not (making and is_empty(driver)):
        recognise(driver, server, for_writing=True)
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    from ledger.storage.migrate import upgrade

    engine = create_engine("postgresql+psycopg://", creator=lambda: driver.connection, poolclass=StaticPool)
    with engine.connect() as through:
        through.rollback()

        def now() -> None:
            through.begin()
            upgrade(through)

        yield now


def _commit(connection: Connection, server: Server, began: End, end: End) -> None:
    try:
        connection.execute("COMMIT")
    except psycopg.Error as problem:
        if not is_lost(problem):
            raise
    else:
        return
    if end == began or not _found(server, end):
        raise LostError(f"{server}: the connection was lost while committing; nothing was written; try again")


def _found(server: Server, end: End) -> bool:
    try:
        return is_there(server, end)
    except StoreError as problem:
        raise StoreError(
            f"{problem} (that was lost while committing: whether the command was recorded is not known; "
            "look with: forecast journal)"
        ) from None


@repeated
def is_there(server: Server, end: End) -> bool:
    """Whether the transaction that ended so was committed; the server lets go of the queue once that is settled."""
    with closing(connect(server, "looking for what was committed")) as connection, told_plainly(server):
        connection.execute("BEGIN READ ONLY")
        connection.execute(_QUEUE)
        row = connection.execute("SELECT head FROM entry WHERE seq = %s", (end[0],)).fetchone()
        return row is not None and bytes(row[0]) == end[1]
