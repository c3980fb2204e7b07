"""Doing a command's work again where a server lost it before anything was committed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from ledger.errors import StoreError

PATIENCE = 30.0
"""Seconds for which a lost server is tried again before anybody hears of it."""

P = ParamSpec("P")
T = TypeVar("T")


class LostError(StoreError):
    """The server ended the work before it was committed; nothing of it was written."""


def repeated(work: Callable[P, T]) -> Callable[P, T]:
    """Let ``work``, which leaves no trace but in the store, be done anew where it was lost, within ``PATIENCE``.

    A ledger in a file loses nothing in that way, and is not tried again.
    """

    @wraps(work)
    def again(*arguments: P.args, **named: P.kwargs) -> T:
        began = time.monotonic()
        while True:
            try:
                return work(*arguments, **named)
            except LostError:
                if time.monotonic() - began >= PATIENCE:
                    raise
            time.sleep(0.005 + time.monotonic_ns() % 997 / 20_000)  # not all who were lost at once in step

    return again
