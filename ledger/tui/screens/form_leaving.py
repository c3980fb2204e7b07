"""The question before a form is left with something in it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from ledger.tui.actions import bindings
from ledger.tui.widgets.key_bar import KeyBar


class LeavingScreen(ModalScreen[bool]):
    """Yes, or no."""

    BINDINGS = bindings("leaving")
    DEFAULT_CSS = """
    LeavingScreen { align: center middle; }
    LeavingScreen > Vertical { width: 56; height: auto; padding: 1 2; background: $panel; color: $foreground; }
    LeavingScreen Static { height: auto; }
    LeavingScreen KeyBar { margin-top: 1; }
    """
    HELP_TEXT = "Something was typed into the form and is not recorded."

    def compose(self) -> ComposeResult:
        """The question, and its keys."""
        with Vertical():
            yield Static("Leave the form? What was typed is not kept.", markup=False)
            yield KeyBar()

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(True)

    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(False)
