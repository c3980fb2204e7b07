"""Connections to a server: made with patience where it was there before, and set so that all say the same."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from ledger.errors import StoreError
from ledger.storage.attempts import PATIENCE
from ledger.storage.postgresql.connection import Connection, adapt
from ledger.storage.postgresql.driver import ServerDriver
from ledger.storage.postgresql.failing import may_answer_soon, told_plainly, unconnected
from ledger.storage.postgresql.recognising import recognise
from ledger.storage.server import Server

CONNECT_SECONDS = 10
LOCK_SECONDS = 30
"""As long as a ledger in a file waits for another program."""
_DEFAULTS = {
    "connect_timeout": str(CONNECT_SECONDS),
    "client_encoding": "utf8",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
_SETTINGS = f"""
    SET standard_conforming_strings = on; SET extra_float_digits = 1; SET lock_timeout = '{LOCK_SECONDS}s';
    SET idle_in_transaction_session_timeout = 0; SET cursor_tuple_fraction = 1.0; SET TimeZone = 'UTC';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"""
_answered: set[Server] = set()
"""The servers that this process has talked to: one of them that does not answer is restarting, not misspelt."""


def connect(server: Server, purpose: str = "reading", *, patience: float = PATIENCE) -> Connection:
    """A connection in autocommit; raises ``StoreError``, at once where the server never answered this process."""
    until = time.monotonic() + patience
    pause = 0.01
    while True:
        try:
            return _connected(server, purpose)
        except psycopg.Error as problem:
            if time.monotonic() >= until or not may_answer_soon(problem, answered=server in _answered):
                raise unconnected(problem, server) from None
        except UnicodeError:
            raise StoreError(f"{server}: the address holds characters that no server takes") from None
        time.sleep(pause)
        pause = min(0.5, pause * 1.5)


def _connected(server: Server, purpose: str) -> Connection:
    told = _DEFAULTS | server.arguments() | {"application_name": f"forecast: {purpose} (process {os.getpid()})"[:63]}
    connection = Connection.connect(autocommit=True, **told)  # type: ignore[arg-type]
    _answered.add(server)
    try:
        adapt(connection)
        connection.execute(_SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading(server: Server) -> Iterator[ServerDriver]:
    """A driver that reads one consistent state of the ledger on ``server`` and cannot write. Raises ``StoreError``."""
    with closing(connect(server)) as connection, told_plainly(server):
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        driver = ServerDriver(connection)
        recognise(driver, server)
        yield driver
