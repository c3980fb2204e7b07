"""The only place that asks the time.

``FORECAST_CLOCK`` (an RFC 3339 instant) sets the clock for tests and for rehearsals; whoever can set it
could set the computer's clock as well, so it weakens nothing that the journal proves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from ledger.errors import InputError

_set: list[datetime] = []


def now() -> datetime:
    """The present instant, aware, in UTC."""
    if _set:
        return _set[-1]
    told = os.environ.get("FORECAST_CLOCK")
    return _read(told) if told else datetime.now(UTC)


@contextmanager
def set_to(instant: datetime) -> Iterator[None]:
    """Hold the clock at ``instant`` (aware) inside the block."""
    _set.append(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set.pop()


def _read(told: str) -> datetime:
    try:
        instant = datetime.fromisoformat(told)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise InputError(f"FORECAST_CLOCK is {told!r}: give an instant such as 2026-01-31T12:00:00Z, or unset it")
    return instant.astimezone(UTC)
