"""Questions as lists and cards show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.domain.filters import Filters
from ledger.domain.kinds import State, Status, status_at
from ledger.storage.driver import Driver, Row
from ledger.storage.reading.narrowing import of_listed

QUESTION_COLUMNS = (
    *("id", "entry", "recorded_at", "key", "kind", "title", "criteria", "opened_at", "deadline", "zone"),
    *("source_id", "section", "deadline_from", "condition_id", "condition_outcome", "options", "starts_at"),
    *("state", "outcome", "value", "known_at", "resolution", "void_reason", "redacted"),
)
_SELECT = f"SELECT {', '.join(f'q.{name}' for name in QUESTION_COLUMNS)} FROM question q"


class QuestionRow(NamedTuple):
    """A question's row in the book (instants in µs)."""

    id: int
    entry: int
    recorded_at: int
    key: str | None
    kind: str
    title: str | None
    criteria: str | None
    opened_at: int | None
    deadline: int
    zone: str | None
    source_id: int | None
    section: str | None
    deadline_from: str | None
    condition_id: int | None
    condition_outcome: str | None
    options: int
    starts_at: int | None
    state: str
    outcome: str | None
    value: float | None
    known_at: int | None
    resolution: int | None
    void_reason: str | None
    redacted: int

    def status(self, now: int) -> Status:
        """What the question is at ``now``."""
        return status_at(State(self.state), self.deadline, now)

    @property
    def name(self) -> str:
        """How to name it in a sentence: its key, or its number where that was redacted."""
        return self.key or f"#{self.id}"


class StandingRow(NamedTuple):
    """The last on-time statement of one unit."""

    question_id: int
    forecaster: str | None
    entry: int
    made_at: int
    probability: float | None
    value: str | None
    low: float | None
    high: float | None
    scale: str | None
    term: str | None


_STANDING = """
    SELECT u.question_id, who.name, f.entry, f.made_at, f.probability, f.value, f.low, f.high, f.scale, f.term
    FROM unit u JOIN forecast f ON f.entry = u.last JOIN forecaster who ON who.id = u.forecaster_id"""


def questions(driver: Driver, filters: Filters, now: int, *, order: str = "q.id") -> Iterator[QuestionRow]:
    """The questions that ``filters`` leave, in ``order`` (a column of the book, never what a user typed)."""
    condition, values = of_listed(filters, now)
    return map(QuestionRow._make, driver.stream(f"{_SELECT} WHERE {condition} ORDER BY {order}", values))


def question(driver: Driver, number: int) -> QuestionRow | None:
    """One question by its number."""
    row = driver.one(f"{_SELECT} WHERE q.id = ?", (number,))
    return None if row is None else QuestionRow._make(row)


def standing(driver: Driver, *, question: int | None = None) -> dict[int, list[StandingRow]]:
    """The standing statement of each unit, by question: of all, or of one."""
    rows: Iterable[Row]
    if question is None:
        rows = driver.stream(f"{_STANDING} ORDER BY u.question_id, u.forecaster_id")
    else:
        rows = driver.all(f"{_STANDING} WHERE u.question_id = ? ORDER BY u.forecaster_id", (question,))
    found: dict[int, list[StandingRow]] = {}
    for row in map(StandingRow._make, rows):
        found.setdefault(row.question_id, []).append(row)
    return found


def tags(driver: Driver, *, question: int | None = None) -> dict[int, list[str]]:
    """Tags by question: of all, or of one."""
    where, values = ("", ()) if question is None else ("WHERE question_id = ?", (question,))
    found: dict[int, list[str]] = {}
    sql = f"SELECT question_id, tag FROM question_tag {where} ORDER BY question_id, position"
    for number, tag in driver.stream(sql, values):
        found.setdefault(number, []).append(tag)
    return found


def options(driver: Driver, question: int) -> list[str]:
    """A question's options in order; a redacted one is named by its place."""
    rows = driver.all("SELECT position, name FROM question_option WHERE question_id = ? ORDER BY position", (question,))
    return [f"option {position + 1}" if name is None else name for position, name in rows]


def count(driver: Driver, filters: Filters, now: int) -> int:
    """How many questions ``filters`` leave."""
    condition, values = of_listed(filters, now)
    row = driver.one(f"SELECT COUNT(*) FROM question q WHERE {condition}", values)
    return int(row[0]) if row else 0
