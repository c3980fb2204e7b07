"""The parts of a screen on one line, each with its key; one is in front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Section:
    """A part: its name, its key, its title."""

    name: str
    key: str
    title: str


class Sections(Widget):
    """``here`` is the part in front; a click goes to another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sections--here", "sections--quiet", "sections--key"}
    DEFAULT_CSS = """
    Sections { height: 1; background: $surface; color: $foreground; }
    Sections > .sections--here { color: $primary; text-style: bold reverse; }
    Sections > .sections--quiet { color: $foreground; }
    Sections > .sections--key { color: $accent; text-style: bold; }
    """

    here: reactive[str] = reactive("")

    class Chosen(Message):
        """A part was clicked."""

        def __init__(self, name: str) -> None:
            """Keep which."""
            self.name = name
            super().__init__()

    def __init__(self, parts: Sequence[Section], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Show ``parts``, the first in front."""
        super().__init__(id=id)
        self.parts = parts
        self.set_reactive(Sections.here, parts[0].name)

    def render(self) -> RenderResult:
        """Lay them out from the left."""
        line = Text(no_wrap=True, end="")
        quiet, key = (self.get_component_rich_style(f"sections--{part}", partial=True) for part in ("quiet", "key"))
        here = self.get_component_rich_style("sections--here", partial=True)
        for part in self.parts:
            click = Style.from_meta({"part": part.name})
            if part.name == self.here:
                line.append(f" {part.title} ", here + click)
            else:
                line.append(f" {part.key} ", key + click)
                line.append(f"{part.title} ", quiet + click)
        return line

    def on_click(self, event: events.Click) -> None:
        """Go to the part that was clicked."""
        if name := event.style.meta.get("part"):
            self.post_message(self.Chosen(name))
