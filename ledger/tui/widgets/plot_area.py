"""A step plot as cells of text: lines in braille, ranges shaded, letters where somebody spoke."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.tui.widgets.plot_data import LETTERS

if TYPE_CHECKING:
    from ledger.tui.widgets.plot_data import Event, Line, Plot

Cell = tuple[str, str]
"""A character, and the part of the plot that it belongs to (its style)."""
SHADES = "░▒"
"""Ranges of the first two lines that have one."""
CROWD, LATE, HAPPENED = "∙", "×", "◆"
VERTICALS = {"deadline": "┊", "known": "│", "now": "╎"}
UNDER = frozenset({*SHADES, CROWD, *VERTICALS.values()})
"""What a line is drawn over."""
IN_RANGE = "+"
"""At the end of the part of a cell that lies in a range."""
BLANK: Cell = (" ", "quiet")
MOST_LATE = 6
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille cell, by column and row."""


class Area:
    """The part of the plot where values stand over time."""

    def __init__(self, plot: Plot, width: int, height: int) -> None:
        """An empty one of so many cells."""
        self.plot, self.width, self.height = plot, width, height
        self.cells: dict[tuple[int, int], Cell] = {}
        self.dots: dict[tuple[int, int], int] = {}
        self.parts: dict[tuple[int, int], str] = {}
        self.shaded: set[tuple[int, int]] = set()

    def draw(self) -> None:
        """Ranges first, then the crowd, lines and letters over them."""
        named = [(at, line) for at, line in enumerate(self.plot.named)]
        for shade, at in zip(SHADES, self.plot.ranged, strict=False):
            self._ranges(self.plot.named[at], shade)
        for since, value in self.plot.crowd:
            self.cells[self._row(value), self.column(since)] = (CROWD, "quiet")
        for at, line in reversed(named):
            self._steps(line, f"line-{at}")
        for event in self.plot.events:
            self._event(event)
        for at, line in reversed(named):
            for one in line.stretches:
                self.cells[self._row(one.value), self.column(one.since)] = (LETTERS[at], f"line-{at}")

    def row(self, at: int) -> list[Cell]:
        """A row of the area."""
        return [self._cell(at, column) for column in range(self.width)]

    def right(self, at: int, room: int) -> list[Cell]:
        """What stands to the right of a row: who stands there at the end, late statements, what happened."""
        plot = self.plot
        cells = [BLANK]
        for place, line in enumerate(plot.named):
            if line.standing and line.last is not None and self._row(line.last) == at:
                cells.append((LETTERS[place], f"line-{place}"))
        start = 1 + min(len(plot.named), 3)
        cells = [*cells, *([BLANK] * (start - len(cells)))][:start]
        if plot.late:
            late = plot.late[-MOST_LATE:]
            cells += [(LATE, "late") if self._row(one) == at else BLANK for one in late] + [BLANK]
        if plot.happened is not None:
            cells += [(HAPPENED, "happened") if self._row(plot.happened) == at else BLANK, BLANK]
        return [*cells, *([BLANK] * (room - len(cells)))]

    def column(self, instant: int) -> int:
        """The column of an instant."""
        return self._dot_x(instant) // 2

    def _cell(self, row: int, column: int) -> Cell:
        char, part = self.cells.get((row, column), BLANK)
        bits = self.dots.get((row, column))
        if bits is not None and (char == " " or char in UNDER):
            char, part = chr(0x2800 + bits), self.parts[row, column]
        return char, part + (IN_RANGE if (row, column) in self.shaded else "")

    def _dot_x(self, instant: int) -> int:
        length = max(1, self.plot.end - self.plot.start)
        part = max(0, min(instant - self.plot.start, length))
        return (2 * self.width - 1) * part // length

    def _dot_y(self, value: float) -> int:
        low, high = self.plot.low / 2, self.plot.high / 2  # halved, as their difference may be beyond a float
        part = max(0.0, min(1.0, (value / 2 - low) / (high - low)))
        return round((1 - part) * (4 * self.height - 1))

    def _row(self, value: float) -> int:
        return self._dot_y(value) // 4

    def _dot(self, x: int, y: int, part: str) -> None:
        place = (y // 4, x // 2)
        self.dots[place] = self.dots.get(place, 0) | _DOTS[x % 2][y % 4]
        self.parts[place] = part

    def _ranges(self, line: Line, shade: str) -> None:
        for one in line.stretches:
            if one.low is None or one.high is None:
                continue
            for row in self._rows_of(one.low, one.high, one.value):
                for column in range(self.column(one.since), self.column(one.until) + 1):
                    self.cells[row, column] = (shade, "range")
                    self.shaded.add((row, column))

    def _rows_of(self, low: float, high: float, value: float) -> set[int]:
        """The rows whose middle lies in a range, and the one of its best value."""
        top, bottom = self._dot_y(high) - 0.5, self._dot_y(low) + 0.5
        return {self._row(value)} | {row for row in range(self.height) if top <= 4 * row + 1.5 <= bottom}

    def _steps(self, line: Line, part: str) -> None:
        for one in line.stretches:
            y = self._dot_y(one.value)
            for x in range(self._dot_x(one.since), self._dot_x(one.until) + 1):
                self._dot(x, y, part)
        for before, after in pairwise(line.stretches):
            if before.until == after.since:
                self._riser(self._dot_x(after.since), self._dot_y(before.value), self._dot_y(after.value), part)

    def _riser(self, x: int, from_y: int, to_y: int, part: str) -> None:
        for y in range(min(from_y, to_y), max(from_y, to_y) + 1):
            self._dot(x, y, part)

    def _event(self, event: Event) -> None:
        column = self.column(event.at)
        for row in range(self.height):
            if self.cells.get((row, column), BLANK)[0] in (" ", CROWD, *SHADES):
                self.cells[row, column] = (VERTICALS[event.word], "event")
