"""A line of trouble under the head: what is wrong with the ledger, and what to do."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

from ledger.tui.cells import shown


class Banner(Static):
    """Hidden while nothing is wrong."""

    DEFAULT_CSS = """
    Banner {
        height: auto; max-height: 3; padding: 0 1; display: none;
        background: $error; color: $background; text-style: bold;
    }
    Banner.-shown { display: block; }
    """

    def tell(self, problem: str | None) -> None:
        """Show ``problem``, or nothing."""
        self.set_class(problem is not None, "-shown")
        self.update(Text(shown(problem or "", absent=""), overflow="fold"))
