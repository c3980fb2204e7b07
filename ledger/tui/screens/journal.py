"""The journal: the entries as they came, the newest at the end, the chain's head, and the verdict on all of it."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from ledger.errors import LedgerError
from ledger.services.journal_line import EVERYTHING
from ledger.services.journal_pages import Page as EntryPage
from ledger.services.journal_pages import page_around, rows_of
from ledger.services.wording import counted
from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.screens.journal_verifying import Verifying
from ledger.tui.screens.page import Page
from ledger.tui.widgets.entry_detail import EntryDetail
from ledger.tui.widgets.entry_line import EntryLine
from ledger.tui.widgets.entry_table import EntryTable
from ledger.tui.widgets.verdict import VerdictPanel
from ledger.tui.widgets.virtual_table import BLOCK
from ledger.tui.work import cancelled


class JournalScreen(Verifying, Page):
    """Every fact once, in the order in which it was recorded."""

    PLACE = "journal"
    HELP_TEXT = (
        "The entries of the journal as they came; nothing in it is ever changed. ¶ marks an entry with words beside "
        "its facts, ∅ one whose words were redacted: the chain keeps a commitment to them. Type a number to go to an "
        "entry, a kind (forecast, resolve, edit …) or a question (#3) to see only those. v recomputes every hash and "
        "tells the book anew beside the stored one; the checkpoint line that it gives, kept outside, later shows that "
        "nothing was cut off or written anew."
    )
    BINDINGS = bindings("journal")
    CSS_PATH = "journal.tcss"

    def __init__(self) -> None:
        """Begin with everything, at the end."""
        super().__init__()
        self.wanted = EVERYTHING

    def body(self) -> ComposeResult:
        """The line, the table with the entry or the verdict, and a line that counts."""
        yield EntryLine(id="line")
        with Horizontal(id="main"):
            yield EntryTable(id="entries")
            yield EntryDetail(id="entry")
            yield VerdictPanel(id="verdict")
        yield Static(id="counts", markup=False)

    @property
    def table(self) -> EntryTable:
        """The table."""
        return self.query_one(EntryTable)

    def on_mount(self) -> None:
        """Put the focus where the keys work."""
        super().on_mount()
        self.table.focus()

    def reload(self) -> None:
        """Read the rows around the chosen entry again; at the end, follow what is recorded."""
        table = self.table
        follows = table.cursor >= table.total - 1
        keep = None if follows or not table.numbers else table.numbers[table.cursor]
        self._read(keep, keep_scroll=not follows)

    def _read(self, around: int | None, *, keep_scroll: bool = False) -> None:
        job = partial(
            page_around, self.program.location, self.wanted, around, block=BLOCK, cancelled=cancelled
        )  # fmt: skip
        self.work(job, partial(self._show, keep_scroll), group="page", otherwise=self._refused)

    def _show(self, keep_scroll: bool, page: EntryPage) -> None:
        table = self.table
        table.numbers = page.numbers
        keep = keep_scroll and table.total > 0
        table.begin(len(page.numbers), page.rows, start=page.start, cursor=page.place, keep_scroll=keep)
        self._count(page)
        if not page.numbers:
            detail = self.query_one(EntryDetail)
            detail.look_at(None)
            detail.say("no such entries; escape shows all" if self.wanted.narrows else "nothing was recorded yet")

    def _count(self, page: EntryPage) -> None:
        found = f"{len(page.numbers):,} of " if self.wanted.narrows else ""
        words = f"{found}{counted(page.entries, 'entry', 'entries')} · head {page.head or '–'}"
        self.query_one("#counts", Static).update(words)

    def _refused(self, problem: LedgerError) -> None:
        self.query_one("#counts", Static).update(shown(str(problem)))

    def on_entry_table_rows_wanted(self, message: EntryTable.RowsWanted) -> None:
        """Read rows that came in sight."""
        table = self.table
        job = partial(rows_of, self.program.location, table.numbers[message.first : message.end])
        group = f"rows-{message.first // BLOCK % 16}"
        self.work(job, partial(table.put, message.first), group=group, otherwise=self._refused)

    def on_entry_table_highlighted(self, message: EntryTable.Highlighted) -> None:
        """Show the entry."""
        self.query_one(EntryDetail).look_at(message.row)

    def on_entry_table_chosen(self, message: EntryTable.Chosen) -> None:
        """Open the question that the entry speaks of."""
        if message.row.question is not None:
            self.program.open_question(message.row.question)
        else:
            self.program.say(f"entry {message.row.number} speaks of no one question")

    def on_entry_line_read(self, message: EntryLine.Read) -> None:
        """Narrow the journal, go to an entry, or both."""
        wanted = message.wanted
        if wanted.kind == self.wanted.kind and wanted.question == self.wanted.question and wanted.entry is not None:
            self._read(wanted.entry)
        elif (wanted.kind, wanted.question) != (self.wanted.kind, self.wanted.question):
            chosen = self.table.chosen
            self.wanted = wanted
            self._read(wanted.entry if wanted.entry is not None or chosen is None else chosen.number)
        self.table.focus()

    def action_find(self) -> None:
        """Go to the line."""
        self.query_one(EntryLine).focus()

    def action_detail(self) -> None:
        """Show or hide the entry."""
        self.query_one(EntryDetail).toggle_class("-hidden")

    def action_back(self) -> None:
        """Stop verifying, or put the verdict away, or show all entries again; come back to the table."""
        if not self.leave_verdict() and (self.query_one(EntryLine).value or self.wanted.narrows):
            self.query_one(EntryLine).clear_line()
        self.table.focus()
