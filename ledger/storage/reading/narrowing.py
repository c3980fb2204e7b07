"""Filters as SQL conditions on a question ``q`` and a unit ``u``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sized

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status

Condition = tuple[str, list[object]]

STATUS = "CASE WHEN q.state <> 'unsettled' THEN q.state WHEN q.deadline <= ? THEN 'due' ELSE 'open' END"
"""A question's status; its one value is the clock."""


def of_question(filters: Filters, now: int, *, gathered: bool = False) -> Condition:
    """What ``filters`` ask of a question, as a condition and its values; ``1 = 1`` where they ask nothing.

    Tags are looked up question by question; with ``gathered`` all questions that have them are gathered first, which
    is quicker where many questions are passed over.
    """
    parts: list[Condition] = []
    if filters.status:
        parts.append(_status(filters.status, now))
    for condition, values in ((_TAGGED if gathered else _TAG, filters.tags), (_SOURCE, filters.sources)):
        if values:
            parts.append(_any(condition, values))
    if filters.since is not None:
        parts.append(("q.deadline >= ?", [filters.since]))
    if filters.until is not None:
        parts.append(("q.deadline <= ?", [filters.until]))
    if filters.search:
        parts.append(_sought(filters.search))
    return _all(parts)


def of_unit(filters: Filters) -> Condition:
    """What ``filters`` ask of a unit."""
    parts: list[Condition] = []
    if filters.forecasters:
        parts.append(_any(_FORECASTER, filters.forecasters))
    if filters.classes:
        parts.append(_any("u.timing = ?", [one.value for one in filters.classes]))
    return _all(parts)


def of_listed(filters: Filters, now: int, *, gathered: bool = False) -> Condition:
    """What ``filters`` ask of a question in a list: a question counts when one of its units does.

    With ``gathered`` the units are gathered first, as the tags are.
    """
    condition, values = of_question(filters, now, gathered=gathered)
    if filters.forecasters or filters.classes:
        of_units, more = of_unit(filters)
        condition += f" AND {_OF_UNITS if gathered else _HAS_UNIT} AND {of_units})"
        values = values + more
    return condition, values


# The empty text keeps SQLite from asking the index of tags, which would list all that have the tag each time.
_TAG = "EXISTS (SELECT 1 FROM question_tag t WHERE t.question_id = q.id AND t.tag || '' = ?)"
_TAGGED = "q.id IN (SELECT question_id FROM question_tag WHERE tag = ?)"
_HAS_UNIT = "EXISTS (SELECT 1 FROM unit u WHERE u.question_id = q.id"
_OF_UNITS = "q.id IN (SELECT u.question_id FROM unit u WHERE 1 = 1"
_FORECASTER = "u.forecaster_id IN (SELECT id FROM forecaster WHERE name = ?)"
_SOURCE = """q.source_id IN (SELECT id FROM source WHERE ? IN (author, title, publisher, url))"""
# Most questions have no criteria, and each LIKE is a call; so is reading its ESCAPE, where there is nothing to escape.
_SEARCH = "(q.key LIKE ? {0} OR q.title LIKE ? {0} OR q.criteria IS NOT NULL AND q.criteria LIKE ? {0})"


def _sought(text: str) -> Condition:
    plain = escaped(text)
    condition = _SEARCH.format("" if plain == text else r"ESCAPE '\'")
    return condition, [f"%{plain}%"] * 3


def _status(wanted: Collection[Status], now: int) -> Condition:
    parts: list[Condition] = []
    if settled := [one.value for one in wanted if one not in {Status.OPEN, Status.DUE}]:
        parts.append((f"q.state IN ({marks(settled)})", [*settled]))
    for status, side in ((Status.DUE, "<="), (Status.OPEN, ">")):
        if status in wanted:
            parts.append((f"q.state = 'unsettled' AND q.deadline {side} ?", [now]))
    return "(" + " OR ".join(part for part, _ in parts) + ")", [value for _, values in parts for value in values]


def _any(condition: str, values: Iterable[object]) -> Condition:
    listed = list(values)
    return "(" + " OR ".join([condition] * len(listed)) + ")", listed


def _all(parts: list[Condition]) -> Condition:
    if not parts:
        return "1 = 1", []
    return " AND ".join(part for part, _ in parts), [value for _, values in parts for value in values]


def escaped(text: str) -> str:
    """``text`` for a ``LIKE`` whose escape is a backslash: its signs stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def marks(values: Sized) -> str:
    """A mark for each of ``values``, for an ``IN``."""
    return ", ".join("?" * len(values))
