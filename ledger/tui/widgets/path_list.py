"""The names that a path may become, under its field."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from ledger.services.path_completion import Candidate, Completions
from ledger.tui.cells import fit, shown

SHOWN = 5


class PathList(Widget):
    """A few names at a time; hidden where there are none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"path-list--cursor", "path-list--quiet"}
    DEFAULT_CSS = """
    PathList { height: auto; display: none; background: $surface; color: $foreground; }
    PathList.-shown { display: block; }
    PathList > .path-list--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
    PathList > .path-list--quiet { color: $quiet; }
    """

    class Picked(Message):
        """A name was clicked."""

        def __init__(self, candidate: Candidate) -> None:
            """Keep it."""
            self.candidate = candidate
            super().__init__()

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._found = Completions("", [])
        self._cursor = 0

    def show(self, found: Completions) -> None:
        """Offer these."""
        self._found, self._cursor = found, 0
        self.set_class(bool(found.candidates), "-shown")
        self.refresh(layout=True)

    def hide(self) -> bool:
        """Offer nothing more; whether anything was offered."""
        was = self.chosen is not None
        self.show(Completions("", []))
        return was

    @property
    def chosen(self) -> Candidate | None:
        """The name under the cursor."""
        return self._found.candidates[self._cursor] if self._found.candidates else None

    def move(self, by: int) -> None:
        """Move the cursor."""
        if self._found.candidates:
            self._cursor = (self._cursor + by) % len(self._found.candidates)
            self.refresh()

    def _window(self) -> range:
        last = len(self._found.candidates)
        first = max(0, min(self._cursor - SHOWN // 2, last - SHOWN))
        return range(first, min(first + SHOWN, last))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each name in sight, and one that counts where there are more."""
        return len(self._window()) + bool(self._rest())

    def _rest(self) -> int:
        return len(self._found.candidates) - len(self._window()) + self._found.more

    def render(self) -> RenderResult:
        """The names around the cursor."""
        text, width = Text(no_wrap=True, end=""), self.size.width
        for place in self._window():
            here = place == self._cursor
            style = self.get_component_rich_style("path-list--cursor", partial=True) if here else Style()
            name = fit(("›" if here else " ") + shown(self._found.candidates[place].name), width)
            text.append(name + "\n", style + Style.from_meta({"place": place}))
        if rest := self._rest():
            quiet = self.get_component_rich_style("path-list--quiet", partial=True)
            text.append(f" {rest:,} more; type on, or go down", quiet)
        return text

    def on_click(self, event: events.Click) -> None:
        """Take the name that was clicked."""
        place = event.style.meta.get("place")
        if place is not None and place < len(self._found.candidates):
            self.post_message(self.Picked(self._found.candidates[place]))
