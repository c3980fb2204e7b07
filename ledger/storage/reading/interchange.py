"""The book in the order of its journal, as interchange files tell it."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from operator import itemgetter

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver, Row
from ledger.storage.reading.narrowing import of_listed, of_question, of_unit
from ledger.storage.reading.questions import QUESTION_COLUMNS, QuestionRow

_FORECASTS = """
    SELECT f.entry, f.question_id, f.forecaster_id, f.made_at, f.probability, f.value, f.low, f.high, f.scale, f.term,
        w.hedge, w.reason, w.comment
    FROM forecast f JOIN question q ON q.id = f.question_id LEFT JOIN forecast_text w ON w.entry = f.entry
    {units} WHERE {condition} ORDER BY f.entry"""
_UNITS = "JOIN unit u ON u.question_id = f.question_id AND u.forecaster_id = f.forecaster_id"
_WITHDRAWALS = """
    SELECT f.entry, f.question_id, f.forecaster_id, f.at, f.reason FROM withdrawal f
    JOIN question q ON q.id = f.question_id {units} WHERE {condition} ORDER BY f.entry"""
_BARE = """
    SELECT q.entry, q.id FROM question q WHERE {condition}
    AND NOT EXISTS (SELECT 1 FROM forecast f WHERE f.question_id = q.id) ORDER BY q.entry"""


def told_rows(driver: Driver, filters: Filters, now: int) -> Iterator[tuple[str, Row]]:
    """``forecast``, ``withdrawal`` and ``bare`` rows, in the order in which they were recorded."""
    condition, values = of_question(filters, now)
    of_units, more = of_unit(filters)
    narrow = bool(filters.forecasters or filters.classes)
    parts = {"units": _UNITS if narrow else "", "condition": f"{condition} AND {of_units}" if narrow else condition}
    bound = values + more if narrow else values
    listed, listed_values = of_listed(filters, now)
    streams = (
        ((row[0], "forecast", row) for row in driver.stream(_FORECASTS.format(**parts), bound)),
        ((row[0], "withdrawal", row) for row in driver.stream(_WITHDRAWALS.format(**parts), bound)),
        ((row[0], "bare", row) for row in driver.stream(_BARE.format(condition=listed), listed_values)),
    )
    return ((kind, row) for _, kind, row in heapq.merge(*streams, key=itemgetter(0)))


_SELECT = f"""
    SELECT {", ".join(f"q.{name}" for name in QUESTION_COLUMNS)}, s.url, parent.key, r.kind, r.outcome, r.known_at,
        r.evidence, r.note
    FROM question q LEFT JOIN source s ON s.id = q.source_id LEFT JOIN question parent ON parent.id = q.condition_id
    LEFT JOIN resolution r ON r.entry = (SELECT MAX(entry) FROM resolution WHERE question_id = q.id)
    WHERE q.id = ?"""


def asked(driver: Driver, number: int) -> tuple[QuestionRow, Row]:
    """A question's row, and its source's URL, its condition's key, and its last resolution from kind to note."""
    row = driver.one(_SELECT, (number,))
    assert row is not None
    width = len(QUESTION_COLUMNS)
    return QuestionRow._make(row[:width]), row[width:]


def used_columns(driver: Driver) -> set[str]:
    """The optional columns of the own CSV that anything in the book needs."""
    return {name for name, sql in _USED.items() if driver.one(f"SELECT 1 FROM {sql} LIMIT 1")}


_USED = {
    "kind": "question WHERE kind <> 'binary'",
    "option": "question WHERE options > 0",
    "quantile": "question WHERE kind = 'numeric'",
    "value": "question WHERE kind = 'numeric'",
    "criteria": "question WHERE criteria IS NOT NULL",
    "source_url": "question JOIN source ON source.id = question.source_id WHERE source.url IS NOT NULL",
    "hedge": "forecast_text WHERE hedge IS NOT NULL",
    "term": "forecast WHERE term IS NOT NULL",
    "scale": "forecast WHERE scale IS NOT NULL",
    "low": "forecast WHERE low IS NOT NULL",
    "high": "forecast WHERE high IS NOT NULL",
    "condition": "question WHERE condition_id IS NOT NULL",
    "withdrawn": "withdrawal",
    "reason": "(SELECT reason FROM forecast_text UNION ALL SELECT reason FROM withdrawal) AS said "
    "WHERE reason IS NOT NULL",
    "evidence": "resolution WHERE kind <> 'reopen' AND (evidence IS NOT NULL OR kind = 'void')",
    "zone": "question WHERE zone IS NOT NULL",
    "comment": "forecast_text WHERE comment IS NOT NULL",
}


def decoded(value: str | None) -> list[object]:
    """A stored vector or quantiles."""
    return [] if value is None else list(json.loads(value))
