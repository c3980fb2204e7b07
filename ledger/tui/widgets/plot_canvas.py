"""A step plot with its labels, as rows of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ledger.services.wording import day_words
from ledger.tui.cells import fit
from ledger.tui.widgets.plot_area import BLANK, MOST_LATE, Area, Cell

if TYPE_CHECKING:
    from ledger.tui.widgets.plot_data import Plot


def drawn(plot: Plot, width: int, height: int) -> list[list[Cell]]:
    """``height`` rows of ``width`` cells: values from the top down, and the times in the last row."""
    labels = [*_values(plot, height - 1)]
    left = max(map(len, labels)) + 1
    beside = min(len(plot.named), 3) + (min(len(plot.late), MOST_LATE) + 1 if plot.late else 0)
    beside += 2 if plot.happened is not None else 0
    area = Area(plot, max(8, width - left - beside - 1), max(2, height - 1))
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


def _times(plot: Plot, area: Area) -> str:
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


def text_of(rows: Iterable[list[Cell]]) -> str:
    """The characters alone."""
    return "\n".join("".join(char for char, _ in row).rstrip() for row in rows)
