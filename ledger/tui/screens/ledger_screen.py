"""The ledger: every question in a table, one line to filter it, and a preview of the chosen one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from ledger.domain.filters import Filters
from ledger.errors import LedgerError
from ledger.services.paging import Column, Sort
from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.screens.ledger_reading import Due, Found, Read, opening_rows, ordered, rows_between
from ledger.tui.screens.page import Page
from ledger.tui.widgets.question_table import BLOCK, QuestionTable

if TYPE_CHECKING:
    from ledger.services.paging import Ordering
    from ledger.tui.widgets.preview import Preview
    from ledger.tui.widgets.query_input import QueryInput

ORDER = tuple(Column)
ROWS = 2 * BLOCK
"""So many are read first: more than fit on most screens."""


class LedgerScreen(Page):
    """The home of the program."""

    PLACE = "ledger"
    HELP_TEXT = (
        "Every question of the ledger. A dot on the track is the standing forecast, a thick part its range; ● due, "
        "○ open, ◌ waiting for its condition, ✓ settled, ∅ void. Filter with words and with tag:, status:, "
        "forecaster:, source:, class:, since:, by:."
    )
    BINDINGS = bindings("ledger")

    def __init__(self) -> None:
        """Begin with everything, by number."""
        super().__init__()
        self.filters, self.sort, self.line = Filters(), Sort(Column.NUMBER), ""
        self._ordering: Ordering | None = None
        self._found: Found | None = None
        self._preview: Preview | None = None
        self._due: Due | None = None
        self._waiting: set[tuple[int, int]] = set()

    def body(self) -> ComposeResult:
        """The table first; the filter and the preview come once its rows are on the screen."""
        with Horizontal(id="main"):
            yield QuestionTable(id="questions")
        yield Static(id="counts", markup=False)

    def _complete(self) -> None:
        """Bring what the first paint did without."""
        from ledger.tui.widgets.preview import Preview
        from ledger.tui.widgets.query_input import QueryInput

        if self._preview is None:
            self.query_one("#body").mount(QueryInput(id="query"), before="#main")
            self._preview = preview = Preview(id="preview")
            self.query_one("#main").mount(preview)
            if self.table.chosen is not None:
                preview.look_at(self.table.chosen)
            elif self._ordering is not None:
                preview.show_empty(empty=not len(self._ordering))

    @property
    def preview(self) -> Preview | None:
        """The preview, once it is there."""
        return self._preview

    @property
    def filter_line(self) -> QueryInput | None:
        """The line that filters, once it is there."""
        return cast("QueryInput | None", next(iter(self.query("#query")), None))

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
        self._complete()
        if self._found is not found:
            return
        due = self._due if self._due is None else self._due._replace(number=self.program.due or 0)
        job = partial(ordered, filters=self.filters, sort=self.sort, keep=keep, due=due)
        self.read(job, partial(self._ordered, found), group="order")

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

    def on_question_table_highlighted(self, message: QuestionTable.Highlighted) -> None:
        """Show the question in the preview."""
        message.stop()
        if self.preview is not None:
            self.preview.look_at(message.row)

    def on_question_table_chosen(self, message: QuestionTable.Chosen) -> None:
        """Open the question."""
        self.program.open_question(message.row.number)

    def on_question_table_heading_chosen(self, message: QuestionTable.HeadingChosen) -> None:
        """Sort by the column, or turn its order round."""
        same = message.column is self.sort.column
        self._resort(Sort(message.column, not self.sort.descending if same else False))

    def _resort(self, sort: Sort) -> None:
        self.sort = sort
        self._ordering = None
        self._read(keep=None)

    def on_query_input_narrowed(self, message: QueryInput.Narrowed) -> None:
        """Show only what the line asks for."""
        self.line, self.filters, self._ordering = message.line, message.filters, None
        self._read(keep=None)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the line to the table."""
        message.stop()
        self.table.focus()

    def refused(self, problem: LedgerError) -> None:
        """A refusal while reading stands in the line that counts."""
        self.query_one("#counts", Static).update(shown(str(problem)))

    def action_filter(self) -> None:
        """Go to the line."""
        if self.filter_line is not None:
            self.filter_line.focus()

    def action_clear(self) -> None:
        """Take the filter off, and come back to the table."""
        if self.filter_line is not None:
            self.filter_line.clear_line()
        self.table.focus()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._resort(Sort(ORDER[(ORDER.index(self.sort.column) + 1) % len(ORDER)]))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._resort(Sort(self.sort.column, not self.sort.descending))

    def action_preview(self) -> None:
        """Show or hide the preview."""
        if self.preview is not None:
            self.preview.toggle_class("-hidden")

    def action_add(self) -> None:
        """Ask a question."""
        self.program.open_form()

    def action_update(self) -> None:
        """State a new forecast of the chosen question."""
        if self.table.chosen is not None:
            self.program.open_form(self.table.chosen.number)

    def action_resolve(self) -> None:
        """Record what happened to the chosen question."""
        if self.table.chosen is not None:
            self.program.open_review(self.table.chosen.number)
