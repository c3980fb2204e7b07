"""A file of the ledger's own CSV read into a sheet, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from ledger.domain.text import quoted, safe_text
from ledger.domain.words import did_you_mean
from ledger.errors import FileInputError
from ledger.formats.own_csv.columns import OPTIONAL, STANDARD, read_header
from ledger.formats.own_csv.conditions import settle_conditions
from ledger.formats.own_csv.identical import merge_identical
from ledger.formats.own_csv.reading import Reading
from ledger.formats.own_csv.records import Place, records
from ledger.formats.own_csv.source import Progress, Source
from ledger.formats.sheet import Sheet


def read_csv(origin: str | Path | BinaryIO, *, name: str | None = None, progress: Progress | None = None) -> Sheet:
    """What the file at ``origin`` (a path or a binary stream, plain or gzipped) says.

    ``name`` is the file in messages, by default the path. ``progress`` is called with the bytes read so far
    every few thousand rows; what it raises ends the reading. Whether a time lies in the future, and whether a
    condition names a question of the ledger, is for the importer to check.

    Raises :class:`FileInputError`, one line with file, line and column, at the first thing that is wrong.
    """
    sheet = Sheet(safe_text(name if name is not None else str(origin)))
    source = Source(origin, file=sheet.name, progress=progress)
    rows = records(source, file=sheet.name)
    _, header = next(rows, (1, None))
    if header is None:
        problem = "the file is empty: its first line names the columns, such as question_id,title,forecaster"
        raise FileInputError(problem, file=sheet.name)
    return read_rows(header, rows, sheet, source)


def read_rows(header: list[str], rows: Iterable[tuple[int, list[str]]], sheet: Sheet, place: Place) -> Sheet:
    """The same for a table that is not written as CSV: its columns, and the number and the cells of each row.

    ``sheet`` is empty but for its name; what ``place`` says of a row that is being read goes into messages.
    """
    layout = read_header(header, file=sheet.name)
    reading = Reading(layout, place, sheet)
    reading.read(rows)
    settle_conditions(sheet)
    sheet.notes.extend(_notes(layout.left_out, reading.left_out, merge_identical(sheet)))
    return sheet


def _notes(columns: tuple[str, ...], words: Mapping[str, int], merged: int) -> list[str]:
    notes = []
    for column in columns:
        known = did_you_mean(column, (*STANDARD, *OPTIONAL))
        notes.append(f"the column {quoted(column)} is not one of the ledger's and was left out{known}")
    notes += [f"{column} was left out in {count:,} of the rows without a forecast" for column, count in words.items()]
    if merged:
        one = f"{merged:,} statements are identical to an earlier one of the same forecaster and were left out"
        notes.append(one.replace("statements are", "statement is").replace("were", "was") if merged == 1 else one)
    return notes
