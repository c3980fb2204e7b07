"""Reading a ledger wherever it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.storage import sqlite
from ledger.storage.driver import Driver
from ledger.storage.location import Place
from ledger.storage.server import Server


@contextmanager
def reading(place: Place, *, any_text: bool = False) -> Iterator[Driver]:
    """A driver that reads one consistent state of the ledger at ``place`` and cannot write. Raises ``StoreError``.

    With ``any_text`` bytes of a file that are not UTF-8 come as lone surrogates; a server has none.
    """
    if isinstance(place, Server):
        from ledger.storage.postgresql.connecting import reading as reading_there

        with reading_there(place) as driver:
            yield driver
        return
    with sqlite.reading(place, any_text=any_text) as driver:
        yield driver
