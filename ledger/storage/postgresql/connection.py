"""A psycopg connection that can be called off, and whose values come as SQLite gives them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.errors import QueryCanceled

from ledger.storage.driver import Row

T = TypeVar("T")


class _Truth(Loader):
    """A truth value as the 1 or 0 that SQLite gives."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _Number(Loader):
    """A sum of whole numbers as a whole number."""

    def load(self, data: Buffer) -> int | float:
        told = bytes(data).decode()
        return int(told) if told.lstrip("-").isdigit() else float(told)


class Connection(psycopg.Connection[Row]):
    """A connection that asks, while it waits for the server, whether to go on."""

    asked: Callable[[], bool] | None = None
    stopped = False
    """Whether the answer ever was to stop."""

    def wait(self, gen: Generator[Any, Any, T], *arguments: Any, **named: Any) -> T:
        """Wait as psycopg does; raises ``QueryCanceled`` where the answer was to stop."""
        if self.asked is None:
            return super().wait(gen, *arguments, **named)
        try:
            return super().wait(self._asking(gen, self.asked), *arguments, **named)
        except QueryCanceled:
            if self.stopped:
                self._end(gen)
            raise

    def _asking(self, gen: Generator[Any, Any, T], asked: Callable[[], bool]) -> Generator[Any, Any, T]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if asked():
                    self.stopped = True
                    raise QueryCanceled("stopped by the one who asked")
                wanted = gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result

    def _end(self, gen: Generator[Any, Any, T]) -> None:
        """Let the server drop the query, and take what it still answers."""
        self.cancel_safe(timeout=5)
        with suppress(psycopg.Error, StopIteration):
            super().wait(gen, timeout=5)


def adapt(connection: Connection) -> None:
    """Have values come as SQLite gives them."""
    connection.adapters.register_loader("bool", _Truth)
    connection.adapters.register_loader("numeric", _Number)
