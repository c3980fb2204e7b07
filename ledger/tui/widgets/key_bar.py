"""The line of keys at the foot: the actions of the focused thing and its screen, as the registry names them."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.widget import Widget


class KeyBar(Widget):
    """Shows as many keys as there is room for; each can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}
    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; color: $foreground; }
    KeyBar > .key-bar--key { color: $accent; text-style: bold; }
    """

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._again)

    def _again(self, _: object) -> None:
        self.refresh()

    def render(self) -> RenderResult:
        """Lay the keys out from the left; the rest is in the help."""
        line, room = Text(no_wrap=True, end=""), self.size.width
        key_style = self.get_component_rich_style("key-bar--key", partial=True)
        for key, title, name in self._offered():
            if line.cell_len + len(key) + len(title) + 3 > room:
                break
            click = Style.from_meta({"action": name})
            line.append(f" {key} ", key_style + click)
            line.append(f"{title} ", click)
        return line

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        if name := event.style.meta.get("action"):
            self.app.call_later(self.app.run_action, f"app.run_named('{name}')")

    def _offered(self) -> list[tuple[str, str, str]]:
        found: dict[str, tuple[str, str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.id and binding.id not in found:
                key = self.app.get_key_display(binding)
                found[binding.id] = (key, binding.description, binding.id)
        ends = ("everywhere.help", "everywhere.palette", "everywhere.quit")
        return [one for name, one in found.items() if name not in ends] + [
            found[name] for name in ends if name in found
        ]
