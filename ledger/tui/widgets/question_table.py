"""A table of any number of questions that holds only the rows in sight: the rest is asked for as it scrolls by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ledger.services.paging import Column, Sort, TableRow
from ledger.tui.actions import bindings
from ledger.tui.cells import fit
from ledger.tui.widgets.columns import GAP, Field, heading_line, laid_out

if TYPE_CHECKING:
    from rich.style import Style

BLOCK = 64
KEPT = 64
"""How many blocks of rows stay in memory."""


class QuestionTable(ScrollView, can_focus=True):
    """The rows of ``total`` questions. It asks for rows by ``RowsWanted`` and is given them by ``put``."""

    BINDINGS = bindings("table")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"question-table--{part}" for part in ("heading", "cursor", "due", "quiet", "row")
    }
    DEFAULT_CSS = """
    QuestionTable { overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; }
    QuestionTable > .question-table--row { color: $foreground; }
    QuestionTable > .question-table--heading { color: $quiet; background: $surface; text-style: bold; }
    QuestionTable > .question-table--cursor { background: $panel; color: $foreground; }
    QuestionTable:focus > .question-table--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    QuestionTable > .question-table--due { color: $due; }
    QuestionTable > .question-table--quiet { color: $quiet; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    total: reactive[int] = reactive(0, repaint=False)
    sort: reactive[Sort] = reactive(Sort(Column.NUMBER))

    class RowsWanted(Message):
        """Rows from ``first`` up to ``end`` came in sight and are not here."""

        def __init__(self, first: int, end: int) -> None:
            """Keep which."""
            self.first, self.end = first, end
            super().__init__()

    class Highlighted(Message):
        """The cursor came to a question."""

        def __init__(self, row: TableRow) -> None:
            """Keep the question's row."""
            self.row = row
            super().__init__()

    class Chosen(Highlighted):
        """A question was opened."""

    class HeadingChosen(Message):
        """A heading was clicked."""

        def __init__(self, column: Column) -> None:
            """Keep the column."""
            self.column = column
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without rows."""
        super().__init__(id=id)
        self.now = 0
        self._blocks: dict[int, Sequence[TableRow]] = {}
        self._asked: set[int] = set()
        self._told: int | None = None

    def fill(
        self, total: int, rows: Sequence[TableRow], now: int, *, cursor: int = 0, keep_scroll: bool = False
    ) -> None:
        """Begin anew with ``total`` questions of which ``rows`` are the first."""
        self._blocks, self._asked, self._told, self.now = {}, set(), None, now
        self._keep(0, rows, total)
        self._sized(total)
        self.set_reactive(QuestionTable.cursor, max(0, min(cursor, total - 1)))
        if not keep_scroll:
            self._show_cursor()
        self.refresh()
        self._tell()

    def put(self, start: int, rows: Sequence[TableRow]) -> None:
        """Take rows that were asked for."""
        self._keep(start, rows, self.total)
        self.refresh()
        self._tell()

    def sized(self, total: int) -> None:
        """Learn how many questions there are, keeping rows and place."""
        if total != self.total:
            self._sized(total)
            self.refresh()

    def _sized(self, total: int) -> None:
        self.total = total
        self.virtual_size = Size(0, total + 1)

    def _keep(self, start: int, rows: Sequence[TableRow], total: int) -> None:
        for at in range(0, len(rows), BLOCK):
            part, block = rows[at : at + BLOCK], (start + at) // BLOCK
            if len(part) == BLOCK or block * BLOCK + len(part) >= total:
                self._blocks.pop(block, None)
                self._blocks[block] = part
            self._asked.discard(block)
        while len(self._blocks) > KEPT:
            del self._blocks[next(iter(self._blocks))]

    def row_at(self, place: int) -> TableRow | None:
        """The row at a place, if it is here."""
        rows = self._blocks.get(place // BLOCK, ())
        return rows[place % BLOCK] if place % BLOCK < len(rows) else None

    @property
    def chosen(self) -> TableRow | None:
        """The row under the cursor, if it is here."""
        return self.row_at(self.cursor) if self.total else None

    def _fields(self) -> list[tuple[Field, int]]:
        return laid_out(self.scrollable_content_region.width, max(self.total, 1))

    def render_line(self, y: int) -> Strip:
        """One line: the headings stay at the top, rows scroll under them."""
        width, fields = self.size.width, self._fields()
        if y == 0:
            return self._strip(heading_line(fields, self.sort), self._style("heading"), width)
        place = round(self.scroll_y) + y - 1
        if place >= self.total:
            return Strip.blank(width, self.rich_style)
        self._want(place)
        row = self.row_at(place)
        under = self._style("cursor") if place == self.cursor else None
        if row is None:
            return self._strip("  …", under or self._style("quiet"), width)
        return self._row(row, fields, under, width)

    def _row(self, row: TableRow, fields: list[tuple[Field, int]], under: Style | None, width: int) -> Strip:
        plain, due, quiet = under or self._style("row"), self._style("due"), self._style("quiet")
        segments, used = [], 0
        for field, wide in fields:
            style = due if row.status == "due" and field.column in (Column.DEADLINE, Column.STATUS) else plain
            if under is None and field.column in (Column.NUMBER, Column.TAGS, Column.FORECASTER):
                style = quiet
            elif under is not None:
                style = under
            segments.append(Segment(fit(field.text(row, self.now), wide, right=field.right) + " " * GAP, style))
            used += wide + GAP
        return Strip(segments, used).adjust_cell_length(width, plain)

    def _strip(self, text: str, style: Style, width: int) -> Strip:
        return Strip([Segment(fit(text, width), style)], width)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"question-table--{part}")

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
        self.scroll_to(y=wanted, animate=False, immediate=True)
        return True

    def _tell(self) -> None:
        row = self.chosen
        if row is not None and row.number != self._told:
            self._told = row.number
            self.post_message(self.Highlighted(row))

    def _go(self, place: int) -> None:
        if self.total:
            self.cursor = max(0, min(place, self.total - 1))

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
        self._go(self.total - 1)

    def action_open(self) -> None:
        """Open what is under the cursor, once its row is here."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """A row is chosen by a click and opened by a second one; a heading sorts."""
        if event.y == 0:
            self._heading_at(event.x)
            return
        place = round(self.scroll_y) + event.y - 1
        if place < self.total:
            again = place == self.cursor and event.chain > 1
            self._go(place)
            if again:
                self.action_open()

    def _heading_at(self, x: int) -> None:
        at = 0
        for field, width in self._fields():
            at += width + GAP
            if x < at:
                self.post_message(self.HeadingChosen(field.column))
                return
