"""A line of words with keys before them, each of which can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence


class KeyedLine(Widget):
    """Words with keys before them, each of which can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keyed-line--key", "keyed-line--quiet", "keyed-line--strong"}
    DEFAULT_CSS = """
    KeyedLine { height: 1; color: $foreground; }
    KeyedLine > .keyed-line--key { color: $accent; text-style: bold; }
    KeyedLine > .keyed-line--quiet { color: $quiet; }
    KeyedLine > .keyed-line--strong { text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id)
        self._head = ""
        self._keys: Sequence[tuple[str, str, str]] = ()

    def show(self, head: str, keys: Sequence[tuple[str, str, str]]) -> None:
        """Show safe words, and keys as (key, word, name of the action)."""
        self._head, self._keys = head, keys
        self.refresh()

    def render(self) -> RenderResult:
        """One line."""
        line = Text(no_wrap=True, end="", overflow="ellipsis")
        key_style = self.get_component_rich_style("keyed-line--key", partial=True)
        if self._head:
            line.append(self._head + "   ", self.get_component_rich_style("keyed-line--strong", partial=True))
        for key, word, name in self._keys:
            click = Style.from_meta({"action": name})
            line.append(f"{key} ", key_style + click).append(f"{word}   ", click)
        return line

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        if name := event.style.meta.get("action"):
            self.app.call_later(self.app.run_action, f"app.run_named('{name}')")
