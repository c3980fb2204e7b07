"""Questions as a review sees them: few columns, for a queue over a whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver
from ledger.storage.reading.narrowing import of_listed
from ledger.storage.schema import has_table

ReviewRow: TypeAlias = tuple[int, int, int | None, int | None]
"""A question's number, deadline (µs) and source, and the condition that it waits for, if it does."""


def review_rows(driver: Driver, filters: Filters, now: int, of: int | None = None) -> Iterator[ReviewRow]:
    """The unsettled questions past their deadline that ``filters`` leave, by deadline and number; or only ``of``.

    Those that are put off are left out.
    """
    condition, values = of_listed(filters, now)
    if has_table(driver, "snooze"):
        condition, values = f"{condition} AND q.id NOT IN (SELECT s.question_id {PUT_OFF})", [*values, now]
    one, which = ("q.id = ? AND ", [of]) if of is not None else ("", [])
    sql = f"""
        SELECT q.id, q.deadline, q.source_id, CASE q.state WHEN 'waiting' THEN q.condition_id END FROM question q
        WHERE {one}q.state IN ('unsettled', 'waiting') AND q.deadline <= ? AND {condition} ORDER BY q.deadline, q.id"""
    return driver.stream(sql, [*which, now, *values])


class SnoozeRow(NamedTuple):
    """A review put off (µs); one until the time that it was recorded at ends the one before."""

    entry: int
    recorded_at: int
    until: int
    zone: str | None
    reason: str | None
    redacted: int


PUT_OFF = """
    FROM snooze s WHERE s.until > ? AND s.entry = (SELECT MAX(entry) FROM snooze WHERE question_id = s.question_id)
    AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.question_id = s.question_id AND r.entry > s.entry)"""
_SNOOZES = """
    SELECT s.entry, s.recorded_at, s.until, s.zone, s.reason,
        EXISTS (SELECT 1 FROM redaction r WHERE r.redacted = s.entry)
    FROM snooze s WHERE s.question_id = ? ORDER BY s.entry"""


def snoozes(driver: Driver, question: int) -> list[SnoozeRow]:
    """All that put the review of a question off, in order."""
    there = has_table(driver, "snooze")
    return [SnoozeRow._make(row) for row in driver.all(_SNOOZES, (question,))] if there else []


def put_off(driver: Driver, now: int) -> dict[int, tuple[int, str | None]]:
    """The questions that are put off at ``now``: until when, and the zone that was meant.

    The last snooze of a question counts, and none from before it was settled or reopened.
    """
    if not has_table(driver, "snooze"):
        return {}
    rows = driver.all(f"SELECT s.question_id, s.until, s.zone {PUT_OFF} ORDER BY s.question_id", (now,))
    return {question: (until, zone) for question, until, zone in rows}


def put_off_until(driver: Driver, question: int, now: int) -> tuple[int, str | None] | None:
    """Until when one question is put off at ``now``, if it is, and the zone that was meant."""
    if not has_table(driver, "snooze"):
        return None
    row = driver.one(f"SELECT s.until, s.zone {PUT_OFF} AND s.question_id = ?", (now, question))
    return None if row is None else (row[0], row[1])


def stands(driver: Driver, number: int) -> tuple[str, int] | None:
    """A question's state and deadline."""
    row = driver.one("SELECT state, deadline FROM question WHERE id = ?", (number,))
    return None if row is None else (row[0], row[1])


def dependent(driver: Driver, number: int) -> list[int]:
    """The numbers of the questions that need an outcome of this one."""
    return [child for (child,) in driver.all("SELECT id FROM question WHERE condition_id = ? ORDER BY id", (number,))]
