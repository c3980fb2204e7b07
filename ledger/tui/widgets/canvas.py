"""A rectangle of characters, each of a named part; what is drawn later stands before what was drawn earlier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

BLANK = (" ", "ground")
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""The bits of a braille sign, by column from the left and row from the bottom."""
_BRAILLE = 0x2800


class Canvas:
    """``width`` by ``height`` cells; the first column is the leftmost, the first row the lowest."""

    def __init__(self, width: int, height: int) -> None:
        """Begin with nothing on it."""
        self.width, self.height = max(1, width), max(1, height)
        self._rows = [[BLANK] * self.width for _ in range(self.height)]

    def column(self, place: float) -> int:
        """The column at ``place`` from 0 to 1."""
        return round(place * (self.width - 1))

    def row(self, place: float) -> int:
        """The row at ``place`` from 0 to 1."""
        return round(place * (self.height - 1))

    def put(self, column: int, row: int, sign: str, part: str) -> None:
        """Set one cell."""
        self._rows[row][column] = (sign, part)

    def shade(self, columns: tuple[int, int], rows: tuple[int, int], sign: str, part: str) -> None:
        """Fill a rectangle, ends included."""
        for row in range(rows[0], rows[1] + 1):
            for column in range(columns[0], columns[1] + 1):
                self.put(column, row, sign, part)

    def bar(self, column: int, low: float, high: float, part: str) -> None:
        """A vertical line from ``low`` to ``high`` (0 to 1), to half a cell."""
        first, last = (round(end * (2 * self.height - 1)) for end in (low, high))
        for row in range(first // 2, last // 2 + 1):
            lower, upper = first <= 2 * row <= last, first <= 2 * row + 1 <= last
            self.put(column, row, "│" if lower and upper else "╷" if lower else "╵", part)

    def diagonal(self, part: str) -> None:
        """A dotted line from the lower left to the upper right, in braille."""
        bits: dict[tuple[int, int], int] = {}
        wide, high = 2 * self.width, 4 * self.height
        for x in range(0, wide, 2 if wide > high else 1):
            y = round(x * (high - 1) / max(1, wide - 1))
            cell = (x // 2, y // 4)
            bits[cell] = bits.get(cell, 0) | _DOTS[x % 2][y % 4]
        for (column, row), dots in bits.items():
            self.put(column, row, chr(_BRAILLE + dots), part)

    def dots(self, places: Iterator[tuple[float, float]], part: str) -> None:
        """Braille dots at ``places`` (0 to 1 both ways)."""
        bits: dict[tuple[int, int], int] = {}
        for across, up in places:
            x, y = round(across * (2 * self.width - 1)), round(up * (4 * self.height - 1))
            cell = (x // 2, y // 4)
            bits[cell] = bits.get(cell, 0) | _DOTS[x % 2][y % 4]
        for (column, row), dots in bits.items():
            self.put(column, row, chr(_BRAILLE + dots), part)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        """From the top: runs of text, each with its part."""
        for row in reversed(self._rows):
            yield [
                ("".join(sign for sign, _ in run), part)
                for part, run in ((part, list(run)) for part, run in groupby(row, key=lambda cell: cell[1]))
            ]
