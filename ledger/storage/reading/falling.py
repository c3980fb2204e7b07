"""What the passing of time alone brings: deadlines, ends of putting off, days to look again; all asked by an index."""

from __future__ import annotations

from typing import NamedTuple

from ledger.storage.driver import Driver
from ledger.storage.reading.reminding import STANDS
from ledger.storage.reading.reviewing import PUT_OFF
from ledger.storage.schema import has_table


class FallenRow(NamedTuple):
    """An unsettled question, and when it came to ask for something (µs)."""

    id: int
    key: str | None
    title: str | None
    deadline: int
    at: int


_ASKS = "q.state = 'unsettled' AND q.deadline > ? AND q.deadline <= ?"
_DEADLINES = f"SELECT q.id, q.key, q.title, q.deadline, q.deadline FROM question q WHERE {_ASKS}"
_NOT_PUT_OFF = f" AND q.id NOT IN (SELECT s.question_id {PUT_OFF})"
_ENDS = """
    SELECT q.id, q.key, q.title, q.deadline, s.until FROM snooze s JOIN question q ON q.id = s.question_id
    WHERE s.until > ? AND s.until <= ? AND q.state = 'unsettled' AND s.until > s.recorded_at
    AND s.entry = (SELECT MAX(entry) FROM snooze WHERE question_id = s.question_id)
    AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.question_id = s.question_id AND r.entry > s.entry)"""
_DAYS = f"""
    SELECT q.id, q.key, q.title, q.deadline, a.at FROM look_again a JOIN question q ON q.id = a.question_id
    WHERE a.at > ? AND a.at <= ? AND q.state = 'unsettled' AND {STANDS}"""
_NEXT_DEADLINE = "SELECT deadline FROM question WHERE state = 'unsettled' AND deadline > ? ORDER BY deadline LIMIT 1"
_NEXT_END = "SELECT MIN(until) FROM snooze WHERE until > ?"
_NEXT_DAY = "SELECT MIN(at) FROM look_again WHERE at > ?"


def deadlines_passed(driver: Driver, after: int, until: int) -> list[FallenRow]:
    """The questions whose deadline came between two times and that are not put off at the later one."""
    return _found(driver, _DEADLINES, after, until, put_off_counts=True)


def snoozes_ended(driver: Driver, after: int, until: int) -> list[FallenRow]:
    """The questions whose review was put off until a time between the two."""
    return _found(driver, _ENDS, after, until) if has_table(driver, "snooze") else []


def days_come(driver: Driver, after: int, until: int) -> list[FallenRow]:
    """The questions with a day to look at them again between the two, where they are not put off."""
    return _found(driver, _DAYS, after, until, put_off_counts=True) if has_table(driver, "look_again") else []


def _found(driver: Driver, sql: str, after: int, until: int, *, put_off_counts: bool = False) -> list[FallenRow]:
    values = [after, until]
    if put_off_counts and has_table(driver, "snooze"):
        sql, values = sql + _NOT_PUT_OFF, [*values, until]
    return [FallenRow._make(row) for row in driver.all(sql, values)]


def next_to_come(driver: Driver, after: int) -> int | None:
    """The first such time after one (µs), as things stand, or an earlier one that will bring nothing."""
    asked = [("question", _NEXT_DEADLINE), ("snooze", _NEXT_END), ("look_again", _NEXT_DAY)]
    rows = [driver.one(sql, (after,)) for table, sql in asked if has_table(driver, table)]
    return min((row[0] for row in rows if row is not None and row[0] is not None), default=None)
