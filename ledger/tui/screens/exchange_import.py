"""Bringing a file in: named, looked at, and recorded once one has seen what it would bring."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.exchange_jobs import Looked, bring_in, label, look
from ledger.tui.screens.exchange_panel import ExchangePanel
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.mapping_rows import MappingRows
from ledger.tui.widgets.path_input import PathField

if TYPE_CHECKING:
    from ledger.formats.mapping import Columns
    from ledger.services.results import Done

KEEP, RECORD = "keep the ledger's", "record the file's"
NOTHING_WRITTEN = "nothing was written"
CHOOSE = "Choose the columns above: tab goes to a field, the arrows to another column of the table."


class ImportPanel(ExchangePanel):
    """A file comes in whole or not at all."""

    def __init__(self) -> None:
        """Begin with no file."""
        super().__init__(id="import")
        self.looked: Looked | None = None
        """What was seen of the file that is named now."""
        self._mapping: Columns | None = None
        """What somebody said of its columns."""
        self._again = False

    def compose(self) -> ComposeResult:
        """The file, what to do where it differs, the buttons, the report."""
        with Horizontal(classes="line"):
            yield Static("file", classes="name")
            yield PathField("a file: what it is, its content says; enter looks at it", id="source")
        with Horizontal(classes="line"):
            yield Static("where they differ", classes="name")
            yield Chooser([KEEP, RECORD], id="differing")
        yield MappingRows()
        with Horizontal(classes="buttons"):
            yield Button("Look", id="look", compact=True)
            yield Button("Import", id="bring", compact=True, disabled=True)
        yield self.report

    @property
    def supersede(self) -> bool:
        """Whether what differs is recorded."""
        return self.query_one("#differing", Chooser).value == RECORD

    def on_path_field_changed(self, message: PathField.Changed) -> None:
        """What was seen was another file."""
        message.stop()
        if not self.busy and self.looked is not None:
            self.looked = None
            self.report.clear()
        self._mapping = None
        self.query_one(MappingRows).clear()
        self.changed()

    def on_path_field_named(self, message: PathField.Named) -> None:
        """Look at the file."""
        message.stop()
        self._look()

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Look again, as another thing would be done."""
        message.stop()
        if self.looked is not None:
            self._look()

    def on_mapping_rows_changed(self, message: MappingRows.Changed) -> None:
        """Look again with other columns, at once or when the look that is under way has ended."""
        message.stop()
        self._mapping, self._again = message.mapping, self.busy
        self._look()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """Look, or bring in what was seen."""
        message.stop()
        if message.button.id == "look":
            self._look()
        elif self.looked is not None and not self.busy and not self.looked.refused:
            self._bring(self.looked)

    def _look(self) -> None:
        typed = self.query_one(PathField).value
        if self.busy or not typed.strip():
            return
        self.looked = None
        location, supersede, mapping = self.program.location, self.supersede, self._mapping
        self.run(
            ["looking at the file"],
            lambda progress, tell: look(
                location, typed, supersede=supersede, progress=progress, tell=tell, mapping=mapping
            ),
            self._seen, "the file cannot come in",
        )  # fmt: skip

    def _seen(self, looked: Looked) -> None:
        self.looked = looked
        self.changed()
        rows = self.query_one(MappingRows)
        self.call_later(rows.show, looked.mapped)
        if looked.problem:
            self.report.show("the columns do not say enough yet", [looked.problem], last=CHOOSE)
            return
        if rows.has_focus_within:
            last = "Nothing was written yet; Import writes all of it, or nothing."
        elif looked.refused:
            last = (
                f"Refused as it is: choose “{RECORD}” to record what differs; what stood before stays in the journal."
            )
            self.query_one("#differing").focus()
        else:
            last = "Nothing was written yet; Import writes all of it, or nothing."
            self.query_one("#bring").focus()
        self.report.show(label(looked.form), looked.said, looked.notices, last)

    def _bring(self, looked: Looked) -> None:
        location = self.program.location
        self.run(
            ["reading the file", "recording"],
            lambda progress, tell: bring_in(location, looked, progress=progress, tell=tell),
            partial(self._brought, looked), NOTHING_WRITTEN,
        )  # fmt: skip

    def _brought(self, looked: Looked, done: Done) -> None:
        self.looked = None
        self.report.show("✓ imported", done.said, done.notices)
        self.program.changes.publish(LedgerChanged(ours=True))
        self.query_one("#look").focus()

    def changed(self) -> None:
        """Import only what was looked at, and nothing while something is under way."""
        ready = self.looked is not None and not self.looked.refused and not self.busy
        self.query_one("#bring", Button).disabled = not ready
        self.query_one("#look", Button).disabled = self.busy
        if self._again and not self.busy:
            self._again = False
            self.call_later(self._look)
