"""A table of outcomes, as a spreadsheet or a program writes it: one line for each question that was settled."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ledger.domain.text import LONGEST_TEXT, quoted, safe_text
from ledger.domain.words import did_you_mean, near
from ledger.errors import FileInputError
from ledger.formats.own_csv.row import CellError, clean_cell
from ledger.formats.own_csv.source import Progress, Source

COLUMNS = {
    "id": 1_000,
    "question": LONGEST_TEXT,
    "outcome": 1_000,
    "known_at": 200,
    "evidence": 2_000,
    "note": LONGEST_TEXT,
}
"""The columns, and how many characters a cell may have."""
MOST_ROWS = 1_000_000
SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)
"""What some spreadsheets write before the first line."""


class Problem(NamedTuple):
    """Why a line cannot be recorded."""

    line: int
    column: str | None
    problem: str


class OutcomeRow(NamedTuple):
    """A line that names an outcome; its words are cleaned, and ``None`` where a cell is empty."""

    line: int
    id: str | None
    question: str | None
    outcome: str
    known_at: str | None
    evidence: str | None
    note: str | None


@dataclass(slots=True)
class OutcomeTable:
    """What the file says, and which of its lines cannot be read."""

    name: str
    """The file, as messages call it."""
    rows: list[OutcomeRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    without: int = 0
    """Lines that name a question and no outcome yet."""
    notes: list[str] = field(default_factory=list)


def read_outcomes(path: Path, *, progress: Progress | None = None) -> OutcomeTable:
    """Read a file, plain or gzipped, with commas, semicolons or tabs between its cells.

    Raises :class:`FileInputError` for a file that cannot be read as a whole: that is no table, has not the columns
    needed, or runs on without an end.
    """
    table = OutcomeTable(safe_text(path.name))
    records = _records(Source(path, file=table.name, progress=progress), table.name)
    _, header = next(records, (1, None))
    if header is None:
        problem = "the file is empty: its first line names the columns, such as id,outcome,known_at"
        raise FileInputError(problem, file=table.name)
    at = _columns(header, table)
    for line, cells in records:
        _take(table, at, line, cells, len(header))
        if len(table.rows) > MOST_ROWS:
            raise FileInputError(f"there are more than {MOST_ROWS:,} lines: cut the file", file=table.name, line=line)
    return table


def _take(table: OutcomeTable, at: dict[str, int], line: int, cells: list[str], width: int) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if any(cell.strip() for cell in cells[width:]):
        advice = "put quotes around a cell that has a separator in it"
        problem = f"{len(cells)} cells where the first line has {width} columns: {advice}"
        table.problems.append(Problem(line, None, problem))
        return
    try:
        told = {name: clean_cell(cells[place], name, limit=COLUMNS[name]) or None if place < len(cells) else None
                for name, place in at.items()}  # fmt: skip
    except CellError as error:
        table.problems.append(Problem(line, error.column, str(error)))
        return
    outcome = told.get("outcome")
    if outcome is None:
        table.without += 1
        return
    if told.get("id") is None and told.get("question") is None:
        table.problems.append(Problem(line, None, "no question is named: fill in id or question"))
        return
    rest = (told.get(name) for name in ("known_at", "evidence", "note"))
    table.rows.append(OutcomeRow(line, told.get("id"), told.get("question"), outcome, *rest))


def _records(source: Source, file: str) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each record; empty lines are passed over."""
    lines = source.lines()
    first = next(lines, "")
    above = 0
    if told := _SEPARATOR_LINE.fullmatch(first):
        above, separator = 1, told[1]
        source.record_line = 2
    else:
        separator, lines = _separator(first), chain([first], lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for cells in reader:
            line, source.record_line = source.record_line, reader.line_num + above + 1
            if cells:
                yield line, cells
    except csv.Error as error:
        problem = "a quote is not closed, or not doubled inside a cell"
        if "limit" in str(error):
            problem = f"a cell is longer than {csv.field_size_limit():,} characters: shorten it"
        raise FileInputError(problem, file=file, line=source.record_line) from None


def _separator(first: str) -> str:
    """What stands between the cells of the first line: with it, most columns are known."""
    return max(SEPARATORS, key=lambda one: len(COLUMNS.keys() & set(map(_named, first.split(one)))))


def _named(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", cell.strip().strip('"').strip().casefold())


def _columns(header: list[str], table: OutcomeTable) -> dict[str, int]:
    """The place of each column that is there."""
    names = [_named(cell) for cell in header]
    known = [name for name in COLUMNS if name in names]
    if twice := next((name for name in known if names.count(name) > 1), None):
        raise FileInputError("this column is there twice: remove one", file=table.name, line=1, column=twice)
    missing = [name for name in COLUMNS if name not in known]
    others = [name for name in dict.fromkeys(names) if name and name not in known]
    if "outcome" in missing:
        raise _missing("outcome", others, header, table.name)
    if "id" in missing and "question" in missing:
        raise _missing("id or question", others, header, table.name)
    for name in others:
        if meant := near(name, missing, limit=1):
            problem = f"the column {quoted(name)} is not known; did you mean {meant[0]!r}? rename it, or remove it"
            raise FileInputError(problem, file=table.name, line=1)
        table.notes.append(f"the column {quoted(name)} is not one of {', '.join(COLUMNS)}, and was left out")
    return {name: names.index(name) for name in known}


def _missing(needed: str, others: list[str], header: list[str], file: str) -> FileInputError:
    shown = ", ".join(quoted(cell.strip(), limit=30) for cell in header[:12])
    meant = did_you_mean(needed.partition(" ")[0], others)
    problem = f"there is no column {needed}{meant}; the first line names {shown}"
    return FileInputError(problem, file=file, line=1)
