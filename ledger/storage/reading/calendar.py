"""What a calendar needs beside the questions: how often and when each was changed, and all reviews ever set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger.storage.driver import Driver
from ledger.storage.schema import has_table


@dataclass(slots=True)
class Changed:
    """When a question was recorded and last changed (µs), and how often.

    Changes are edits, outcomes, redactions, and the outcomes of what is or ever was its condition.
    """

    created: int
    last: int
    times: int = 0

    def change(self, recorded_at: int) -> None:
        """Count one more change."""
        self.times, self.last = self.times + 1, max(self.last, recorded_at)


class SetDay(NamedTuple):
    """A day to look again, or with ``takes_back`` the end of one; of a snooze, until when (µs)."""

    entry: int
    question: int
    recorded_at: int
    at: int | None
    takes_back: int | None
    zone: str | None
    stands: int
    """Whether the question was not settled since, and it was not taken back."""


class WeeklyRow(NamedTuple):
    """Rules of review as they were recorded."""

    recorded_at: int
    weekly: str | None
    zone: str


_CHANGES = """SELECT seq, kind, recorded_at, facts FROM entry
    WHERE kind IN ('question', 'edit', 'resolve', 'void', 'reopen', 'redact') AND seq <= ? ORDER BY seq"""
_REDACTED = """
    SELECT DISTINCT r.entry, told.question_id FROM redaction r JOIN (
        SELECT entry, id AS question_id FROM question UNION ALL SELECT entry, question_id FROM edit
        UNION ALL SELECT entry, question_id FROM forecast UNION ALL SELECT entry, question_id FROM withdrawal
        UNION ALL SELECT entry, question_id FROM resolution) told ON told.entry = r.redacted"""
_STATED = (
    "SELECT question_id, MAX(recorded_at) FROM forecast GROUP BY question_id",
    "SELECT question_id, MAX(recorded_at) FROM withdrawal GROUP BY question_id",
    """SELECT f.question_id, MAX(c.recorded_at) FROM correction c JOIN forecast f ON f.entry = c.forecast
       GROUP BY f.question_id""",
)
_UNSETTLED = "NOT EXISTS (SELECT 1 FROM resolution r WHERE r.question_id = a.question_id AND r.entry > a.entry)"
_LOOK_AGAIN = f"""
    SELECT a.entry, a.question_id, a.recorded_at, a.at, a.takes_back, a.zone, {_UNSETTLED} AND NOT EXISTS
        (SELECT 1 FROM look_again b WHERE b.takes_back = a.entry AND b.question_id = a.question_id)
    FROM look_again a ORDER BY a.entry"""
_SNOOZES = f"""
    SELECT a.entry, a.question_id, a.recorded_at, a.until, NULL, a.zone, {_UNSETTLED} AND a.until > a.recorded_at
    FROM snooze a ORDER BY a.entry"""
_CRITERIA = "SELECT id, criteria FROM question WHERE criteria IS NOT NULL"
_WEEKLY = "SELECT recorded_at, weekly, zone FROM review_rules ORDER BY entry"
_HEDGES = "SELECT entry, hedge FROM forecast_text WHERE hedge IS NOT NULL AND entry IN (SELECT last FROM unit)"


def changes(journal: Driver, book: Driver, until: int) -> dict[int, Changed]:
    """All questions up to an entry. The counts only ever grow with the journal."""
    found: dict[int, Changed] = {}
    hang_on: dict[int, set[int]] = {}
    redacting: dict[int, int] = {}
    for seq, kind, recorded_at, facts in journal.stream(_CHANGES, (until,)):
        said: dict[str, Any] = json.loads(facts)
        if kind == "redact":
            redacting[seq] = recorded_at
            continue
        asked = said["question"]
        if needed := said.get("condition"):
            hang_on.setdefault(needed["question"], set()).add(asked)
        if kind == "question":
            found[asked] = Changed(recorded_at, recorded_at)
            continue
        for question in [asked] if kind == "edit" else _with_dependants(asked, hang_on):
            found[question].change(recorded_at)
    for seq, question in book.all(_REDACTED) if redacting else ():
        found[question].change(redacting[seq])
    return found


def _with_dependants(question: int, hang_on: dict[int, set[int]]) -> set[int]:
    reached, ahead = {question}, [question]
    while ahead:
        fresh = hang_on.get(ahead.pop(), set()) - reached
        reached |= fresh
        ahead.extend(fresh)
    return reached


def last_stated(driver: Driver) -> dict[int, int]:
    """When something was last stated, withdrawn or corrected of each question."""
    found: dict[int, int] = {}
    for sql in _STATED:
        for question, recorded_at in driver.stream(sql):
            found[question] = max(recorded_at, found.get(question, recorded_at))
    return found


def days_set(driver: Driver) -> dict[int, list[SetDay]]:
    """All days to look at questions again that were ever set or taken back, in order."""
    return _by_question(driver, _LOOK_AGAIN) if has_table(driver, "look_again") else {}


def snoozes_set(driver: Driver) -> dict[int, list[SetDay]]:
    """All that ever put a review off, in order."""
    return _by_question(driver, _SNOOZES) if has_table(driver, "snooze") else {}


def weekly_set(driver: Driver) -> list[WeeklyRow]:
    """All rules of review that were ever recorded, in order."""
    return [WeeklyRow._make(row) for row in driver.all(_WEEKLY)] if has_table(driver, "review_rules") else []


def hedges(driver: Driver) -> dict[int, str]:
    """The words in which the last statements of forecasters were made, by entry."""
    return dict(driver.all(_HEDGES))


def criteria(driver: Driver) -> dict[int, str]:
    """The criteria of the questions that have some."""
    return dict(driver.all(_CRITERIA))


def _by_question(driver: Driver, sql: str) -> dict[int, list[SetDay]]:
    found: dict[int, list[SetDay]] = {}
    for row in map(SetDay._make, driver.all(sql)):
        found.setdefault(row.question, []).append(row)
    return found
