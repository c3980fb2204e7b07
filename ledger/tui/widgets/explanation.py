"""A window that explains one figure."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.widgets.figures import Figure


class Explanation(ModalScreen[None]):
    """What a figure means, how it is made, and why there is none where there is none."""

    BINDINGS = bindings("explanation")
    DEFAULT_CSS = """
    Explanation { align: center middle; }
    Explanation > VerticalScroll {
        width: 64; max-width: 90%; height: auto; max-height: 80%; padding: 1 2;
        background: $surface; border-left: outer $primary;
    }
    Explanation Static { height: auto; }
    """

    def __init__(self, figure: Figure) -> None:
        """Explain ``figure``."""
        super().__init__()
        self.figure = figure

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll():
            yield Static(self._told(), markup=False)

    def _told(self) -> Text:
        one = self.figure
        told = Text(f"{one.name.strip()}: {one.told}\n\n", style="bold")
        if one.why is not None:
            told.append(f"Not defined here: {shown(one.why)}.\n\n", style="not bold")
        if one.note is not None:
            told.append(f"{shown(one.note)}.\n\n", style="not bold")
        told.append(f"{one.meaning}\n\nescape closes", style="not bold")
        return told

    def action_close(self) -> None:
        """Back to the card."""
        self.dismiss()
