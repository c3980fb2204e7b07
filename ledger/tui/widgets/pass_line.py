"""How far a review is: ``7 of 12`` with a bar, what was done so far, and in which order."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget

from ledger.tui.cells import fit

DONE, LEFT = "━", "─"


class PassLine(Widget):
    """One line; the bar takes a quarter of it, the words the rest."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pass-line--done", "pass-line--left", "pass-line--quiet"}
    DEFAULT_CSS = """
    PassLine { height: 1; padding: 0 1; background: $surface; color: $foreground; }
    PassLine > .pass-line--done { color: $primary; }
    PassLine > .pass-line--left { color: $track; }
    PassLine > .pass-line--quiet { color: $quiet; }
    """

    at: reactive[int] = reactive(0)
    """Which card is in hand, from 1."""
    total: reactive[int] = reactive(0)
    """How many there are; with 0 the words stand alone."""
    words: reactive[str] = reactive("")
    """What was done; made of our own words."""

    def render(self) -> RenderResult:
        """Place, bar, words."""
        line = Text(no_wrap=True, end="")
        if self.total:
            line.append(f"{self.at:,} of {self.total:,} ", "bold")
            wide = max(8, self.size.width // 4)
            done = round(wide * self.at / self.total)
            line.append(DONE * done, self._style("done")).append(LEFT * (wide - done), self._style("left"))
        room = self.size.width - line.cell_len
        return line.append(fit(self.words, room, right=bool(self.total)), self._style("quiet"))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"pass-line--{part}", partial=True)
