"""Every statement of a question over time: steps on a scale from 0 to 100 %, or of a number's quantiles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import RenderResult
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from ledger.tui.cells import fit
from ledger.tui.widgets.plot_area import CROWD, HAPPENED, IN_RANGE, LATE, SHADES, VERTICALS, Cell
from ledger.tui.widgets.plot_canvas import drawn
from ledger.tui.widgets.plot_data import LETTERS, NAMED, Plot

PARTS = (*(f"line-{at}" for at in range(NAMED)), "range", "event", "late", "happened", "quiet")
NAME = 24
"""Columns that a name takes in the legend."""


class StepPlot(Widget):
    """The plot and its legend; 8 rows where the screen is short, 14 where it is tall."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"step-plot--{part}" for part in PARTS}
    DEFAULT_CSS = """
    StepPlot { height: auto; width: 1fr; }
    StepPlot > .step-plot--line-0 { color: $primary; text-style: bold; }
    StepPlot > .step-plot--line-1 { color: $accent; text-style: bold; }
    StepPlot > .step-plot--line-2 { color: $success; text-style: bold; }
    StepPlot > .step-plot--line-3 { color: $secondary; text-style: bold; }
    StepPlot > .step-plot--line-4 { color: $error; text-style: bold; }
    StepPlot > .step-plot--line-5 { color: $foreground; text-style: bold; }
    StepPlot > .step-plot--range { color: $track; background: $surface; }
    StepPlot > .step-plot--event { color: $quiet; }
    StepPlot > .step-plot--late { color: $error; text-style: bold; }
    StepPlot > .step-plot--happened { color: $success; text-style: bold; }
    StepPlot > .step-plot--quiet { color: $quiet; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin with nothing to draw."""
        super().__init__(id=id)
        self._plot: Plot | None = None
        self._drawn: tuple[Size, list[list[Cell]]] | None = None

    def show(self, plot: Plot | None) -> None:
        """Draw ``plot``."""
        self._plot, self._drawn = plot, None
        self.refresh(layout=True)

    @property
    def rows(self) -> int:
        """The rows of the plot itself."""
        return 14 if self.screen.has_class("-tall") else 8

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The plot and its legend; one line where nothing was stated."""
        return 1 if self._plot is None else self.rows + len(self._legend(width))

    def render(self) -> RenderResult:
        """Nothing was stated yet."""
        return Text("nobody has stated a forecast yet; u states one")

    def render_lines_of(self, width: int) -> list[list[Cell]]:
        """All rows in ``width`` columns, kept while nothing changes."""
        assert self._plot is not None
        size = Size(width, self.rows)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = size, [*drawn(self._plot, width, self.rows), *self._legend(width)]
        return self._drawn[1]

    def render_line(self, y: int) -> Strip:
        """One row."""
        if self._plot is None:
            return super().render_line(y)
        width = self.content_size.width
        rows = self.render_lines_of(width)
        row = rows[y] if y < len(rows) else []
        segments = [
            Segment("".join(char for char, _ in cells), self._style(part))
            for part, cells in groupby(row, key=lambda cell: cell[1])
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _style(self, part: str) -> Style:
        style = self.get_component_rich_style(f"step-plot--{part.removesuffix(IN_RANGE)}")
        if not part.endswith(IN_RANGE):
            return style
        return style + Style(bgcolor=self.get_component_rich_style("step-plot--range").bgcolor)

    def _legend(self, width: int) -> list[list[Cell]]:
        """The legend's lines: letters with names and their last values, then the signs."""
        lines: list[list[Cell]] = [[]]
        for words, part in self._entries():
            if lines[-1] and len(lines[-1]) + len(words) > width:
                lines.append([])
            # a wide character takes two columns: its second cell is empty
            lines[-1] += [(words, part), *([("", part)] * (len(words) - 1))]
        return lines

    def _entries(self) -> Iterator[tuple[str, str]]:
        plot = self._plot
        assert plot is not None
        for at, line in enumerate(plot.named):
            name = _short(line.name)
            last = "late only" if line.last is None else plot.words(line.last)
            yield f"{LETTERS[at]} {name} {last}   ", f"line-{at}"
        if plot.of is not None:
            yield f"as said by {_short(plot.of)}   ", "quiet"
        if plot.others:
            yield f"{CROWD} {plot.others:,} more   ", "quiet"
        for shade, at in zip(SHADES, plot.ranged, strict=False):
            yield f"{shade} range of {LETTERS[at]}   ", "quiet"
        for event in plot.events[1:]:
            yield f"{VERTICALS[event.word]} {event.word}   ", "event"
        if plot.late:
            yield f"{LATE} {len(plot.late)} late, not scored   ", "late"
        if plot.happened is not None:
            yield f"{HAPPENED} happened   ", "happened"


def _short(name: str) -> str:
    return fit(name, NAME).rstrip()
