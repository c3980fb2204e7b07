"""The questions of a file: read once, and held against every later row that names them."""

from __future__ import annotations

from functools import lru_cache

from ledger.domain.instants import format_instant
from ledger.domain.kinds import Kind
from ledger.domain.moments import zone_named
from ledger.domain.text import quoted
from ledger.domain.words import clean_input
from ledger.formats.cells import join_tags, split_tags
from ledger.formats.own_csv.row import LONGEST_NAME, CellError, Row, parse_time
from ledger.formats.own_csv.values import VOID, parse_kind, parse_outcome
from ledger.formats.sheet import SheetQuestion

_AGREED = ("kind", "title", "criteria", "zone", "opened_at", "deadline", "source_url", "condition", "tags", "outcome")
"""Columns that have a field of the same name, in the order in which a difference is told."""


def read_question(row: Row, key: str) -> SheetQuestion:
    """The question as one row tells it; :class:`CellError` for a cell that cannot be.

    For a kind with options ``outcome`` is that of the row's option, and ``options`` is still empty. Of a void
    question the evidence is the reason.
    """
    zone = row.read("zone", lambda text: zone_named(text).key)
    kind = row.read("kind", parse_kind) or str(Kind.BINARY)
    outcome = row.read("outcome", lambda text: parse_outcome(text, kind))
    question = SheetQuestion(
        key=key,
        title=row.needed("title"),
        deadline=_deadline(row, zone),
        kind=kind,
        criteria=row.text("criteria"),
        opened_at=_time(row, "opened_at", zone),
        zone=zone,
        source_url=row.text("source_url"),
        condition=_condition(row),
        tags=_tags(row.text("tags") or ""),
        outcome=outcome,
        known_at=_time(row, "resolved_at", zone),
    )
    question.void_reason, question.evidence = _grounds(row, void=outcome == VOID)
    _check(question, row)
    return question


def _time(row: Row, column: str, zone: str | None) -> int | None:
    return row.read(column, lambda text: parse_time(text, zone))


def _deadline(row: Row, zone: str | None) -> int:
    deadline = _time(row, "deadline", zone)
    if deadline is None:
        raise CellError("this cell may not be empty", "deadline")
    return deadline


def _grounds(row: Row, *, void: bool) -> tuple[str | None, str | None]:
    evidence = row.text("evidence")
    return (evidence, None) if void else (None, evidence)


def _check(question: SheetQuestion, row: Row) -> None:
    if question.opened_at is not None and question.deadline <= question.opened_at:
        opened = format_instant(question.opened_at)
        raise CellError(f"the deadline is not after the opening ({opened}): correct one of them", "deadline")
    if question.kind in {Kind.BINARY, Kind.NUMERIC}:
        if row.raw("option"):
            raise CellError(f"a {question.kind} question has no options: say kind choice, or empty this", "option")
        check_known(question)


def check_known(question: SheetQuestion) -> None:
    """Refuse a time at which an outcome could be known without the outcome."""
    if question.known_at is not None and question.outcome is None:
        raise CellError("there is no outcome that could be known then: give the outcome, or empty this", "resolved_at")


@lru_cache(maxsize=1024)
def _tags(cell: str) -> tuple[str, ...]:
    tags = (clean_input(tag, "a tag") for tag in split_tags(cell))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _condition(row: Row) -> tuple[str, str] | None:
    """The key and the outcome on either side of the last ``=`` that has something on both."""
    text = row.text("condition", limit=2 * LONGEST_NAME)
    if text is None:
        return None
    for cut in (at for at in range(len(text) - 1, 0, -1) if text[at] == "="):
        key, outcome = text[:cut].strip(), text[cut + 1 :].strip()
        if key and outcome:
            return key, outcome
    raise CellError(f"{quoted(text)} is no condition: write the question's id and its outcome, as q7=yes", "condition")


def refuse_difference(known: SheetQuestion, told: SheetQuestion, *, line: int) -> None:
    """Refuse a row that tells of a question what an earlier row, first on ``line``, does not."""
    after = _agreed(told)
    for column, before in _agreed(known).items():
        if after.get(column) != before:
            differ = f"{_shown(after.get(column))} here, but {_shown(before)} on line {line}"
            raise CellError(f"question {quoted(known.key)} has {differ}: make them the same", column)


def _agreed(question: SheetQuestion) -> dict[str, object]:
    fields = {column: getattr(question, column) for column in _AGREED}
    if question.kind in {Kind.CHOICE, Kind.ORDERED}:
        del fields["outcome"]
    fields["condition"] = question.condition and "=".join(question.condition)
    grounds = question.evidence or question.void_reason
    return {**fields, "tags": join_tags(question.tags), "resolved_at": question.known_at, "evidence": grounds}


def _shown(value: object) -> str:
    if isinstance(value, int):
        return format_instant(value)
    return quoted(str(value)) if value else "nothing"
