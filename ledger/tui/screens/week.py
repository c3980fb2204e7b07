"""The weekly review as a guided pass: settled, due, closing, stale, and what the week did to the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from ledger.tui.actions import bindings
from ledger.tui.screens.week_doing import WeekDoing
from ledger.tui.screens.week_parts import NAMES, PARTS, SCORE, headings, rows_of, sections, week_words
from ledger.tui.screens.week_score import change_lines
from ledger.tui.widgets.history_list import HistoryList
from ledger.tui.widgets.pass_line import PassLine
from ledger.tui.widgets.sections import Sections
from ledger.tui.widgets.sorted_table import SortedTable
from ledger.tui.widgets.spans import QUIET, STRONG, Line, told

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.reviewing_week import Reviewed, ScoreChange
    from ledger.tui.screens.week_parts import Part


class Change(VerticalScroll, can_focus=True):
    """What the week did to the score; scrolls where that is longer than the screen."""


class WeekScreen(WeekDoing):
    """Opened over the place that one came from."""

    PLACE = "week"
    HELP_TEXT = (
        "The weekly review in five parts: what was settled since the last one, what is due, what closes before the "
        "next one, what was not updated for long, and what the week did to the score. Right and left go from part to "
        "part. r records outcomes card by card and comes back. Everything recorded is kept at once: leave when you "
        "like, and it goes on where you left. The rules of review name the weekly day; without one, the week is the "
        "last seven days."
    )
    BINDINGS = bindings("week")
    CSS_PATH = "week.tcss"
    AUTO_FOCUS = "#rows"

    def body(self) -> ComposeResult:
        """How far one is, the parts, what to do, the list or the score."""
        yield PassLine()
        yield Sections(sections(None), id="parts")
        yield Static(id="do", markup=False)
        yield SortedTable(id="rows")
        with Change(id="change"):
            yield HistoryList()

    @property
    def table(self) -> SortedTable:
        """The questions of the part in front."""
        return self.query_one(SortedTable)

    @property
    def part(self) -> Part | None:
        """The list in front; ``None`` where the score is."""
        return next((one for one in PARTS if one.name == self.at), None)

    @property
    def chosen(self) -> Reviewed | None:
        """The question under the cursor."""
        table = self.table
        return table.rows[table.cursor] if self.part is not None and table.rows else None

    def on_mount(self) -> None:
        """Say that the week is being read."""
        self.query_one(PassLine).words = "reading the week …"

    def show(self) -> None:
        """Show the part in front; the place in its list is kept where it is the same one."""
        read = self.week
        if read is None:
            return
        line, parts = self.query_one(PassLine), self.query_one(Sections)
        line.at, line.total = NAMES.index(self.at) + 1, len(NAMES)
        line.words = week_words(read, self.program.zone)
        parts.parts, parts.here = sections(read.week), self.at
        parts.refresh()
        self.set_class(self.at == SCORE, "-score")
        if self.part is None:
            self.query_one(Change).focus()
            self.follow_score()
        else:
            self._show_list(self.part)
        self.refresh_bindings()

    def _show_list(self, part: Part) -> None:
        assert self.week is not None
        table, found = self.table, rows_of(self.week.week, part.name)
        same, number = self.shown == part.name, None if self.chosen is None else self.chosen.number
        self.query_one("#do", Static).update(part.do if found else "")
        table.show(headings(part, self.week.now), found, part.nothing, keep=same)
        if same:
            place = next((at for at, one in enumerate(table.rows) if one.number == number), table.cursor)
            table.cursor = min(place, max(0, len(found) - 1))
        self.shown = part.name
        if not table.has_focus and self.is_current:
            table.focus()

    def tell_change(self, change: ScoreChange) -> None:
        """Show what the week did to the score."""
        read, original = self.week, self.program.settings.form == "0-2"
        assert read is not None
        self.query_one(HistoryList).show(lambda width, _: change_lines(read, change, width, original=original))

    def tell_waiting(self, words: str, *, strong: bool = False) -> None:
        """Say why no change of the score is shown yet."""

        def lines(width: int, _: bool) -> list[Line]:
            return list(told(words, width, STRONG if strong else QUIET))

        self.query_one(HistoryList).show(lines)

    def unread(self, problem: LedgerError) -> None:
        """Say why nothing can be shown; what is there stays."""
        if self.week is None:
            self.query_one(PassLine).words = "the ledger cannot be read; f5 tries again"
        self.program.refused(problem)

    def on_sections_chosen(self, message: Sections.Chosen) -> None:
        """Go to the part that was clicked."""
        message.stop()
        self.action_part(message.name)

    def on_sorted_table_highlighted(self, message: SortedTable.Highlighted) -> None:
        """Offer what can be done with a question."""
        message.stop()
        self.refresh_bindings()

    def action_part(self, name: str) -> None:
        """Go to a part."""
        self.at = name
        self.show()

    def action_step(self, by: int) -> None:
        """Go a part on or back."""
        self.action_part(NAMES[NAMES.index(self.at) + by])
