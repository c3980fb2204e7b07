"""The ledger: every question in a table, one line to filter it, and a preview of the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from ledger.services.paging import Column, Sort
from ledger.tui.actions import bindings
from ledger.tui.screens.ledger_rows import LedgerRows
from ledger.tui.widgets.question_table import QuestionTable

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from ledger.tui.widgets.query_input import QueryInput

ORDER = tuple(Column)


class LedgerScreen(LedgerRows):
    """The home of the program."""

    PLACE = "ledger"
    HELP_TEXT = (
        "Every question of the ledger. A dot on the track is the standing forecast, a thick part its range; ● due, "
        "○ open, ◌ waiting for its condition, ✓ settled, ∅ void. Filter with words and with tag:, status:, "
        "forecaster:, source:, class:, since:, by:."
    )
    BINDINGS = bindings("ledger")

    _line_there: AwaitMount | None = None

    def body(self) -> ComposeResult:
        """The table first; the filter and the preview come once its rows are on the screen."""
        with Horizontal(id="main"):
            yield QuestionTable(id="questions")
        yield Static(id="counts", markup=False)

    def complete(self) -> None:
        """Bring what the first paint did without."""
        from ledger.tui.widgets.preview import Preview
        from ledger.tui.widgets.query_input import QueryInput

        if self.preview is None:
            self._line_there = self.query_one("#body").mount(QueryInput(id="query"), before="#main")
            self.preview = preview = Preview(id="preview")
            self.query_one("#main").mount(preview)
            if self.table.chosen is not None:
                preview.look_at(self.table.chosen)
            elif self.total is not None:
                preview.show_empty(empty=not self.total)

    @property
    def filter_line(self) -> QueryInput | None:
        """The line that filters, once it is there."""
        return cast("QueryInput | None", next(iter(self.query("#query")), None))

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
        self.resort(Sort(message.column, not self.sort.descending if same else False))

    def on_query_input_narrowed(self, message: QueryInput.Narrowed) -> None:
        """Show only what the line asks for."""
        self.narrow(message.line, message.filters)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the line to the table."""
        message.stop()
        self.table.focus()

    async def action_filter(self) -> None:
        """Go to the line; the keys typed meanwhile wait, and are its own, not the table's."""
        self.complete()
        if self._line_there is not None:
            await self._line_there
            self.set_focus(self.filter_line)

    def action_clear(self) -> None:
        """Take the filter off, and come back to the table."""
        if self.filter_line is not None:
            self.filter_line.clear_line()
        self.table.focus()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.resort(Sort(ORDER[(ORDER.index(self.sort.column) + 1) % len(ORDER)]))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.resort(Sort(self.sort.column, not self.sort.descending))

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
