"""Questions as a review sees them: few columns, for a queue over a whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver
from ledger.storage.reading.narrowing import of_listed

ReviewRow: TypeAlias = tuple[int, int, int | None, int | None]
"""A question's number, deadline (µs) and source, and the condition that it waits for, if it does."""


def review_rows(driver: Driver, filters: Filters, now: int, of: int | None = None) -> Iterator[ReviewRow]:
    """The unsettled questions past their deadline that ``filters`` leave, by deadline and number; or only ``of``."""
    condition, values = of_listed(filters, now)
    one, which = ("q.id = ? AND ", [of]) if of is not None else ("", [])
    sql = f"""
        SELECT q.id, q.deadline, q.source_id, CASE q.state WHEN 'waiting' THEN q.condition_id END FROM question q
        WHERE {one}q.state IN ('unsettled', 'waiting') AND q.deadline <= ? AND {condition} ORDER BY q.deadline, q.id"""
    return driver.stream(sql, [*which, now, *values])


def stands(driver: Driver, number: int) -> tuple[str, int] | None:
    """A question's state and deadline."""
    row = driver.one("SELECT state, deadline FROM question WHERE id = ?", (number,))
    return None if row is None else (row[0], row[1])


def dependent(driver: Driver, number: int) -> list[int]:
    """The numbers of the questions that need an outcome of this one."""
    return [child for (child,) in driver.all("SELECT id FROM question WHERE condition_id = ? ORDER BY id", (number,))]
