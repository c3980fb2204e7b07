"""Import and export: a file is looked at before it comes in, and goes out over no other unasked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import ContentSwitcher

from ledger.tui.actions import bindings
from ledger.tui.screens.exchange_export import ExportPanel
from ledger.tui.screens.exchange_import import ImportPanel
from ledger.tui.screens.exchange_panel import ExchangePanel
from ledger.tui.screens.page import Page
from ledger.tui.widgets.chooser import Chooser


class ExchangeScreen(Page):
    """Where files come in and go out."""

    PLACE = "exchange"
    HELP_TEXT = (
        "Import reads the ledger's own files and those of other places; what a file is, its content says. It is looked "
        "at first: what would come in, what is there already, what differs, with its line. All of it comes in, or "
        "nothing; the same file again adds nothing. Export writes what the filters leave, in the format that is chosen "
        "or that the file's name ends in; a journal goes out whole. A file that is there is never replaced unasked. "
        "Tab completes a path, escape calls off what is under way."
    )
    BINDINGS = bindings("exchange")
    CSS_PATH = "exchange.tcss"

    def body(self) -> ComposeResult:
        """Which of the two, and its panel."""
        yield Chooser(["import", "export"], id="which")
        with ContentSwitcher(initial="import", id="panels"):
            yield ImportPanel()
            yield ExportPanel()

    def on_mount(self) -> None:
        """Begin at the choice, where letters are keys."""
        super().on_mount()
        self.query_one("#which").focus()

    @property
    def panel(self) -> ExchangePanel:
        """The one in front."""
        return self.query_one(f"#{self.query_one(ContentSwitcher).current}", ExchangePanel)

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Show the other one."""
        self.query_one(ContentSwitcher).current = message.value

    def action_turn(self, which: str) -> None:
        """Show one of the two, at its file."""
        self.query_one("#which", Chooser).value = which
        self.query_one(ContentSwitcher).current = which
        self.panel.begin()

    def action_back(self) -> None:
        """Call off what is under way, or else leave the field."""
        if not self.panel.call_off():
            self.query_one("#which").focus()
