"""Somebody's own table, whatever holds it: CSV of any kind, a workbook, Parquet; every cell as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ledger.domain.text import quoted
from ledger.errors import FileInputError
from ledger.formats import parquet, xlsx
from ledger.formats.guards import Lines
from ledger.formats.opening import Material, Part

MOST_ROWS = 200_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 500
MOST_BYTES = 1 << 25
"""Bytes of a text (32 MB): a table is held whole while it is looked at."""
LONGEST_CELL = 100_000
_SEPARATORS = ",;\t|"
_LOOKED_AT = 20
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Table:
    """A header, and the rows below it: their number in the file, and as many cells as there are columns."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)
    """What had to be assumed to read it."""

    def column(self, name: str) -> list[tuple[int, str]]:
        """The lines and the cells of a column."""
        place = self.header.index(name)
        return [(line, cells[place]) for line, cells in self.rows]


def read_table(material: Material) -> Table:
    """The table that ``material`` is; :class:`FileInputError` for what is none, or beyond the limits above."""
    part = material.parts[0]
    octets = part.head.octets
    if octets.startswith(b"PK") and part.member is None:
        with xlsx.read_rows(part.path, file=part.name) as found:
            table = _gathered(found.rows, part.name)
            if found.others:
                others = ", ".join(quoted(other, limit=40) for other in found.others[:5])
                table.notes.append(f"only the sheet {quoted(found.sheet, limit=40)} was read, not {others}")
            return table
    if octets.startswith(parquet.MAGIC) and part.member is None:
        with parquet.read_rows(part.path, file=part.name) as (header, rows):
            return _gathered([(1, header)], part.name, more=rows)
    text, note = _text(part)
    table = _gathered(_records(text, part.name), part.name)
    table.notes.extend([note] if note else [])
    return table


def _text(part: Part) -> tuple[str, str]:
    octets = part.octets(MOST_BYTES)
    if len(octets) > MOST_BYTES:
        problem = f"more than {MOST_BYTES >> 20} MB: cut it in parts, or give it the ledger's own columns"
        raise FileInputError(problem, file=part.name)
    try:
        if octets.startswith(UTF_16):
            return octets.decode("utf-16"), "read as UTF-16"
        return octets.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        if octets.startswith(UTF_16):
            raise FileInputError("is neither UTF-16 nor UTF-8: save it as UTF-8", file=part.name) from None
        return octets.decode("cp1252", "replace"), "it is not UTF-8, and was read as Windows-1252: look at its accents"


def separator_of(text: str) -> str:
    """What stands between the cells: of the four, the one that gives the first lines the same, and most, cells.

    Where none divides the first line, which may be a title, the one that divides a later one most often.
    """
    lines = io.StringIO(text[: 1 << 16], newline="")

    def rated(separator: str) -> tuple[bool, int, int]:
        lines.seek(0)
        widths = []
        try:
            for row, _ in zip(csv.reader(lines, delimiter=separator), range(_LOOKED_AT), strict=False):
                widths.extend([len(row)] if row else [])
        except csv.Error:
            return False, 0, 0
        even = len(set(widths[:-1] if len(widths) > 2 else widths)) <= 1
        first = widths[0] if widths else 0
        return even and first != 1, first, max(widths) if first == 1 else 0

    return max(_SEPARATORS, key=rated)


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    first = text[:8].partition("\n")[0].rstrip("\r").lower()
    told = first.startswith("sep=") and len(first) == 5
    separator = first[4] if told else separator_of(text)
    lines = Lines(text, file=file)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            began, line = line, reader.line_num + 1
            lines.record()
            if any(cells) and not (told and began == 1):
                yield began, cells
    except csv.Error as error:
        long = "limit" in str(error)
        problem = "a cell is too long: shorten it" if long else "a quote is not closed, or not doubled inside a cell"
        raise FileInputError(problem, file=file, line=line) from None


def _gathered(rows: Iterable[tuple[int, list[str]]], file: str, *, more: Iterable[tuple[int, list[str]]] = ()) -> Table:
    header: list[str] = []
    top = 0
    gathered: list[tuple[int, list[str]]] = []
    for source in (rows, more):
        for line, cells in source:
            if not header:
                header, top = _header(cells, file, line), line
                continue
            gathered.append((line, _fitting(cells, header, file, line, top=top)))
            if len(gathered) > MOST_ROWS or len(gathered) * len(header) > MOST_CELLS:
                problem = "too large a table to look at: cut it in parts, or give it the ledger's own columns"
                raise FileInputError(problem, file=file, line=line)
    if not header:
        raise FileInputError("the table is empty: its first line names the columns", file=file)
    return Table(header, gathered)


def _header(cells: list[str], file: str, line: int) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise FileInputError(f"{len(cells):,} columns are too many: is this a table?", file=file, line=line)
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split())[:200] or f"column {place}"
        twice = names.count(name)
        names.append(f"{name} ({place})" if twice else name)
    return names


def _fitting(cells: list[str], header: list[str], file: str, line: int, *, top: int) -> list[str]:
    if any(cell.strip() for cell in cells[len(header) :]):
        if len(header) == 1:
            problem = f"looks like a title rather than a header, having one cell where line {line} has {len(cells)}"
            hint = "remove what stands above the line that names the columns"
            raise FileInputError(f"{problem}: {hint}", file=file, line=top)
        problem = f"{len(cells)} cells under {len(header)} columns: put quotes around a cell that has a separator in it"
        raise FileInputError(problem, file=file, line=line)
    if (long := max(map(len, cells), default=0)) > LONGEST_CELL:
        raise FileInputError(f"a cell of {long:,} characters: {LONGEST_CELL:,} are the most", file=file, line=line)
    return [*cells[: len(header)], *[""] * (len(header) - len(cells))]
