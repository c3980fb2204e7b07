"""The rows of one sheet as texts, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from ledger.formats.faulty import Faulty
from ledger.formats.xlsx.book import Book
from ledger.formats.xlsx.numbers import Style, number_text
from ledger.formats.xlsx.package import LONGEST_CELL, Handlers, Package
from ledger.formats.xlsx.strings import Text, unescaped

MOST_ROWS = 300_000
"""Rows of a sheet; more belong into CSV or Parquet, which are read ten times as fast."""
MOST_COLUMNS = 1_000
_TOO_MANY = f"there are more than {MOST_ROWS:,} rows: save the sheet as CSV, or export it as Parquet"


class Cells:
    """Meets the elements of a sheet and keeps the rows that are complete: their numbers, and their cells."""

    def __init__(self, package: Package, book: Book, strings: Sequence[str]) -> None:
        """``strings`` is the table that cells point into."""
        self.rows: deque[tuple[int, list[str]]] = deque()
        self._package, self._book, self._strings = package, book, strings
        self._row: list[str] = []
        self._number, self._kind, self._style = 0, "n", "0"
        self._at, self._formula, self._in_value = -1, False, False
        self._value: list[str] = []
        self._length = 0
        self._text = Text()

    def start(self, name: str, told: dict[str, str]) -> None:
        """Meet an element."""
        if name == "c":
            self._kind, self._style = told.get("t", "n"), told.get("s", "0")
            self._at = self._place(told.get("r"))
            self._formula, self._in_value, self._length = False, False, 0
            self._value.clear()
            self._text.taken()
        elif name == "v":
            self._in_value = True
        elif name == "row":
            self._begin(told.get("r"))
        elif name == "f":
            self._formula = True
        else:
            self._text.start(name)

    def end(self, name: str) -> None:
        """Leave an element."""
        if name == "c":
            cell = self._cell()
            if cell:
                self._row.extend([""] * (self._at + 1 - len(self._row)))
                self._row[self._at] = cell
        elif name == "v":
            self._in_value = False
        elif name == "row":
            self.rows.append((self._number, self._row))
            self._row = []
        else:
            self._text.end(name)

    def text(self, data: str) -> None:
        """Meet text."""
        if self._in_value:
            self._value.append(data)
            self._length += len(data)
        if not self._text.add(data) or self._length > LONGEST_CELL:
            self._package.refuse(f"a cell is longer than {LONGEST_CELL:,} characters: shorten it", self._number)

    def _begin(self, told: str | None) -> None:
        number = int(told) if told and told.isascii() and told.isdigit() and len(told) < 9 else self._number + 1
        if number > MOST_ROWS + 1 or number <= self._number:
            self._package.refuse(_TOO_MANY if number > self._number else "the rows are out of order: save it anew")
        self._number, self._at, self._row = number, -1, []

    def _place(self, told: str | None) -> int:
        place = self._at + 1 if told is None else column_place(told)
        if not 0 <= place < MOST_COLUMNS:
            self._package.refuse(f"there are more than {MOST_COLUMNS:,} columns: is this a table?", self._number)
        return place

    def _cell(self) -> str:
        if self._kind == "inlineStr":
            return self._text.taken()
        raw = "".join(self._value)
        if not raw:
            return Faulty("the formula has no value: calculate and save the workbook anew") if self._formula else ""
        match self._kind:
            case "s":
                return self._shared(raw)
            case "str":
                return unescaped(raw)
            case "b":
                return "true" if raw.strip() == "1" else "false"
            case "e":
                return Faulty(f"the cell holds {raw[:20]}, an error of the spreadsheet: mend it")
            case "d":
                return raw.strip()
            case _:
                told = number_text(raw, self._style_of(), from_1904=self._book.from_1904)
                return Faulty(f"{raw[:20]!r} is no number or day that can be read") if told is None else told

    def _shared(self, raw: str) -> str:
        place = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else len(self._strings)
        if place >= len(self._strings):
            self._package.refuse("a cell names a text that is not there: save the workbook anew", self._number)
        return self._strings[place]

    def _style_of(self) -> Style:
        place = int(self._style) if self._style.isascii() and self._style.isdigit() and len(self._style) < 7 else -1
        return self._book.styles[place] if 0 <= place < len(self._book.styles) else "number"


def column_place(reference: str) -> int:
    """The place, from 0, of the column in a reference such as ``AB12``; -1 where there is none."""
    place = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        place = place * 26 + ord(letter) - 64
    return place - 1


def sheet_rows(package: Package, book: Book, part: str, strings: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of each row of a sheet that has any; a cell after the last full one is left out."""
    package.refuse_many(part, b"<row", MOST_ROWS + 1, _TOO_MANY)
    cells = Cells(package, book, strings)
    for _ in package.parse(part, Handlers(cells.start, cells.end, cells.text)):
        while cells.rows:
            number, row = cells.rows.popleft()
            if any(row):
                yield number, row
