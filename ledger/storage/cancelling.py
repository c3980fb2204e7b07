"""Queries that somebody may call off while they run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.errors import Cancelled
from ledger.storage.driver import Driver

Asked = Callable[[], bool]
"""Whether to stop; asked often, so it must be quick, such as ``threading.Event().is_set``."""
STEPS = 20_000
"""Steps of SQLite's machine between two askings: about a millisecond."""


@contextmanager
def cancellable(driver: Driver, cancelled: Asked | None) -> Iterator[None]:
    """Let ``cancelled`` stop the queries of the block; raises :class:`Cancelled` once it says so."""
    if cancelled is None:
        yield
        return
    if cancelled():
        raise Cancelled
    driver.connection.set_progress_handler(cancelled, STEPS)
    try:
        yield
    except sqlite3.OperationalError as problem:
        if str(problem) != "interrupted":
            raise
        raise Cancelled from problem
    finally:
        driver.connection.set_progress_handler(None, STEPS)
