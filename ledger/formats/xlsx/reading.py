"""The rows of a workbook's first sheet that says something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ledger.formats.xlsx.book import read_book
from ledger.formats.xlsx.package import package
from ledger.formats.xlsx.rows import sheet_rows
from ledger.formats.xlsx.strings import shared_strings

Progress = Callable[[int], None]
"""Called with the rows read so far."""
_OFTEN = 2_000


@dataclass(slots=True)
class Rows:
    """A sheet being read."""

    rows: Iterator[tuple[int, list[str]]]
    """The number (from 1) and the cells of each row that has any."""
    sheet: str = ""
    """The name of the sheet."""
    others: list[str] = field(default_factory=list)
    """The names of the sheets that are not read."""


@contextmanager
def read_rows(origin: str | Path | BinaryIO, *, file: str, progress: Progress | None = None) -> Iterator[Rows]:
    """The rows of the first visible sheet that has any; :class:`FileInputError` for what is no workbook."""
    with package(origin, file=file) as parts:
        book = read_book(parts)
        strings = shared_strings(parts, book.strings)
        for place, (name, part) in enumerate(book.sheets):
            rows = sheet_rows(parts, book, part, strings)
            first = next(rows, None)
            if first is not None or place == len(book.sheets) - 1:
                others = [other for other, _ in book.sheets if other != name]
                yield Rows(_told(first, rows, progress), name, others)
                return


def _told(
    first: tuple[int, list[str]] | None, rows: Iterator[tuple[int, list[str]]], progress: Progress | None
) -> Iterator[tuple[int, list[str]]]:
    if first is None:
        return
    yield first
    for count, row in enumerate(rows, 2):
        if progress and count % _OFTEN == 0:
            progress(count)
        yield row
