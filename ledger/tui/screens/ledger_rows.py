"""The rows of the ledger screen: the first ones at once, then the order of all of them, then what comes in sight."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from ledger.domain.filters import Filters
from ledger.errors import LedgerError
from ledger.services.paging import Column, Sort
from ledger.tui.cells import shown
from ledger.tui.screens.ledger_reading import Due, Found, Read, opening_rows, ordered, rows_between
from ledger.tui.screens.page import Page
from ledger.tui.widgets.question_table import BLOCK, QuestionTable

if TYPE_CHECKING:
    from ledger.services.paging import Ordering
    from ledger.tui.widgets.preview import Preview

ROWS = 2 * BLOCK
"""So many are read first: more than fit on most screens."""


class LedgerRows(Page):
    """Keeps the table of questions filled."""

    def __init__(self) -> None:
        """Begin with everything, by number."""
        super().__init__()
        self.filters, self.sort, self.line = Filters(), Sort(Column.NUMBER), ""
        self._ordering: Ordering | None = None
        self._found: Found | None = None
        self.preview: Preview | None = None
        """What is said of the chosen question, once it is there."""
        self._due: Due | None = None
        self._waiting: set[tuple[int, int]] = set()

    @property
    def total(self) -> int | None:
        """How many questions there are to see; ``None`` before that is known."""
        return None if self._ordering is None else len(self._ordering)

    @property
    def table(self) -> QuestionTable:
        """The table."""
        return self.query_one(QuestionTable)

    def reload(self) -> None:
        """Read the first rows, then the order of all of them; the place is kept by the question's number."""
        row = self.table.chosen
        self._read(keep=None if row is None else row.number)

    def _read(self, keep: int | None) -> None:
        self._waiting.clear()
        self._found = None
        self.drop("order")
        look, self.program.first_look = self.program.first_look, None
        found = None if look is None else look.take()
        if found is not None:
            self._first_rows(keep, found)
            return
        job = partial(opening_rows, filters=self.filters, sort=self.sort, size=ROWS)
        self.read(job, partial(self._first_rows, keep), group="first")

    def _first_rows(self, keep: int | None, found: Found) -> None:
        table, self._found = self.table, found
        table.sort = self.sort
        if keep is None:
            table.fill(len(found.rows), found.rows, found.now)
            self._count(None)
        self.call_after_refresh(self._go_on, keep, found)

    def _go_on(self, keep: int | None, found: Found) -> None:
        """Now that the first rows are on the screen, the rest."""
        self.complete()
        if self._found is not found:
            return
        due = self._due if self._due is None else self._due._replace(number=self.program.due or 0)
        job = partial(ordered, filters=self.filters, sort=self.sort, keep=keep, due=due)
        self.read(job, partial(self._ordered, found), group="order")

    def complete(self) -> None:
        """Bring what the first paint did without; screens override it."""

    def _ordered(self, found: Found, read: Read) -> None:
        self._ordering = read.ordering
        total, table = len(read.ordering), self.table
        first = found.rows[0] if found.rows else None
        if read.place is None and table.total == len(found.rows) and table.row_at(0) == first:
            table.sized(total)
        else:
            table.fill(total, found.rows, found.now, cursor=read.place or 0, keep_scroll=read.place is not None)
        self._count(read)
        self._due, self.program.due = read.due, read.due.number
        for start, stop in list(self._waiting):
            self._fetch(start, stop)

    def _count(self, read: Read | None) -> None:
        words = "reading …" if read is None else read.words(self.sort, narrowed=self.filters.narrows)
        self.query_one("#counts", Static).update(words)
        if self.preview is not None:
            self.preview.show_empty(empty=read is not None and not len(read.ordering))

    def on_question_table_rows_wanted(self, message: QuestionTable.RowsWanted) -> None:
        """Read rows that came in sight; before their order is known they wait."""
        self._waiting.add((message.first, message.end))
        if self._ordering is not None:
            self._fetch(message.first, message.end)

    def _fetch(self, start: int, stop: int) -> None:
        assert self._ordering is not None
        self._waiting.discard((start, stop))
        job = partial(rows_between, ordering=self._ordering, start=start, stop=stop)
        self.read(job, partial(self.table.put, start), group=f"rows-{start // BLOCK % 16}")

    def resort(self, sort: Sort) -> None:
        """Read the same questions in another order."""
        self.sort = sort
        self._ordering = None
        self._read(keep=None)

    def narrow(self, line: str, filters: Filters) -> None:
        """Read what ``filters`` leave, which ``line`` says in words."""
        self.line, self.filters, self._ordering = line, filters, None
        self._read(keep=None)

    def refused(self, problem: LedgerError) -> None:
        """A refusal while reading stands in the line that counts."""
        self.query_one("#counts", Static).update(shown(str(problem)))
