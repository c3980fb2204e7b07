"""The writing side: an SQLAlchemy engine whose transactions begin immediately and keep what they acknowledge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ledger.storage.driver import Driver
from ledger.storage.sqlite import BUSY_SECONDS, plain, settle_in


def engine_of(path: Path) -> Engine:
    """An engine on the SQLite file ``path``, one connection at a time."""
    url = URL.create("sqlite+pysqlite", database=str(path))
    arguments = {"isolation_level": None, "timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, poolclass=NullPool, connect_args=arguments)

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        settle_in(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """One transaction on the file at ``path``: all of the block, or nothing of it."""
    engine = engine_of(path)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as problem:
        raise plain(problem.orig or problem, path) from problem
    except sqlite3.Error as problem:
        raise plain(problem, path) from problem
    finally:
        engine.dispose()


def driver_of(connection: Connection) -> Driver:
    """Plain SQL inside ``connection``'s transaction."""
    return Driver(connection.connection.driver_connection)
