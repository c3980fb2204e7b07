"""The table of questions: its columns, its order, and what its lines look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive

from ledger.services.paging import Column, Sort, TableRow
from ledger.tui.cells import fit
from ledger.tui.widgets import virtual_table
from ledger.tui.widgets.columns import GAP, Field, heading_line, laid_out
from ledger.tui.widgets.virtual_table import BLOCK, RowTold, VirtualTable

if TYPE_CHECKING:
    from rich.style import Style

__all__ = ["BLOCK", "QuestionTable"]

ALARMING = (Column.DEADLINE, Column.STATUS)
QUIET = (Column.NUMBER, Column.TAGS, Column.FORECASTER)


class QuestionTable(VirtualTable[TableRow]):
    """The rows of ``total`` questions, in the order ``sort``."""

    sort: reactive[Sort] = reactive(Sort(Column.NUMBER))

    class RowsWanted(virtual_table.RowsWanted):
        """Rows from ``first`` up to ``end`` came in sight and are not here."""

    class Highlighted(RowTold[TableRow]):
        """The cursor came to a question."""

    class Chosen(RowTold[TableRow]):
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
        self._largest = 1
        """The largest number seen, which the first column has room for."""

    def fill(
        self, total: int, rows: Sequence[TableRow], now: int, *, cursor: int = 0, keep_scroll: bool = False
    ) -> None:
        """Begin anew with ``total`` questions of which ``rows`` are the first; their words go by the clock ``now``."""
        self.now = now
        self._see(rows)
        self.begin(total, rows, cursor=cursor, keep_scroll=keep_scroll)

    def put(self, start: int, rows: Sequence[TableRow]) -> None:
        """Take rows that were asked for."""
        self._see(rows)
        super().put(start, rows)

    def _see(self, rows: Sequence[TableRow]) -> None:
        self._largest = max([self._largest, *(row.number for row in rows)])

    def _fields(self) -> list[tuple[Field, int]]:
        return laid_out(self.scrollable_content_region.width, max(self.total, self._largest))

    def heading(self) -> str:
        """The headings, with an arrow at the one that the rows are sorted by."""
        return heading_line(self._fields(), self.sort)

    def line(self, row: TableRow, under: Style | None) -> Iterable[Segment]:
        """The cells of a question; what is due stands out."""
        plain, due, quiet = self.style_of("row"), self.style_of("due"), self.style_of("quiet")
        for field, wide in self._fields():
            style = due if row.status == "due" and field.column in ALARMING else plain
            if field.column in QUIET:
                style = quiet
            cell = fit(field.text(row, self.now), wide, right=field.right) + " " * GAP
            yield Segment(cell, style if under is None else under)

    def heading_chosen(self, x: int) -> None:
        """Tell which column was clicked."""
        at = 0
        for field, width in self._fields():
            at += width + GAP
            if x < at:
                self.post_message(self.HeadingChosen(field.column))
                return
