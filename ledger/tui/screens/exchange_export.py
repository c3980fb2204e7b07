"""Putting the ledger out: the format, the filters, the file, and never over another file unasked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from ledger.tui.cells import shown
from ledger.tui.screens.exchange_jobs import Export, Present, put_out
from ledger.tui.screens.exchange_panel import ExchangePanel
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.path_input import PathField
from ledger.tui.widgets.query_input import QueryInput

if TYPE_CHECKING:
    from textual.widgets import Input

    from ledger.services.results import Done

CSV, JOURNAL = "csv, the forecasts", "jsonl, the whole journal"
LOSSY = "A CSV holds questions, statements and outcomes; only the journal as JSON Lines loses nothing."
FORMS = {CSV: "csv", JOURNAL: "jsonl"}


class ExportPanel(ExchangePanel):
    """A file is written whole or not at all."""

    def __init__(self) -> None:
        """Begin with CSV of everything."""
        super().__init__(id="export")
        self.present: Present | None = None
        """What would be replaced, while that is asked."""

    def compose(self) -> ComposeResult:
        """Format, filters, file, the buttons, what to do with a file that is there, the report."""
        with Horizontal(classes="line"):
            yield Static("format", classes="name")
            yield Chooser(list(FORMS), id="form")
        with Horizontal(classes="line", id="filters"):
            yield Static("only", classes="name")
            yield QueryInput(id="export-query")
        with Horizontal(classes="line"):
            yield Static("to file", classes="name")
            yield PathField("~/forecasts.csv; a name in .gz is compressed", id="target")
        with Horizontal(classes="buttons"):
            yield Button("Export", id="put", compact=True)
        with Horizontal(classes="buttons", id="asking"):
            yield Static(id="question", markup=False)
            yield Button("Keep it", id="keep", compact=True)
            yield Button("Replace it", id="replace", compact=True)
        yield self.report

    @property
    def form(self) -> str:
        """The format chosen."""
        return FORMS[self.query_one("#form", Chooser).value]

    def on_path_field_changed(self, message: PathField.Changed) -> None:
        """A name that says its format is taken at its word."""
        message.stop()
        self._ask(None)
        name = message.typed.lower().removesuffix(".gz")
        for choice, form in FORMS.items():
            if name.endswith(f".{form}"):
                self.query_one("#form", Chooser).value = choice
                self._form_changed()

    def on_path_field_named(self, message: PathField.Named) -> None:
        """Write the file."""
        message.stop()
        self._put()

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """The journal goes out whole."""
        message.stop()
        self._form_changed()

    def _form_changed(self) -> None:
        self.query_one("#filters").display = self.form == "csv"

    def on_query_input_narrowed(self, message: QueryInput.Narrowed) -> None:
        """The line is read when the file is written."""
        message.stop()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """From the filters to the file."""
        message.stop()
        self.begin()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """Write, replace, or leave it."""
        message.stop()
        present = self.present
        self._ask(None)
        if message.button.id == "put":
            self._put()
        elif message.button.id == "replace" and present is not None:
            self._put(force=True)
        else:
            self.report.show("kept the file that is there; name another")
            self.begin()

    def _put(self, *, force: bool = False) -> None:
        program, typed = self.program, self.query_one(PathField).value
        if self.busy or not typed.strip():
            return
        export = Export(typed, self.form, self.query_one(QueryInput).value, program.zone, program.now(), force)
        location = program.location
        self.run(
            ["writing"], lambda progress, tell: put_out(location, export, progress=progress, tell=tell),
            partial(self._written, self.form), "no file was written",
        )  # fmt: skip

    def _written(self, form: str, done: Done | Present) -> None:
        if isinstance(done, Present):
            self.report.clear()
            self._ask(done)
            return
        last = (
            ""
            if form == "jsonl"
            else "A CSV holds questions, statements and outcomes; the journal as JSON Lines loses nothing."
        )
        self.report.show("✓ exported", done.said, done.notices, last)

    def _ask(self, present: Present | None) -> None:
        self.present = present
        asking = self.query_one("#asking")
        asking.display = present is not None
        if present is not None:
            self.query_one("#question", Static).update(f"{shown(present.path.name)} is there already.")
            self.query_one("#keep").focus()

    def on_mount(self) -> None:
        """Ask nothing yet."""
        self._ask(None)

    def changed(self) -> None:
        """One file at a time."""
        self.query_one("#put", Button).disabled = self.busy
