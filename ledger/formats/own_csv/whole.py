"""A whole sheet as columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.domain.kinds import Kind
from ledger.formats.own_csv.columns import columns_for
from ledger.formats.own_csv.rows import RowBuilder, said_cells
from ledger.formats.sheet import Extra, Sheet, SheetQuestion


def used_by_question(question: SheetQuestion) -> set[str]:
    """The optional columns that a question needs."""
    used = {
        "kind": question.kind != Kind.BINARY,
        "option": bool(question.options),
        "criteria": question.criteria is not None,
        "source_url": question.source_url is not None,
        "condition": question.condition is not None,
        "evidence": (question.evidence or question.void_reason) is not None,
        "zone": question.zone is not None,
    }
    return {column for column, needed in used.items() if needed}


def used_by_extra(extra: Extra) -> set[str]:
    """The optional columns that a statement needs."""
    used = {column for column, cell in said_cells(extra).items() if cell}
    return used | ({"quantile", "value"} if extra.quantiles else set())


def sheet_columns(sheet: Sheet) -> list[str]:
    """The columns to write ``sheet`` with."""
    questions = (used_by_question(question) for question in sheet.questions)
    return columns_for(set().union(*questions, *(used_by_extra(extra) for extra in sheet.extras.values())))


def sheet_rows(sheet: Sheet, columns: Sequence[str]) -> Iterator[list[str]]:
    """All rows of ``sheet``, from which the same sheet is read again."""
    builder, alone = RowBuilder(columns), _alone(sheet)
    for row in range(len(sheet) + 1):
        for place in alone.get(row, ()):
            yield from builder.bare(sheet.questions[place])
        if row < len(sheet):
            question, who = sheet.questions[sheet.question_of[row]], sheet.forecasters[sheet.forecaster_of[row]]
            made_at, value, extra = sheet.made_at[row], sheet.probability[row], sheet.extras.get(row)
            if extra is None and value is not None:
                yield builder.plain(question, who, made_at, value.decimal)
            else:
                yield from builder.statement(question, who, made_at, value, extra)


def _alone(sheet: Sheet) -> dict[int, list[int]]:
    """The questions that need rows of their own, by the statement that those stand before.

    A question needs none where its own statement comes next, unless no statement shows its options.
    """
    shown = {sheet.question_of[row] for row, extra in sheet.extras.items() if extra.vector}
    before: dict[int, list[int]] = {}
    for place, question in enumerate(sheet.questions):
        before.setdefault(question.first_row, []).append(place)
    for row, places in before.items():
        next_one = sheet.question_of[row] if row < len(sheet) else None
        if places[-1] == next_one and (next_one in shown or not sheet.questions[next_one].options):
            places.pop()
    return before
