"""A table of questions, a page at a time: which numbers in which order, and the rows of a few of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver
from ledger.storage.reading.narrowing import marks, of_listed
from ledger.storage.reading.questions import QUESTION_COLUMNS, QuestionRow
from ledger.storage.reading.sieving import stretches

NUMBER = "number"
HEAD = 10_000
"""So many questions are looked at one by one for a first page before all that a filter leaves is gathered."""
PART = 50_000
"""So many questions are searched before what was found in them is shown."""

_LATEST = """(SELECT {what} FROM unit u JOIN forecast f ON f.entry = u.last {more} WHERE u.question_id = q.id
    ORDER BY EXISTS (SELECT 1 FROM withdrawal w WHERE w.question_id = u.question_id
        AND w.forecaster_id = u.forecaster_id AND (w.at, w.entry) > (f.made_at, f.entry)),
    f.made_at DESC, f.entry DESC LIMIT 1)"""
_ORDERS = {
    "number": "q.id",
    "question": "q.title",
    "forecast": _LATEST.format(what="f.probability", more=""),
    "deadline": "q.deadline",
    "status": """CASE WHEN q.state = 'unsettled' THEN CASE WHEN q.deadline <= ? THEN 0 ELSE 1 END
        WHEN q.state = 'waiting' THEN 2 WHEN q.state = 'resolved' THEN 3 ELSE 4 END""",
    "forecaster": _LATEST.format(what="who.name", more="JOIN forecaster who ON who.id = u.forecaster_id"),
    "tags": "(SELECT tag FROM question_tag WHERE question_id = q.id ORDER BY position LIMIT 1)",
}
"""What each column of the table is ordered by; those with a ``?`` take the clock."""
ORDERS = tuple(_ORDERS)
_OF_WORDS = ("question", "forecaster", "tags")
_INDEXED = ("number", "deadline")
_NEVER_NULL = ("number", "deadline", "status")


def first_numbers(driver: Driver, filters: Filters, now: int, order: str, descending: bool, size: int) -> list[int]:
    """The first ``size`` numbers of :func:`numbers`, without reading the rest where that can be helped."""
    rare = _rare(driver, filters)
    if order in _INDEXED and filters.narrows and not rare:
        found = _first(driver, filters, now, order, descending, size, _beginning(driver, order, descending))
        if len(found) == size:
            return found
    return _first(driver, filters, now, order, descending, size, rare)


def first_found(driver: Driver, filters: Filters, now: int, size: int, *, descending: bool) -> list[int]:
    """Up to ``size`` of the first numbers that a free text is found in, as soon as some are.

    The ledger is read part by part, and the rest is left once a part has some: none only where there are none.
    """
    for among in _ranges(driver, filters.search or "", descending=descending):
        if found := _first(driver, filters, now, NUMBER, descending, size, among):
            return found
    return []


def _beginning(driver: Driver, order: str, descending: bool) -> str:
    """The questions that come first, as a condition."""
    if order == NUMBER:
        return f"q.id > {last_number(driver) - HEAD}" if descending else f"q.id <= {HEAD}"
    way = " DESC" if descending else ""
    return f"q.id IN (SELECT id FROM question ORDER BY {order}{way}, id{way} LIMIT {HEAD})"


def _first(
    driver: Driver, filters: Filters, now: int, order: str, descending: bool, size: int, among: str = ""
) -> list[int]:
    sql, values = _select(driver, filters, now, order, descending, among)
    return [number for (number,) in driver.all(f"{sql} LIMIT ?", [*values, size])]


def numbers(driver: Driver, filters: Filters, now: int, order: str, descending: bool) -> array[int]:
    """The numbers of all questions that ``filters`` leave, by one of ``ORDERS``.

    What has no value to be ordered by comes last either way; equals come by number, ``descending`` ones from the end.
    """
    found = array("q")
    if order == NUMBER and filters.search is not None and filters == Filters(search=filters.search):
        ranges = _ranges(driver, filters.search, descending=descending)
    else:
        ranges = iter([_rare(driver, filters)])
    for among in ranges:
        for block in driver.blocks(*_select(driver, filters, now, order, descending, among)):
            found.extend(chain.from_iterable(block))
    return found


def _ranges(driver: Driver, text: str, *, descending: bool) -> Iterator[str]:
    """Where a free text can be, as one condition after the other, looked for as they are asked for."""
    where = stretches(driver, text, last_number(driver), longest=PART, descending=descending)
    return (f"q.id >= {low} AND q.id <= {high}" for low, high in where)


def _rare(driver: Driver, filters: Filters) -> str:
    """Where a free text can be, as a condition; empty if that is in many questions, or if none is asked for."""
    if filters.search is None:
        return ""
    numbers: list[int] = []
    for low, high in stretches(driver, filters.search, last_number(driver), longest=HEAD):
        numbers += range(low, high + 1)
        if len(numbers) > HEAD:
            return ""
    return f"q.id IN ({', '.join(map(str, numbers))})"


def _select(
    driver: Driver, filters: Filters, now: int, order: str, descending: bool, among: str = ""
) -> tuple[str, list[object]]:
    condition, values = of_listed(filters, now, gathered=not among)
    if among:
        condition = f"{among} AND {condition}"
    by, way = _ORDERS[order], " DESC" if descending else ""
    if order in _OF_WORDS:
        by = driver.without_case(by)
    last = "" if order in _NEVER_NULL else " NULLS LAST"
    ties = "" if order == NUMBER else f", q.id{way}"
    # The index of deadlines helps where all that it leads to is wanted in its order. Where most is passed over, or
    # something is looked up beside each question, going through them by number is quicker.
    bounds = Filters(since=filters.since, until=filters.until)
    scan = "" if order == "deadline" and filters == bounds else "NOT INDEXED"
    sql = f"SELECT q.id FROM question q {scan} WHERE {condition} ORDER BY {by}{way}{last}{ties}"
    return sql, [*values, *([now] if "?" in by else [])]


def last_number(driver: Driver) -> int:
    """The number of the last question; 0 where there is none."""
    row = driver.one("SELECT MAX(id) FROM question")
    return int(row[0] or 0) if row else 0


def is_contiguous(driver: Driver, last: int) -> bool:
    """Whether the questions are 1 to ``last``, none missing."""
    first = driver.one("SELECT MIN(id) FROM question")
    # Asked for alone, the count is read off the pages of an index, not off its rows.
    return first in {(1,), (None,)} and driver.one("SELECT COUNT(*) FROM question") == (last,)


def questions_among(driver: Driver, questions: Sequence[int]) -> dict[int, QuestionRow]:
    """Some questions by number; those that are not there are left out."""
    sql = f"SELECT {', '.join(QUESTION_COLUMNS)} FROM question WHERE id IN ({marks(questions)})"
    return {row[0]: QuestionRow._make(row) for row in driver.all(sql, questions)}


def tags_among(driver: Driver, questions: Sequence[int]) -> dict[int, list[str]]:
    """The tags of some questions, by question."""
    found: dict[int, list[str]] = {}
    where = f"question_id IN ({marks(questions)})"
    sql = f"SELECT question_id, tag FROM question_tag WHERE {where} ORDER BY question_id, position"
    for number, tag in driver.all(sql, questions):
        found.setdefault(number, []).append(tag)
    return found


def options_among(driver: Driver, questions: Sequence[int]) -> dict[int, list[str]]:
    """The options of some questions, by question; a redacted one is named by its place."""
    found: dict[int, list[str]] = {}
    where = f"question_id IN ({marks(questions)})"
    sql = f"SELECT question_id, position, name FROM question_option WHERE {where} ORDER BY question_id, position"
    for number, position, name in driver.all(sql, questions):
        found.setdefault(number, []).append(f"option {position + 1}" if name is None else name)
    return found
