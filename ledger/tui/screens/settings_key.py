"""The question for another key: the next key that is pressed is the answer."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from ledger.services.settings import QUIT_KEY
from ledger.tui.actions import Action


class KeyScreen(ModalScreen[str | None]):
    """Answers with the key, in Textual's words, or nothing where escape was pressed."""

    HELP_TEXT = "The next key that you press becomes the action's key."
    DEFAULT_CSS = """
    KeyScreen { align: center middle; }
    KeyScreen > Vertical { width: 60; max-width: 100%; height: auto; padding: 1 2; background: $panel; }
    KeyScreen Static { height: auto; }
    """

    def __init__(self, action: Action) -> None:
        """Ask for a key of ``action``."""
        super().__init__()
        self._for = action

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical():
            words = Text(f"{self._for.title}: {self._for.meaning}\n\n", style="bold")
            yield Static(words.append("Press the new key; escape keeps the old one.", style="not bold"), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the key, whatever it is; the one that quits still quits."""
        if event.key == QUIT_KEY:
            return
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)
