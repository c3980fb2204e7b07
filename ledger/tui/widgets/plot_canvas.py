"""A step plot as cells of text: lines in braille, ranges shaded, letters where somebody spoke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.services.wording import day_words
from ledger.tui.cells import fit
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


def drawn(plot: Plot, width: int, height: int) -> list[list[Cell]]:
    """``height`` rows of ``width`` cells: values from the top down, and the times in the last row."""
    labels = [*_values(plot, height - 1)]
    left = max(map(len, labels)) + 1
    beside = min(len(plot.named), 3) + (min(len(plot.late), MOST_LATE) + 1 if plot.late else 0)
    beside += 2 if plot.happened is not None else 0
    area = _Area(plot, max(8, width - left - beside - 1), max(2, height - 1))
    area.draw()
    rows = []
    for at, label in enumerate(labels):
        edge: list[Cell] = [(one, "quiet") for one in label.rjust(left - 1) + ("┤" if label else "│")]
        rows.append([*edge, *area.row(at), *area.right(at, beside + 1)][:width])
    times = _times(plot, area)
    rows.append([*([BLANK] * left), *((one, "quiet") for one in fit(times, width - left))])
    return rows


def _values(plot: Plot, rows: int) -> Iterator[str]:
    """The labels of the rows: top, middle and bottom."""
    for at in range(rows):
        part = {0: 1.0, rows // 2: 1 - (rows // 2) / (rows - 1), rows - 1: 0.0}.get(at)
        value = None if part is None else plot.low * (1 - part) + plot.high * part
        yield "" if value is None else f"{value * 100:.0f} %" if plot.share else f"{value:.4g}"


def _times(plot: Plot, area: _Area) -> str:
    """The days of what is marked, each as near as may be to its line; the first day where there is room."""
    line = [" "] * (area.width + 8)
    start = Label(0, day_words(plot.start, plot.zone))
    labels = [Label(area.column(one.at), f"{one.word} {day_words(one.at, plot.zone)}") for one in plot.events]
    for label in (*labels, start):
        at = label.place(area.width)
        if all(cell == " " for cell in line[max(0, at - 2) : at + len(label.words) + 2]):
            line[at : at + len(label.words)] = label.words
    return "".join(line).rstrip()


class Label:
    """Words under a column."""

    def __init__(self, column: int, words: str) -> None:
        """Keep both."""
        self.column, self.words = column, words

    def place(self, width: int) -> int:
        """Where they begin, so that they end within ``width``."""
        return max(0, min(self.column - len(self.words) // 2, width - len(self.words)))


class _Area:
    """The part of the plot where values stand over time."""

    def __init__(self, plot: Plot, width: int, height: int) -> None:
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


def text_of(rows: Iterable[list[Cell]]) -> str:
    """The characters alone."""
    return "\n".join("".join(char for char, _ in row).rstrip() for row in rows)
