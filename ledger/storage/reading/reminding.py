"""What the rules of review ask of the book: all unsettled questions, what was set for them, and what was announced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver, Row
from ledger.storage.reading.narrowing import of_listed
from ledger.storage.schema import has_table


class AskingRow(NamedTuple):
    """An unsettled question (µs); it begins where its scheduled life does, or when it was recorded."""

    id: int
    key: str | None
    title: str | None
    deadline: int
    zone: str | None
    begun: int
    recorded_at: int
    condition_id: int | None
    condition_outcome: str | None


class RulesRow(NamedTuple):
    """Rules of review as they were recorded."""

    entry: int
    recorded_at: int
    stale: str | None
    repeat: str | None
    weekly: str | None
    zone: str


class SettledRow(NamedTuple):
    """A question that is settled, and when that was recorded."""

    id: int
    key: str | None
    title: str | None
    kind: str
    zone: str | None
    state: str
    outcome: str | None
    recorded_at: int


class DayRow(NamedTuple):
    """A day to look again, or the taking back of one (µs)."""

    entry: int
    recorded_at: int
    at: int | None
    takes_back: int | None
    zone: str | None
    reason: str | None
    stands: int
    """Whether it is a day that was not taken back, of a question that was not settled since."""
    redacted: int


_ASKING = """
    SELECT id, key, title, deadline, zone, COALESCE(starts_at, recorded_at), recorded_at, condition_id,
        condition_outcome
    FROM question WHERE state = 'unsettled' ORDER BY deadline, id"""
_UPDATED = """
    SELECT f.question_id, MAX(f.made_at) FROM forecast f JOIN question q ON q.id = f.question_id
    WHERE q.state = 'unsettled' AND q.deadline > ? GROUP BY f.question_id"""
_REOPENED = """
    SELECT r.question_id, r.recorded_at FROM resolution r
    WHERE r.kind = 'reopen' AND r.entry = (SELECT MAX(entry) FROM resolution WHERE question_id = r.question_id)"""
_PUT_OFF = """
    SELECT s.question_id, s.until FROM snooze s
    WHERE s.until > s.recorded_at AND s.entry = (SELECT MAX(entry) FROM snooze WHERE question_id = s.question_id)
    AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.question_id = s.question_id AND r.entry > s.entry)"""
STANDS = """
    a.at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM look_again b WHERE b.takes_back = a.entry
        AND b.question_id = a.question_id)
    AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.question_id = a.question_id AND r.entry > a.entry)"""
_LOOK_AGAIN = f"SELECT a.question_id, a.at, a.zone FROM look_again a WHERE {STANDS} ORDER BY a.at, a.entry"
_DAYS = f"""
    SELECT a.entry, a.recorded_at, a.at, a.takes_back, a.zone, a.reason, {STANDS},
        EXISTS (SELECT 1 FROM redaction r WHERE r.redacted = a.entry)
    FROM look_again a WHERE a.question_id = ? ORDER BY a.entry"""
_CONDITIONS = "SELECT id, condition_id, condition_outcome FROM question WHERE condition_id IS NOT NULL"
_OUTCOMES = """
    SELECT r.question_id, r.recorded_at, r.outcome FROM resolution r
    WHERE r.question_id IN (SELECT condition_id FROM question) ORDER BY r.question_id, r.entry"""
_RULES = "SELECT entry, recorded_at, stale, repeat, weekly, zone FROM review_rules ORDER BY entry DESC LIMIT 1"
_SAID = """
    SELECT a.question_id, a.why, a.at, MIN(a.recorded_at), MAX(a.recorded_at), COUNT(*) FROM announced a
    JOIN question q ON q.id = a.question_id AND q.state = 'unsettled'
    WHERE a.channel = ? GROUP BY a.question_id, a.why, a.at"""
_WEEKLY = "SELECT at, recorded_at FROM announced WHERE channel = ? AND why = 'weekly' ORDER BY entry DESC LIMIT 1"
_SETTLED = """
    SELECT q.id, q.key, q.title, q.kind, q.zone, q.state, q.outcome, r.recorded_at
    FROM question q JOIN resolution r ON r.entry = q.resolution
    WHERE q.state IN ('resolved', 'void') AND r.recorded_at > ? ORDER BY r.recorded_at, q.id"""


def asking(driver: Driver) -> list[AskingRow]:
    """All unsettled questions that wait for nothing, by deadline."""
    return [AskingRow._make(row) for row in driver.stream(_ASKING)]


def updated(driver: Driver, now: int) -> dict[int, int]:
    """When the last forecast of each question that is open at ``now`` was made."""
    return dict(driver.all(_UPDATED, (now,)))


def reopened(driver: Driver) -> dict[int, int]:
    """When the last outcome of a question was taken back, where none was recorded since."""
    return dict(driver.all(_REOPENED))


def ever_put_off(driver: Driver) -> dict[int, int]:
    """Until when the review of a question is or was put off, where that was not ended, nor the question settled."""
    return dict(driver.all(_PUT_OFF)) if has_table(driver, "snooze") else {}


def look_again(driver: Driver) -> dict[int, list[tuple[int, str | None]]]:
    """The days set to look at questions again that stand, in order, each with its zone."""
    found: dict[int, list[tuple[int, str | None]]] = {}
    for question, at, zone in driver.all(_LOOK_AGAIN) if has_table(driver, "look_again") else ():
        found.setdefault(question, []).append((at, zone))
    return found


def to_look_at(driver: Driver, filters: Filters, now: int, until: int) -> list[Row]:
    """The days up to one that stand, of unsettled questions that ``filters`` leave and that had no forecast since.

    Each with the question's number, key and title, in order of time.
    """
    if not has_table(driver, "look_again"):
        return []
    condition, values = of_listed(filters, now)
    sql = f"""
        SELECT q.id, q.key, q.title, a.at, a.zone FROM look_again a JOIN question q ON q.id = a.question_id
        WHERE {STANDS} AND a.at <= ? AND q.state = 'unsettled' AND {condition}
        AND NOT EXISTS (SELECT 1 FROM forecast f WHERE f.question_id = q.id AND f.recorded_at >= a.at)
        ORDER BY a.at, a.entry"""
    return driver.all(sql, [until, *values])


def days_of(driver: Driver, question: int) -> list[DayRow]:
    """All that set a day to look at a question again, or took one back."""
    there = has_table(driver, "look_again")
    return [DayRow._make(row) for row in driver.all(_DAYS, (question,))] if there else []


def conditions(driver: Driver) -> dict[int, tuple[int, str]]:
    """What each conditional question needs: another one, and its outcome."""
    return {question: (needed, outcome) for question, needed, outcome in driver.all(_CONDITIONS)}


def outcomes_needed(driver: Driver) -> dict[int, list[tuple[int, str | None]]]:
    """All resolutions of the questions that others need, in order: when they were recorded, and the outcome if any."""
    found: dict[int, list[tuple[int, str | None]]] = {}
    for question, recorded_at, outcome in driver.all(_OUTCOMES):
        found.setdefault(question, []).append((recorded_at, outcome))
    return found


def rules(driver: Driver) -> RulesRow | None:
    """The rules that count, if any were recorded."""
    row = driver.one(_RULES) if has_table(driver, "review_rules") else None
    return None if row is None else RulesRow._make(row)


def said(driver: Driver, channel: str) -> Iterator[Row]:
    """What was announced of unsettled questions: question, why, occasion, first and last time (µs), how often."""
    return driver.stream(_SAID, (channel,)) if has_table(driver, "announced") else iter(())


def last_week(driver: Driver, channel: str) -> tuple[int, int] | None:
    """The last weekly review that was announced: which, and when (µs)."""
    row = driver.one(_WEEKLY, (channel,)) if has_table(driver, "announced") else None
    return None if row is None else (row[0], row[1])


def settled_since(driver: Driver, after: int) -> list[SettledRow]:
    """The questions that are settled, and were so after a time."""
    return [SettledRow._make(row) for row in driver.all(_SETTLED, (after,))]
