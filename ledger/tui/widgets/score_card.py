"""The card: a figure a line; enter explains the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ledger.tui.actions import bindings
from ledger.tui.cells import fit, shown
from ledger.tui.widgets.figures import Figure

if TYPE_CHECKING:
    from rich.style import Style

NAMES = 15
"""Columns for the names."""


class ScoreCard(ScrollView, can_focus=True):
    """The figures of a card."""

    BINDINGS = bindings("card")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"score-card--{part}" for part in ("row", "main", "quiet", "cursor")}
    DEFAULT_CSS = """
    ScoreCard { overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; }
    ScoreCard > .score-card--row { color: $foreground; }
    ScoreCard > .score-card--main { color: $foreground; text-style: bold; }
    ScoreCard > .score-card--quiet { color: $quiet; }
    ScoreCard > .score-card--cursor { color: $cursor-text; background: $cursor; text-style: bold; }
    """

    cursor: reactive[int] = reactive(0)

    class Asked(Message):
        """A figure is to be explained."""

        def __init__(self, figure: Figure) -> None:
            """Keep which."""
            self.figure = figure
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without figures."""
        super().__init__(id=id)
        self.figures: Sequence[Figure] = ()

    def show(self, figures: Sequence[Figure]) -> None:
        """Show ``figures``, keeping the place."""
        self.figures = figures
        self.virtual_size = Size(0, len(figures))
        self.set_reactive(ScoreCard.cursor, max(0, min(self.cursor, len(figures) - 1)))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Give one figure."""
        at, width = y + round(self.scroll_y), self.scrollable_content_region.width
        if at >= len(self.figures):
            return Strip.blank(width, self.rich_style)
        return self._line(self.figures[at], width, chosen=self.has_focus and at == self.cursor)

    def _line(self, figure: Figure, width: int, *, chosen: bool) -> Strip:
        value = self._style("main" if figure.main else "row")
        name, value = (self._style("cursor"),) * 2 if chosen else (self._style("quiet"), value)
        told = f"{figure.told} {shown(figure.why)}" if figure.undefined else figure.told
        segments = [Segment(fit(f" {figure.name}", NAMES + 1), name), Segment(fit(told, width - NAMES - 1), value)]
        return Strip(segments).adjust_cell_length(width, value)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"score-card--{part}")

    def watch_cursor(self, place: int) -> None:
        """Keep the figure in sight."""
        page, top = max(1, self.size.height), round(self.scroll_y)
        wanted = min(max(top, place - page + 1), place)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True)
        self.refresh()

    def _go(self, place: int) -> None:
        if self.figures:
            self.cursor = max(0, min(place, len(self.figures) - 1))

    def action_down(self) -> None:
        """Next."""
        self._go(self.cursor + 1)

    def action_up(self) -> None:
        """Back."""
        self._go(self.cursor - 1)

    def action_first(self) -> None:
        """The first."""
        self._go(0)

    def action_last(self) -> None:
        """The last."""
        self._go(len(self.figures) - 1)

    def action_explain(self) -> None:
        """Say what the figure means."""
        if self.cursor < len(self.figures):
            self.post_message(self.Asked(self.figures[self.cursor]))

    def on_click(self, event: events.Click) -> None:
        """Choose a figure; a second click explains it."""
        place = round(self.scroll_y) + event.y
        if place < len(self.figures):
            self._go(place)
            if event.chain > 1:
                self.action_explain()
