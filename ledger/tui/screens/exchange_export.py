"""Putting the ledger out: the format, the filters, the file, and never over another file unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from ledger.services.export_forms import EXPORT_FORMS, EXPORT_NAMES, export_form, form_of_file
from ledger.tui.cells import shown
from ledger.tui.screens.exchange_jobs import Export, Present, put_out, takes_filters
from ledger.tui.screens.exchange_panel import ExchangePanel
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.path_input import PathField
from ledger.tui.widgets.query_input import QueryInput

if TYPE_CHECKING:
    from textual.widgets import Input

    from ledger.services.results import Done


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
            yield Chooser(EXPORT_NAMES, id="form")
        yield Static(id="carries", markup=False)
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
        return self.query_one("#form", Chooser).value

    def on_path_field_changed(self, message: PathField.Changed) -> None:
        """A name that says its format is taken at its word."""
        message.stop()
        self._ask(None)
        form = form_of_file(message.typed)
        if form.ending and message.typed.lower().removesuffix(".gz").endswith(form.ending):
            self.query_one("#form", Chooser).value = form.name
            self._form_changed()

    def on_path_field_named(self, message: PathField.Named) -> None:
        """Write the file."""
        message.stop()
        self._put()

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Tell what the format carries; the journal goes out whole."""
        message.stop()
        self._form_changed()

    def _form_changed(self) -> None:
        self.query_one("#filters").display = takes_filters(self.form)
        self.query_one("#carries", Static).update(carried(self.form))

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
            self._written, "no file was written",
        )  # fmt: skip

    def _written(self, done: Done | Present) -> None:
        if isinstance(done, Present):
            self.report.clear()
            self._ask(done)
            return
        self.report.show("✓ exported", done.said, done.notices)

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
        self._form_changed()

    def changed(self) -> None:
        """One file at a time."""
        self.query_one("#put", Button).disabled = self.busy


def carried(form: str) -> str:
    """What a format is and what it holds; of those that leave something out, which one does not."""
    known = export_form(form)
    if known is None:
        return ""
    whole = next((one.carries for one in EXPORT_FORMS if one.whole), "")
    head = f"{known.label[:1].upper()}{known.label[1:]}. {known.carries}"
    return head if known.whole else f"{head} {whole}"
