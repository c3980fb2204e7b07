"""The one table of a report: a row for each unit, and one for each question without any; typed columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from ledger.domain.instants import Instant
from ledger.reports.model import Question, Unit

Value = str | float | int | bool | None


class Type(Enum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    FIGURE = "figure"
    TRUTH = "truth"
    INSTANT = "instant"
    TAGS = "tags"


class TypedColumn(NamedTuple):
    """A column by name, with what it holds."""

    name: str
    type: Type


def _columns(told: str) -> Iterator[TypedColumn]:
    for part in told.split():
        name, _, kind = part.partition(":")
        yield TypedColumn(name, Type(kind or "text"))


COLUMNS = tuple(
    _columns(
        "question:count question_id title kind status opened_at:instant deadline:instant zone tags:tags source "
        "source_url section condition outcome known_at:instant void_reason evidence forecaster class statements:count "
        "late_statements:count made_at:instant probability:figure low:figure high:figure scale term value "
        "withdrawn:truth weight:figure score:figure truncated_score:figure"
    )
)
"""``question`` is the number in the ledger, ``value`` options or quantiles as JSON, scores are half Brier (0 to 1)."""
Row = tuple["Value | tuple[str, ...]", ...]


def unit_rows(questions: Iterable[Question]) -> Iterator[Row]:
    """The rows in the order of the columns; instants are µs."""
    for asked in questions:
        head = _of_question(asked)
        for unit in asked.units or (None,):
            yield head + (_NOBODY if unit is None else _of_unit(unit))


def _of_question(asked: Question) -> Row:
    source = asked.source
    return (
        asked.number, asked.key, asked.title, asked.kind, asked.status, asked.opened_at, asked.deadline, asked.zone,
        asked.tags, None if source is None else source.label, None if source is None else source.url, asked.section,
        asked.condition, asked.outcome, asked.known_at, asked.void_reason, asked.evidence,
    )  # fmt: skip


def _of_unit(unit: Unit) -> Row:
    return (
        unit.forecaster, unit.timing, unit.statements, unit.late, unit.made_at, unit.probability, unit.low, unit.high,
        unit.scale, unit.term, unit.value, unit.withdrawn, unit.weight, unit.score, unit.truncated,
    )  # fmt: skip


_NOBODY: Row = (None,) * 15


def instant_of(value: object) -> Instant | None:
    """The value of a column of instants."""
    assert value is None or isinstance(value, int)
    return value
