"""A connection that stays open to see what others write, and holds nothing between two looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from ledger.storage.postgresql.connecting import connect
from ledger.storage.postgresql.driver import ServerDriver
from ledger.storage.postgresql.failing import told_plainly
from ledger.storage.postgresql.recognising import recognise
from ledger.storage.server import Server


class WatchingServer:
    """An open connection to the ledger on a server; raises ``StoreError`` where there is none."""

    def __init__(self, server: Server) -> None:
        """Connect at once or not at all."""
        self.identity: object = server
        self._server = server
        self._connection = connect(server, "watching", patience=0)
        try:
            with self.looking() as driver:
                recognise(driver, server)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def looking(self) -> Iterator[ServerDriver]:
        """One consistent state of the ledger, let go at the end of the block."""
        with told_plainly(self._server):
            self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield ServerDriver(self._connection)
            finally:
                with suppress(psycopg.Error):
                    self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()
