"""The line at the head: where one is, what else there is, and what waits."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget

PLACES = ("ledger", "review", "calibration", "journal", "exchange", "settings")
SHORT = {"ledger": "Ledger", "review": "Review", "calibration": "Calibration", "journal": "Journal",
         "exchange": "Exchange", "settings": "Settings"}  # fmt: skip


class TopBar(Widget):
    """The places with their numbers; ``due`` is how many questions wait for an outcome."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"top-bar--here", "top-bar--quiet", "top-bar--due"}
    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel; color: $foreground; }
    TopBar > .top-bar--here { color: $primary; text-style: bold underline; }
    TopBar > .top-bar--quiet { color: $quiet; }
    TopBar > .top-bar--due { color: $due; text-style: bold; }
    """

    due: reactive[int | None] = reactive(None)

    def __init__(self, place: str, where: str) -> None:
        """Stand at ``place`` in the ledger ``where`` (safe to show)."""
        self.place, self.where = place, where
        super().__init__()

    def render(self) -> RenderResult:
        """Lay out the places from the left, the ledger's file at the right where there is room."""
        line = Text(no_wrap=True, end="")
        for number, place in enumerate(PLACES, 1):
            style = self.get_component_rich_style(
                "top-bar--here" if place == self.place else "top-bar--quiet", partial=True
            )
            line.append(f" {number} {SHORT[place]}", style + Style.from_meta({"place": place}))
            if place == "review" and self.due:
                line.append(f" ({self.due:,})", self.get_component_rich_style("top-bar--due", partial=True))
            line.append(" ")
        room = self.size.width - line.cell_len - 1
        if len(self.where) < room:
            line.append(
                " " * (room - len(self.where)) + self.where,
                self.get_component_rich_style("top-bar--quiet", partial=True),
            )
        return line

    def on_click(self, event: events.Click) -> None:
        """Go where was clicked."""
        if place := event.style.meta.get("place"):
            self.app.call_later(self.app.run_action, f"app.go('{place}')")
