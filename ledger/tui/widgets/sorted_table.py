"""A table of rows that are all in memory: sorted by any column, one line a row, painted only where it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ledger.tui.actions import bindings
from ledger.tui.cells import fit

if TYPE_CHECKING:
    from rich.style import Style

GAP = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands over it, its width (0 takes what is left), its text and what it is sorted by.

    A column with ``needs`` is left out where the table is narrower. ``order`` gives ``None`` for what comes last either
    way.
    """

    title: str
    width: int
    text: Callable[[Any, int], str]
    order: Callable[[Any], Any] | None = None
    right: bool = False
    needs: int = 0


class SortedTable(ScrollView, can_focus=True):
    """Rows under ``headings``; what is ``said`` stands in their place while there are none."""

    BINDINGS = bindings("sorted")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"sorted-table--{part}" for part in ("heading", "row", "cursor", "quiet")}
    DEFAULT_CSS = """
    SortedTable { overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; }
    SortedTable > .sorted-table--heading { color: $quiet; background: $surface; text-style: bold; }
    SortedTable > .sorted-table--row { color: $foreground; }
    SortedTable > .sorted-table--quiet { color: $quiet; }
    SortedTable > .sorted-table--cursor { background: $panel; color: $foreground; }
    SortedTable:focus > .sorted-table--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    """

    cursor: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor came to a row."""

        def __init__(self, table: SortedTable, row: Any) -> None:
            """Keep the row, and of which table it is."""
            self.table, self.row = table, row
            super().__init__()

    def __init__(self, *, id: str | None = None, gap: int = GAP) -> None:  # noqa: A002 - Textual's own word
        """Begin without columns or rows; ``gap`` columns lie between two."""
        super().__init__(id=id)
        self.headings: Sequence[Heading] = ()
        self.rows: list[Any] = []
        self.said, self.gap = "", gap
        self.sorted_by: int | None = None
        self.descending = False

    def show(self, headings: Sequence[Heading], rows: Sequence[Any], said: str = "", *, keep: bool = False) -> None:
        """Show ``rows`` in the order given; with ``keep`` in the order and at the place that were chosen before."""
        if not keep:
            self.sorted_by, self.descending = None, False
        self.headings, self.rows, self.said = headings, list(rows), said
        self._arrange()
        self.virtual_size = Size(0, len(rows) + 1)
        self.set_reactive(SortedTable.cursor, max(0, min(self.cursor, len(rows) - 1)) if keep else 0)
        self.refresh()
        self._tell()

    def _arrange(self) -> None:
        order = None if self.sorted_by is None else self.headings[self.sorted_by].order
        if order is None:
            return
        known = [row for row in self.rows if order(row) is not None]
        self.rows = sorted(known, key=order, reverse=self.descending) + [row for row in self.rows if order(row) is None]

    def sort_by(self, column: int, *, descending: bool) -> None:
        """Put the rows in another order."""
        self.sorted_by, self.descending = column, descending
        self._arrange()
        self.cursor = 0
        self.refresh()
        self._tell()

    def _laid_out(self) -> list[tuple[Heading, int]]:
        width = self.scrollable_content_region.width
        there = [one for one in self.headings if one.needs <= width]
        rest = max(6, width - sum(one.width for one in there) - self.gap * (len(there) - 1) - 2)
        return [(one, one.width or rest) for one in there]

    def render_line(self, y: int) -> Strip:
        """Give the headings, or one row."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self._strip(" " + (" " * self.gap).join(self._titles()), "heading", width)
        place = y - 1 + round(self.scroll_y)
        if not self.rows and place == 0:
            return self._strip(" " + self.said, "quiet", width)
        if place >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row = self.rows[place]
        cells = (fit(one.text(row, wide), wide, right=one.right) for one, wide in self._laid_out())
        return self._strip(" " + (" " * self.gap).join(cells), "cursor" if place == self.cursor else "row", width)

    def _titles(self) -> list[str]:
        arrow = "▼" if self.descending else "▲"
        at = None if self.sorted_by is None else self.headings[self.sorted_by]
        return [fit(one.title + (arrow if one is at else ""), wide, right=one.right) for one, wide in self._laid_out()]

    def _strip(self, text: str, part: str, width: int) -> Strip:
        style = self._style(part)
        return Strip([Segment(fit(text, width), style)]).adjust_cell_length(width, style)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"sorted-table--{part}")

    def watch_cursor(self, place: int) -> None:
        """Keep the row in sight, and tell."""
        page, top = max(1, self.size.height - 1), round(self.scroll_y)
        wanted = min(max(top, place - page + 1), place)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True)
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        if self.rows:
            self.post_message(self.Highlighted(self, self.rows[min(self.cursor, len(self.rows) - 1)]))

    def _go(self, place: int) -> None:
        if self.rows:
            self.cursor = max(0, min(place, len(self.rows) - 1))

    def action_down(self) -> None:
        """Next."""
        self._go(self.cursor + 1)

    def action_up(self) -> None:
        """Back."""
        self._go(self.cursor - 1)

    def action_page_down(self) -> None:
        """A page on."""
        self._go(self.cursor + max(1, self.size.height - 2))

    def action_page_up(self) -> None:
        """A page back."""
        self._go(self.cursor - max(1, self.size.height - 2))

    def action_first(self) -> None:
        """The first."""
        self._go(0)

    def action_last(self) -> None:
        """The last."""
        self._go(len(self.rows) - 1)

    def action_sort(self) -> None:
        """Sort by the next column that can be sorted by."""
        able = [at for at, one in enumerate(self.headings) if one.order is not None]
        if able:
            after = [at for at in able if self.sorted_by is not None and at > self.sorted_by]
            self.sort_by((after or able)[0], descending=False)

    def action_reverse(self) -> None:
        """Turn the order round."""
        if self.sorted_by is not None:
            self.sort_by(self.sorted_by, descending=not self.descending)

    def on_click(self, event: events.Click) -> None:
        """Go to a row, or sort by a heading."""
        if event.y:
            self._go(round(self.scroll_y) + event.y - 1)
            return
        at = 1
        for one, wide in self._laid_out():
            at += wide + self.gap
            if event.x < at:
                if one.order is not None:
                    column = self.headings.index(one)
                    self.sort_by(column, descending=column == self.sorted_by and not self.descending)
                return
