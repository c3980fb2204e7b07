"""Where the outcome is given: what stands, what is asked, the answers by their keys, options, and a line to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ledger.tui.cells import fit, shown
from ledger.tui.widgets.answer_line import DETAILS, FIELDS, AnswerLine
from ledger.tui.widgets.keyed_line import KeyedLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class OutcomeField(Vertical):
    """The part of the screen below the card."""

    DEFAULT_CSS = """
    OutcomeField { height: auto; max-height: 14; padding: 0 1; border-top: hkey $border-blurred; }
    OutcomeField #stands { height: auto; max-height: 4; display: none; color: $due; }
    OutcomeField #stands.-shown { display: block; }
    OutcomeField OptionList {
        height: auto; max-height: 7; border: none; padding: 0 1; background: $background; display: none;
    }
    OutcomeField OptionList:focus { border: none; }
    OutcomeField OptionList.-shown { display: block; }
    OutcomeField > .outcome-field--key { color: $accent; text-style: bold; }
    OutcomeField #details.-hidden { display: none; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"outcome-field--key"}

    class Picked(Message):
        """An option was picked."""

        def __init__(self, index: int) -> None:
            """Keep its place."""
            self.index = index
            super().__init__()

    in_conflict = False
    """Whether it is asked what to do about an outcome that stands."""

    def compose(self) -> ComposeResult:
        """What is asked, options, details, the line."""
        yield Static(id="stands", markup=False)
        yield KeyedLine(id="asked")
        yield OptionList(compact=True, markup=False)
        yield KeyedLine(id="details")
        yield AnswerLine()

    @property
    def entry(self) -> AnswerLine:
        """The line to type in."""
        return self.query_one(AnswerLine)

    @property
    def options(self) -> OptionList:
        """The options, where the question has any."""
        return self.query_one(OptionList)

    def ask(
        self, head: str, keys: Sequence[tuple[str, str, str]], options: Sequence[str], *, in_conflict: bool = False
    ) -> None:
        """Ask for an outcome, or what is to be done about the one that stands."""
        self.in_conflict = in_conflict
        self._make_room()
        self.query_one("#asked", KeyedLine).show(head, keys)
        self.options.set_class(bool(options), "-shown")
        self.options.clear_options()
        key = self.get_component_rich_style("outcome-field--key", partial=True)
        wide = max(20, self.app.size.width - 10)
        for at, name in enumerate(options):
            letter = LETTERS[at] if at < len(LETTERS) else " "
            self.options.add_option(Option(Text.assemble((letter, key), f"  {fit(shown(name), wide).rstrip()}")))
        self.options.highlighted = None

    def _make_room(self) -> None:
        self.query_one("#details").set_class(self.in_conflict or self.entry.field is not None, "-hidden")

    def tell_standing(self, words: str | None) -> None:
        """What stands of the question already, if anything."""
        stands = self.query_one("#stands", Static)
        stands.set_class(words is not None, "-shown")
        stands.update(Text(words or "", overflow="fold"))

    def tell_details(self, texts: Mapping[str, str]) -> None:
        """What was typed besides."""
        filled = sum(bool(texts.get(name)) for name in DETAILS)
        room = max(8, (self.app.size.width - 48) // max(filled, 1))
        told = {name: fit(shown(texts.get(name) or "–"), room).rstrip() for name in DETAILS}
        keys = [
            (key, f"{FIELDS[name].label.lower()}: {told[name]}", f"review.{name}")
            for key, name in zip("ket", DETAILS, strict=True)
        ]
        self.query_one("#details", KeyedLine).show("", keys)

    def on_answer_line_toggled(self, message: AnswerLine.Toggled) -> None:
        """What was typed besides makes room for the line."""
        message.stop()
        self._make_room()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Hand on which option was picked."""
        message.stop()
        self.post_message(self.Picked(message.option_index))
