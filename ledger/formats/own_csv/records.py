"""The records of a file: the cells, and the line on which each record begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Protocol

from ledger.errors import FileInputError
from ledger.formats.own_csv.source import Source


class Place(Protocol):
    """Where a reader of rows is."""

    record_line: int
    """The line after the row that was read last."""


_QUOTED = re.compile(r'"(?:[^"]|"")*+"(?=[,\r\n]|\Z)')
_PLAIN = re.compile(r"[^,\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def records(source: Source, *, file: str) -> Iterator[tuple[int, list[str]]]:
    """The line (from 1) and the cells of each record; empty lines are passed over.

    Raises :class:`FileInputError`, naming the line on which it began, for a quote that is not closed.
    """
    reader = csv.reader(source.lines(), strict=True)
    try:
        for cells in reader:
            line, source.record_line = source.record_line, reader.line_num + 1
            if cells:
                yield line, cells
    except csv.Error:
        raise _told(source, file) from None


def _told(source: Source, file: str) -> FileInputError:
    """What was wrong: every complaint of a strict reader is a quote left open, or a cell without an end."""
    below = open_quote("".join(source.pending()))
    if below is None:
        longest = f"{csv.field_size_limit():,}"
        problem, below = f"a cell is longer than {longest} characters: shorten it", 0
    else:
        problem = "a quote opens a cell here and is not closed: close it, and double a quote inside a cell"
    return FileInputError(problem, file=file, line=source.record_line + below)


def open_quote(text: str) -> int | None:
    """How many lines below the start of ``text`` the first quote stands that opens a cell and does not close it."""
    place = 0
    while place < len(text):
        quoted = text[place] == '"'
        found = (_QUOTED if quoted else _PLAIN).match(text, place)
        if found is None:
            return len(_LINE_END.findall(text, 0, place))
        place = found.end() + 1
    return None


def wrong_width(line: int, cells: list[str], width: int, source: Place, *, file: str) -> FileInputError:
    """The refusal of a record that has not as many cells as the first line."""
    end = source.record_line - 1
    more = len(cells) > width
    advice = "put quotes around a cell that has commas in it" if more else "add the missing ones, if only their commas"
    if end > line:
        advice = f"this record runs to line {end}, so a quote may have been left open"
    count = f"{len(cells)} {'cell' if len(cells) == 1 else 'cells'}"
    return FileInputError(f"{count} where the first line has {width} columns: {advice}", file=file, line=line)
