"""What a list shows beside each question: its units, its options, what it waits for, and counts over all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver
from ledger.storage.reading.narrowing import marks, of_question, of_unit


class ListedUnit(NamedTuple):
    """A unit with its last on-time statement; a unit whose statements were all late has none (``entry`` is None)."""

    question_id: int
    forecaster: str | None
    statements: int
    late: int
    weight: int
    timing: str
    first: int | None
    entry: int | None
    made_at: int | None
    probability: float | None
    value: str | None
    low: float | None
    high: float | None
    scale: str | None
    term: str | None
    withdrawn: int
    """1 where the forecaster stepped back after it."""


_UNITS = """
    SELECT u.question_id, who.name, u.statements, u.late, u.weight, u.timing, u.first,
        f.entry, f.made_at, f.probability, f.value, f.low, f.high, f.scale, f.term,
        EXISTS (SELECT 1 FROM withdrawal w WHERE w.question_id = u.question_id
                AND w.forecaster_id = u.forecaster_id AND (w.at, w.entry) > (f.made_at, f.entry))
    FROM unit u JOIN forecaster who ON who.id = u.forecaster_id LEFT JOIN forecast f ON f.entry = u.last"""


def listed_units(driver: Driver, filters: Filters, now: int) -> Iterator[ListedUnit]:
    """The units that ``filters`` leave, by question and forecaster."""
    asked, values = of_question(filters, now)
    which, more = of_unit(filters)
    narrowed = f"JOIN question q ON q.id = u.question_id WHERE {asked} AND {which}" if filters.narrows else ""
    sql = f"{_UNITS} {narrowed} ORDER BY u.question_id, u.forecaster_id"
    return map(ListedUnit._make, driver.stream(sql, [*values, *more] if narrowed else ()))


def units_of(driver: Driver, question: int) -> list[ListedUnit]:
    """The units of one question."""
    rows = driver.all(f"{_UNITS} WHERE u.question_id = ? ORDER BY u.forecaster_id", (question,))
    return [ListedUnit._make(row) for row in rows]


def units_among(driver: Driver, questions: Sequence[int]) -> dict[int, list[ListedUnit]]:
    """The units of some questions, by question."""
    found: dict[int, list[ListedUnit]] = {}
    sql = f"{_UNITS} WHERE u.question_id IN ({marks(questions)}) ORDER BY u.question_id, u.forecaster_id"
    for unit in map(ListedUnit._make, driver.all(sql, questions)):
        found.setdefault(unit.question_id, []).append(unit)
    return found


class NeededRow(NamedTuple):
    """A question as one that depends on it sees it."""

    id: int
    key: str | None
    kind: str
    state: str
    deadline: int
    outcome: str | None
    condition_id: int | None
    condition_outcome: str | None


_NEEDED = "SELECT id, key, kind, state, deadline, outcome, condition_id, condition_outcome FROM question"


def needed(driver: Driver) -> dict[int, NeededRow]:
    """All questions that others depend on."""
    depended = "SELECT condition_id FROM question WHERE condition_id IS NOT NULL"
    return {row[0]: NeededRow._make(row) for row in driver.all(f"{_NEEDED} WHERE id IN ({depended})")}


def needed_one(driver: Driver, number: int) -> NeededRow | None:
    """One question as another that depends on it sees it."""
    row = driver.one(f"{_NEEDED} WHERE id = ?", (number,))
    return None if row is None else NeededRow._make(row)


def dependants(driver: Driver, number: int) -> list[NeededRow]:
    """The questions that need an outcome of this one."""
    return [NeededRow._make(row) for row in driver.all(f"{_NEEDED} WHERE condition_id = ? ORDER BY id", (number,))]


def all_options(driver: Driver) -> dict[int, list[str]]:
    """Options by question; a redacted one is named by its place."""
    found: dict[int, list[str]] = {}
    sql = "SELECT question_id, position, name FROM question_option ORDER BY question_id, position"
    for number, position, name in driver.stream(sql):
        found.setdefault(number, []).append(f"option {position + 1}" if name is None else name)
    return found


def keys_like(driver: Driver, beginning: str, limit: int) -> list[tuple[str, str | None]]:
    """Keys that begin so, with their titles, for a shell to offer."""
    escaped = beginning.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    sql = r"SELECT key, title FROM question WHERE key LIKE ? ESCAPE '\' ORDER BY id LIMIT ?"
    return [(key, title) for key, title in driver.all(sql, (escaped + "%", limit))]
