"""A table of any number of rows that holds only those in sight: the rest is asked for as it scrolls by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ledger.tui.actions import bindings
from ledger.tui.cells import fit

if TYPE_CHECKING:
    from rich.style import Style

BLOCK = 64
KEPT = 64
"""How many blocks of rows stay in memory."""
PARTS = ("heading", "cursor", "due", "quiet", "row")


class Numbered(Protocol):
    """A row that is known by a number."""

    @property
    def number(self) -> int:
        """Its number."""


R = TypeVar("R", bound=Numbered)


class RowsWanted(Message):
    """Rows from ``first`` up to ``end`` came in sight and are not here."""

    def __init__(self, first: int, end: int) -> None:
        """Keep which."""
        self.first, self.end = first, end
        super().__init__()


class RowTold(Message, Generic[R]):
    """Something happened to a row."""

    def __init__(self, row: R) -> None:
        """Keep the row."""
        self.row = row
        super().__init__()


class VirtualTable(ScrollView, Generic[R], can_focus=True):
    """``total`` rows under a heading. It asks for rows by ``RowsWanted`` and is given them by ``put``.

    A table derives its own messages from those here, so that a screen hears them under the table's name.
    """

    BINDINGS = bindings("table")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"virtual-table--{part}" for part in PARTS}
    DEFAULT_CSS = """
    VirtualTable { overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; }
    VirtualTable > .virtual-table--row { color: $foreground; }
    VirtualTable > .virtual-table--heading { color: $quiet; background: $surface; text-style: bold; }
    VirtualTable > .virtual-table--cursor { background: $panel; color: $foreground; }
    VirtualTable:focus > .virtual-table--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    VirtualTable > .virtual-table--due { color: $due; }
    VirtualTable > .virtual-table--quiet { color: $quiet; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    total: reactive[int] = reactive(0, repaint=False)

    RowsWanted: ClassVar[type[RowsWanted]] = RowsWanted
    Highlighted: ClassVar[type[RowTold[Any]]] = RowTold
    """The cursor came to a row."""
    Chosen: ClassVar[type[RowTold[Any]]] = RowTold
    """A row was opened."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without rows."""
        super().__init__(id=id)
        self._blocks: dict[int, Sequence[R]] = {}
        self._asked: set[int] = set()
        self._told: int | None = None
        self._styled: dict[str, Style] = {}

    def heading(self) -> str:
        """The line of headings; tables override it."""
        return ""

    def line(self, row: R, under: Style | None) -> Iterable[Segment]:
        """The cells of a row; all in the style ``under`` where there is one, which is the cursor's."""
        raise NotImplementedError

    def heading_chosen(self, x: int) -> None:
        """A heading was clicked."""

    def begin(
        self, total: int, rows: Sequence[R], *, start: int = 0, cursor: int = 0, keep_scroll: bool = False
    ) -> None:
        """Begin anew with ``total`` rows of which ``rows`` are those from ``start``, where a block begins."""
        self._blocks, self._asked, self._told = {}, set(), None
        self._keep(start, rows, total)
        self._sized(total)
        self.set_reactive(VirtualTable.cursor, max(0, min(cursor, total - 1)))
        if not keep_scroll:
            self._show_cursor()
        self.refresh()
        self._tell()

    def put(self, start: int, rows: Sequence[R]) -> None:
        """Take rows that were asked for."""
        self._keep(start, rows, self.total)
        self.refresh()
        self._tell()

    def sized(self, total: int) -> None:
        """Learn how many rows there are, keeping rows and place."""
        if total != self.total:
            self._blocks.pop(self.total // BLOCK, None)  # it ended with the rows, and would never be asked for again
            self._sized(total)
            self.refresh()

    def _sized(self, total: int) -> None:
        self.total = total
        self.virtual_size = Size(0, total + 1)

    def _keep(self, start: int, rows: Sequence[R], total: int) -> None:
        for at in range(0, len(rows), BLOCK):
            part, block = rows[at : at + BLOCK], (start + at) // BLOCK
            if len(part) == BLOCK or block * BLOCK + len(part) >= total:
                self._blocks.pop(block, None)
                self._blocks[block] = part
            self._asked.discard(block)
        while len(self._blocks) > KEPT:
            del self._blocks[next(iter(self._blocks))]

    def row_at(self, place: int) -> R | None:
        """The row at a place, if it is here."""
        rows = self._blocks.get(place // BLOCK, ())
        return rows[place % BLOCK] if place % BLOCK < len(rows) else None

    @property
    def chosen(self) -> R | None:
        """The row under the cursor, if it is here."""
        return self.row_at(self.cursor) if self.total else None

    def render_line(self, y: int) -> Strip:
        """One line: the headings stay at the top, rows scroll under them."""
        width = self.size.width
        if y == 0:
            return self._strip(self.heading(), self.style_of("heading"), width)
        place = round(self.scroll_y) + y - 1
        if place >= self.total:
            return Strip.blank(width, self.style_of("row"))
        self._want(place)
        row = self.row_at(place)
        under = self.style_of("cursor") if place == self.cursor else None
        if row is None:
            return self._strip("  …", under or self.style_of("quiet"), width)
        return Strip(self.line(row, under)).simplify().adjust_cell_length(width, under or self.style_of("row"))

    def _strip(self, text: str, style: Style, width: int) -> Strip:
        return Strip([Segment(fit(text, width), style)], width)

    def style_of(self, part: str) -> Style:
        """The style of one of ``PARTS``."""
        if part not in self._styled:
            self._styled[part] = self.get_component_rich_style(f"virtual-table--{part}")
        return self._styled[part]

    def notify_style_update(self) -> None:
        """Styles are worked out anew: the focus came or went, or the theme changed."""
        super().notify_style_update()
        self._styled.clear()

    def _want(self, place: int) -> None:
        block = place // BLOCK
        if block not in self._blocks and block not in self._asked:
            self._asked.add(block)
            self.post_message(self.RowsWanted(block * BLOCK, min((block + 1) * BLOCK, self.total)))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two lines, scroll where needed, and tell."""
        if not self._show_cursor():
            for place in (old, new):
                self._repaint(place)
        self._tell()

    def _repaint(self, place: int) -> None:
        line = place + 1 - round(self.scroll_y)
        if 0 < line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def _show_cursor(self) -> bool:
        """Scroll so that the cursor is in sight; whether that moved anything."""
        page, top = max(1, self.size.height - 1), round(self.scroll_y)
        wanted = min(max(top, self.cursor - page + 1), self.cursor)
        if wanted == top:
            return False
        self.scroll_to(y=wanted, animate=False, immediate=True, force=True)  # its scroll bar may be yet to come
        self.vertical_scrollbar.position = self.scroll_y
        return True

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._show_cursor()

    def _tell(self) -> None:
        row = self.chosen
        if row is not None and row.number != self._told:
            self._told = row.number
            self.screen.post_message(self.Highlighted(row))  # straight to who listens: each key pays for the way

    def go(self, place: int) -> None:
        """Move the cursor to a place, or to the nearest there is."""
        if self.total:
            self.cursor = max(0, min(place, self.total - 1))

    def action_down(self) -> None:
        """Next."""
        self.go(self.cursor + 1)

    def action_up(self) -> None:
        """Back."""
        self.go(self.cursor - 1)

    def action_page_down(self) -> None:
        """A page on."""
        self.go(self.cursor + max(1, self.size.height - 2))

    def action_page_up(self) -> None:
        """A page back."""
        self.go(self.cursor - max(1, self.size.height - 2))

    def action_first(self) -> None:
        """The first."""
        self.go(0)

    def action_last(self) -> None:
        """The last."""
        self.go(self.total - 1)

    def action_open(self) -> None:
        """Open what is under the cursor, once its row is here."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """A row is chosen by a click and opened by a second one; a heading may sort."""
        if event.y == 0:
            self.heading_chosen(event.x)
            return
        place = round(self.scroll_y) + event.y - 1
        if place < self.total:
            again = place == self.cursor and event.chain > 1
            self.go(place)
            if again:
                self.action_open()
