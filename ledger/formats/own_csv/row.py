"""One row read by the names of its columns, and the caches that make a million rows quick."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from ledger.domain.instants import Instant, parse_rfc3339
from ledger.domain.moments import parse_moment
from ledger.domain.probability import Probability, parse_probability
from ledger.domain.text import LONGEST_TEXT, quoted
from ledger.domain.words import clean_input
from ledger.errors import InputError
from ledger.formats.cells import unescape
from ledger.formats.own_csv.columns import Layout
from ledger.formats.sheet import UNKNOWN

LONGEST_NAME = 1_000
"""Characters of a key, the name of a forecaster or of an option."""

_MOST_CACHED = 1 << 18
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
_Read = TypeVar("_Read")


class CellError(InputError):
    """What is wrong with a cell of the row being read; the reader adds file and line."""

    def __init__(self, problem: str, column: str) -> None:
        """``column`` is the one to mend."""
        super().__init__(problem)
        self.column = column


class Row:
    """The cells of one row by column; a column that the file has not is empty."""

    __slots__ = ("_at", "_cells")

    def __init__(self, layout: Layout, cells: list[str]) -> None:
        """``cells`` are as many as the layout is wide."""
        self._at, self._cells = layout.at, cells

    def raw(self, column: str) -> str:
        """The cell without white space at its ends."""
        place = self._at.get(column)
        return "" if place is None else self._cells[place].strip()

    def text(self, column: str, *, limit: int = LONGEST_TEXT) -> str | None:
        """The cleaned text of a cell, None when empty; :class:`CellError` for what no text may hold."""
        place = self._at.get(column)
        if place is None or not self._cells[place]:
            return None
        return clean_cell(self._cells[place], column, limit=limit) or None

    def needed(self, column: str, *, limit: int = LONGEST_TEXT) -> str:
        """The text of a cell that may not be empty."""
        text = self.text(column, limit=limit)
        if text is None:
            raise CellError("this cell may not be empty", column)
        return text

    def read(self, column: str, parse: Callable[[str], _Read]) -> _Read | None:
        """What ``parse`` makes of a cell, None when empty; its :class:`InputError` comes with the column."""
        raw = self.raw(column)
        try:
            return parse(raw) if raw else None
        except InputError as error:
            raise CellError(str(error), column) from None


def clean_cell(cell: str, column: str, *, limit: int) -> str:
    """The text of a cell, as it was before it was escaped, cleaned."""
    if cell.isascii() and cell.isprintable() and not cell.startswith("'") and len(cell) <= limit:
        return cell.strip()
    foreign = _NOT_UTF_8.search(cell)
    if foreign:
        raise CellError(f"character {foreign.start() + 1} is not UTF-8: save the file as UTF-8", column)
    try:
        return clean_input(unescape(cell), "this cell", limit=limit)
    except InputError as error:
        raise CellError(str(error), column) from None


def parse_time(text: str, zone: str | None) -> Instant:
    """An RFC 3339 time, or the end of a plain day in ``zone``."""
    if len(text) != len("2026-12-31") or not _DAY.fullmatch(text):
        return parse_rfc3339(text)
    if zone is None:
        problem = "a plain date needs a zone: name it in the column 'zone', or write a time such as"
        raise InputError(f"{quoted(text)}: {problem} {text}T23:59:59Z")
    return parse_moment(text, zone).instant


class Times(dict[str, "Instant | None"]):
    """The instants of the cells of ``forecast_at``, under one zone; None for an empty one."""

    def __init__(self, zone: str | None) -> None:
        """``zone`` is what plain dates mean."""
        super().__init__()
        self._zone = zone

    def __missing__(self, cell: str) -> Instant | None:
        """Read a cell that was not met before."""
        if len(self) > _MOST_CACHED:
            self.clear()
        text = cell.strip()
        try:
            value = self[cell] = parse_time(text, self._zone) if text else None
        except InputError as error:
            raise CellError(str(error), "forecast_at") from None
        return value


class Probabilities(dict[str, "Probability | None"]):
    """The probabilities of cells; None for an empty one."""

    def __missing__(self, cell: str) -> Probability | None:
        """Read a cell that was not met before."""
        if len(self) > _MOST_CACHED:
            self.clear()
        try:
            value = self[cell] = parse_probability(cell) if cell.strip() else None
        except InputError as error:
            raise CellError(str(error), "probability") from None
        return value


class Names(dict[str, int]):
    """The places of forecasters in the list that is filled as they are met."""

    def __init__(self, names: list[str]) -> None:
        """``names`` is the list."""
        super().__init__()
        self._names, self._places = names, {name: place for place, name in enumerate(names)}

    def __missing__(self, cell: str) -> int:
        """Take in a cell that was not met before."""
        name = clean_cell(cell, "forecaster", limit=LONGEST_NAME) or UNKNOWN
        place = self[cell] = self._places.setdefault(name, len(self._names))
        if place == len(self._names):
            self._names.append(name)
        return place
