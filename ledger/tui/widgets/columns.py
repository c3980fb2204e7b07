"""The columns of the table of questions: which there is room for, how wide, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.kinds import Status
from ledger.services.paging import Column, TableRow
from ledger.services.wording import deadline_words
from ledger.tui.cells import fit, shown
from ledger.tui.widgets.forecast_bar import bar, forecast_words

if TYPE_CHECKING:
    from ledger.services.paging import Sort

BAR = 10
SIGNS = {Status.OPEN: "○", Status.WAITING: "◌", Status.DUE: "●", Status.RESOLVED: "✓", Status.VOID: "∅"}
"""Beside the word, so that colour is never all that tells."""


class Field(NamedTuple):
    """A column: its heading, its width, from which width of the table it is shown, and its text."""

    column: Column
    heading: str
    width: int
    needs: int
    text: Callable[[TableRow, int], str]
    right: bool = False


def _forecast(row: TableRow, _: int) -> str:
    worth = row.worth
    if worth is None or worth.probability is None:
        return fit(forecast_words(worth), BAR + 8)
    words = "withdrawn" if row.withdrawn else forecast_words(worth)
    return f"{bar(worth.probability, worth.low, worth.high, BAR)} {fit(words, 7, right=True)}"


def _status(row: TableRow, _: int) -> str:
    words = row.outcome if row.status is Status.RESOLVED and row.outcome else row.status.value
    return f"{SIGNS[row.status]} {shown(words)}"


def _forecaster(row: TableRow, _: int) -> str:
    more = f" +{row.forecasters - 1}" if row.forecasters > 1 else ""
    return ("" if not row.forecasters else shown(row.forecaster)) + more


FIELDS = (
    Field(Column.NUMBER, "#", 5, 0, lambda row, _: str(row.number), right=True),
    Field(Column.QUESTION, "question", 0, 0, lambda row, _: ("↳ " if row.conditional else "") + shown(row.title)),
    Field(Column.FORECAST, "forecast", BAR + 8, 60, _forecast),
    Field(
        Column.DEADLINE, "deadline", 17, 50, lambda row, now: deadline_words(row.deadline, row.zone, row.status, now)
    ),
    Field(Column.STATUS, "status", 10, 0, _status),
    Field(Column.FORECASTER, "forecaster", 18, 104, _forecaster),
    Field(Column.TAGS, "tags", 20, 128, lambda row, _: shown(", ".join(row.tags))),
)
GAP = 1


def laid_out(width: int, largest: int) -> list[tuple[Field, int]]:
    """The fields that fit into ``width`` with the width of each; the question takes what is left."""
    fields = [one for one in FIELDS if one.needs <= width]
    digits = max(3, len(str(largest)))
    widths = [digits if one.column is Column.NUMBER else one.width for one in fields]
    rest = max(8, width - sum(widths) - GAP * len(fields))
    return [(one, own or rest) for one, own in zip(fields, widths, strict=True)]


def heading_line(fields: list[tuple[Field, int]], sort: Sort) -> str:
    """The headings, with an arrow at the one that the rows are sorted by."""
    arrow = "▼" if sort.descending else "▲"
    words = (one.heading + (arrow if one.column is sort.column else "") for one, _ in fields)
    cells = (fit(word, width, right=one.right) for word, (one, width) in zip(words, fields, strict=True))
    return (" " * GAP).join(cells)
