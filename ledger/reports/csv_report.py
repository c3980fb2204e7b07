"""The table of units as CSV: times in RFC 3339, nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import TextIO

from ledger.domain.instants import format_instant
from ledger.domain.probability import shortest_decimal
from ledger.reports.model import Question
from ledger.reports.unit_table import COLUMNS, Type, instant_of, unit_rows

Guard = Callable[[str], str]
Join = Callable[[Iterable[str]], str]


def write_csv(questions: Iterable[Question], stream: TextIO, guard: Guard, join: Join) -> None:
    """Write the rows; ``guard`` makes a text harmless to spreadsheets and ``join`` makes one cell of tags."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for row in unit_rows(questions):
        writer.writerow([_cell(column.type, value, guard, join) for column, value in zip(COLUMNS, row, strict=True)])


def _cell(kind: Type, value: object, guard: Guard, join: Join) -> str:
    if value is None:
        return ""
    if kind is Type.INSTANT:
        return format_instant(instant_of(value) or 0)
    if kind is Type.FIGURE:
        assert isinstance(value, (int, float))
        return shortest_decimal(float(value))
    if isinstance(value, tuple):
        return guard(join(value))
    return guard(value) if isinstance(value, str) else str(value).lower()
