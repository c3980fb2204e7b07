"""A choice among a few words on one line, by arrow keys or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.widgets.labelled import Labelled


class Chooser(Widget, can_focus=True):
    """Shows every choice with a sign, ``● binary  ○ choice``; ``folded`` only the chosen one, ``‹ icd-203 ›``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chooser--chosen", "chooser--other"}
    DEFAULT_CSS = """
    Chooser { height: 1; width: 1fr; padding: 0 1; color: $foreground; background: $background; }
    Chooser.-folded { width: auto; }
    Chooser:focus { background: $panel; }
    Chooser > .chooser--chosen { color: $primary; text-style: bold; }
    Chooser > .chooser--other { color: $quiet; }
    Chooser:focus > .chooser--chosen { text-style: bold reverse; }
    """
    BINDINGS = bindings("chooser")

    value: reactive[str] = reactive("")

    class Chosen(Message):
        """Another choice was made."""

        def __init__(self, chooser: Chooser, value: str) -> None:
            """Keep which."""
            self.chooser, self.value = chooser, value
            super().__init__()

        @property
        def control(self) -> Chooser:
            """The chooser."""
            return self.chooser

    def __init__(
        self, choices: Sequence[str], value: str | None = None, *, folded: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:  # fmt: skip
        """Begin with ``value``, else with the first choice."""
        super().__init__(id=id, classes="-folded" if folded else "")
        self.choices, self.folded = list(choices), folded
        first = self.choices[0] if self.choices else ""
        self.set_reactive(Chooser.value, value if value in self.choices else first)

    def offer(self, choices: Sequence[str]) -> None:
        """Offer other choices; the chosen one stays where it is among them."""
        self.choices = list(choices)
        if self.value not in self.choices:
            self.value = self.choices[0] if self.choices else ""
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Lay the choices out from the left."""
        chosen, other = (
            self.get_component_rich_style(f"chooser--{name}", partial=True) for name in ("chosen", "other")
        )
        line = Text(no_wrap=True, end="", overflow="ellipsis")
        if self.folded:
            line.append("‹ ", other + Style.from_meta({"step": -1}))
            line.append(shown(self.value), chosen + Style.from_meta({"step": 1}))
            line.append(" ›", other + Style.from_meta({"step": 1}))
            return line
        for place, choice in enumerate(self.choices):
            mine = choice == self.value
            click = Style.from_meta({"choice": place})
            line.append(f"{'●' if mine else '○'} {shown(choice)}", (chosen if mine else other) + click)
            line.append("  ")
        return line

    def get_content_width(self, container: object, viewport: object) -> int:
        """As wide as the widest choice."""
        return 4 + max((len(shown(one)) for one in self.choices), default=0)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        meta = event.style.meta
        if "choice" in meta:
            self._choose(meta["choice"])
        elif "step" in meta:
            self._step(meta["step"])

    def action_next(self) -> None:
        """Choose what stands to the right."""
        self._step(1)

    def action_previous(self) -> None:
        """Choose what stands to the left."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.choices:
            self._choose((self.choices.index(self.value) + by) % len(self.choices))

    def _choose(self, place: int) -> None:
        if self.choices[place] != self.value:
            self.value = self.choices[place]
            self.post_message(self.Chosen(self, self.value))


class ChoiceField(Labelled):
    """A chooser with its label."""

    def __init__(self, label: str, chooser: Chooser, *, id: str | None = None) -> None:  # noqa: A002
        """Keep both."""
        super().__init__(id=id)
        self._label, self.chooser = label, chooser

    def compose(self) -> ComposeResult:
        """Label, chooser, and a line for what it means."""
        with Horizontal(classes="field-line"):
            yield self.label(self._label)
            yield self.chooser
        yield self.line_below()
