"""How far something is, in one line: a word, a bar, a percentage, and how to stop it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget


class ProgressLine(Widget):
    """Hidden while nothing is under way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress-line--done", "progress-line--rest", "progress-line--quiet"}
    DEFAULT_CSS = """
    ProgressLine { height: 1; display: none; }
    ProgressLine.-shown { display: block; }
    ProgressLine > .progress-line--done { color: $primary; }
    ProgressLine > .progress-line--rest { color: $track; }
    ProgressLine > .progress-line--quiet { color: $quiet; }
    """

    share: reactive[float | None] = reactive(None)
    """From 0 to 1; ``None`` before it is known."""
    words: reactive[str] = reactive("")

    def begin(self, words: str) -> None:
        """Something begins; ``words`` are the program's own."""
        self.share, self.words = None, words
        self.add_class("-shown")

    def tell(self, done: int, total: int) -> None:
        """It has come so far."""
        self.share = min(1.0, done / total) if total else None

    def end(self) -> None:
        """It is over."""
        self.remove_class("-shown")

    def render(self) -> RenderResult:
        """Word, bar, percentage, and the key that stops it."""
        share = "" if self.share is None else f"{int(self.share * 100):3d} %"
        stop = "escape calls it off" if self.size.width >= 64 else ""
        room = max(0, self.size.width - len(self.words) - len(share) - len(stop) - 4)
        full = round(room * (self.share or 0))
        line = Text(f"{self.words} ", no_wrap=True, end="")
        line.append("━" * full, self.get_component_rich_style("progress-line--done", partial=True))
        line.append("┈" * (room - full), self.get_component_rich_style("progress-line--rest", partial=True))
        line.append(f" {share}  ")
        line.append(stop, self.get_component_rich_style("progress-line--quiet", partial=True))
        return line
