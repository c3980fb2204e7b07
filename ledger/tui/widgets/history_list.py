"""A long text of lines with a meaning: made for the width that there is, painted only where it is in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from ledger.tui.cells import fit
from ledger.tui.widgets.spans import PARTS, Line

Make = Callable[[int, bool], list[Line]]
"""Makes the lines for a width; with ``True`` all of them, else it may leave some out and say so in a line ``more``."""


class HistoryList(Widget):
    """Shows the lines that ``show`` is given a maker of."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"history-list--{part}" for part in PARTS}
    DEFAULT_CSS = """
    HistoryList { height: auto; width: 1fr; }
    HistoryList > .history-list--plain { color: $foreground; }
    HistoryList > .history-list--quiet { color: $quiet; }
    HistoryList > .history-list--strong { color: $foreground; text-style: bold; }
    HistoryList > .history-list--struck { color: $quiet; text-style: strike; }
    HistoryList > .history-list--good { color: $success; text-style: bold; }
    HistoryList > .history-list--bad { color: $error; text-style: bold; }
    HistoryList > .history-list--due { color: $due; text-style: bold; }
    HistoryList > .history-list--added { color: $success; }
    HistoryList > .history-list--gone { color: $error; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without lines."""
        super().__init__(id=id)
        self._make: Make | None = None
        self._made: tuple[int, bool, list[Line]] | None = None
        self._all: tuple[int, list[Line]] | None = None
        self.whole = False

    def show(self, make: Make | None) -> None:
        """Show what ``make`` makes."""
        self._make, self._made, self._all = make, None, None
        self.refresh(layout=True)

    def show_whole(self, *, whole: bool) -> None:
        """Leave nothing out, or what is long."""
        self.whole = whole
        self.refresh(layout=True)

    @property
    def leaves_out(self) -> bool:
        """Whether some lines are left out now."""
        if self.whole or self._make is None or self._made is None:
            return False
        width, _, lines = self._made
        if self._all is None or self._all[0] != width:
            self._all = width, self._make(width, True)
        return len(self._all[1]) > len(lines)

    def lines_in(self, width: int) -> list[Line]:
        """The lines for a width, kept while nothing changes."""
        if self._make is None or width <= 0:
            return []
        if self._made is None or self._made[:2] != (width, self.whole):
            kept = self._all[1] if self.whole and self._all is not None and self._all[0] == width else None
            self._made = width, self.whole, self._make(width, self.whole) if kept is None else kept
        return self._made[2]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row for a line."""
        return len(self.lines_in(width))

    def render_line(self, y: int) -> Strip:
        """One line, cut where it is too long after all."""
        width = self.content_size.width
        lines = self.lines_in(width)
        segments, room = [], width
        for text, part in lines[y] if y < len(lines) else ():
            cut = text if cell_len(text) <= room else fit(text, room)
            segments.append(Segment(cut, self.get_component_rich_style(f"history-list--{part}")))
            room -= cell_len(cut)
        return Strip(segments).adjust_cell_length(width, self.rich_style)
