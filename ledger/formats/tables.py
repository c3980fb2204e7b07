"""Comma-separated tables of other trackers, read by the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from ledger.errors import FileInputError
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.guards import Lines
from ledger.formats.opening import Part


def table_rows(part: Part, *, separator: str = ",", pad: bool = False) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows below the header, with the line on which each begins, and its cells by column.

    Empty lines are passed over. With ``pad`` a row that is short has its last columns empty. Raises
    :class:`FileInputError` for a quote that is not closed, a row that is too short or too long, and a column twice.
    """
    file = part.name
    lines = Lines(part.text(), file=file)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            began, line = line, reader.line_num + 1
            lines.record()
            if not cells or cells == [""]:
                continue
            if not header:
                header = _header(cells, file, began)
            else:
                yield began, dict(zip(header, _fitting(cells, header, file, began, pad=pad), strict=True))
    except csv.Error as error:
        problem = "a quote is not closed, or not doubled inside a cell"
        if "limit" in str(error):
            problem = f"a cell is longer than {csv.field_size_limit():,} characters"
        raise FileInputError(problem, file=file, line=line) from None


def _header(cells: list[str], file: str, line: int) -> list[str]:
    names = [cell.strip() for cell in cells]
    if twice := next((name for name in names if name and names.count(name) > 1), None):
        raise FileInputError("this column is there twice: remove one", file=file, line=line, column=twice)
    return [name or f"column {at}" for at, name in enumerate(names, 1)]


def _fitting(cells: list[str], header: list[str], file: str, line: int, *, pad: bool) -> list[str]:
    if len(cells) == len(header) or (pad and len(cells) < len(header)):
        return cells + [""] * (len(header) - len(cells))
    problem = f"{len(cells)} cells under {len(header)} columns: is a comma or a quote missing or too many?"
    raise FileInputError(problem, file=file, line=line)


def table_fields(part: Part, builder: SheetBuilder, *, pad: bool = False) -> Iterator[Fields]:
    """The rows as records of ``builder``'s sheet."""
    for line, cells in table_rows(part, pad=pad):
        yield Fields(cells, builder, line)
