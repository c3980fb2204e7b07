"""Where the outcome is given: what is asked, the answers by their keys, options, and one line to type in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ledger.tui.cells import fit, shown
from ledger.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEEPS = "enter keeps it for the outcome, escape goes back"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be typed on a card."""

    name: str
    label: str
    placeholder: str
    hint: str
    """What enter and escape do."""
    is_time: bool = False


FIELDS = {
    one.name: one
    for one in (
        Field("answer", "It was", "a share such as 0.3 or 30%", "enter records it, escape leaves it"),
        Field("known", "Known since", "12 January 2025, last friday, 2025-01-12T18:00Z, now", KEEPS, is_time=True),
        Field("evidence", "Evidence", "https://…", KEEPS),
        Field("note", "Note", "what should be remembered of it", KEEPS),
        Field("void", "Void because", "the reason", "enter annuls it: nothing said of it is scored; escape leaves it"),
        Field(
            "snooze",
            "Put off until",
            "tomorrow, in 2 weeks, 2027-03-01",
            "enter puts it off, escape leaves it",
            is_time=True,
        ),
    )
}
DETAILS = ("known", "evidence", "note")
ANSWERS = {"numeric": "the number, such as 12.5", "options": "an option's name"}


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


class AnswerLine(Vertical):
    """One line to type in, with what it is for before it and how it reads below."""

    DEFAULT_CSS = """
    AnswerLine { height: auto; display: none; }
    AnswerLine.-open { display: block; }
    AnswerLine Horizontal { height: 1; }
    AnswerLine .label { width: auto; color: $primary; text-style: bold; padding: 0 1 0 0; }
    AnswerLine LineInput { width: 1fr; }
    AnswerLine .reading { height: auto; max-height: 3; color: $quiet; }
    AnswerLine .reading.-wrong { color: $error; }
    """

    class Typed(Message):
        """The text changed."""

        def __init__(self, field: Field, text: str) -> None:
            """Keep both."""
            self.field, self.text = field, text
            super().__init__()

    class Entered(Typed):
        """The text is finished."""

    class Toggled(Message):
        """The line was opened or closed."""

    def __init__(self) -> None:
        """Begin closed."""
        super().__init__()
        self.field: Field | None = None
        self.is_wrong = False

    def compose(self) -> ComposeResult:
        """Label and line, and below them how it reads."""
        with Horizontal():
            yield Static(classes="label", markup=False)
            yield LineInput()
        yield Static(classes="reading", markup=False)

    def open(self, field: Field, text: str, placeholder: str | None = None) -> None:
        """Let ``field`` be typed, beginning with ``text``."""
        self.field = field
        line = self.query_one(LineInput)
        self.query_one(".label", Static).update(Text(field.label))
        line.placeholder = placeholder or field.placeholder
        with line.prevent(Input.Changed):
            line.value = text
        line.cursor_position = len(text)
        self.add_class("-open")
        self.read_as("", wrong=False)
        line.focus()
        self.post_message(self.Toggled())

    def close(self) -> None:
        """Take the line away."""
        if self.field is not None:
            self.field = None
            self.remove_class("-open")
            self.post_message(self.Toggled())

    def read_as(self, words: str, *, wrong: bool) -> None:
        """Tell how the text reads, or why it does not; with nothing to tell, what enter and escape do."""
        self.is_wrong = wrong
        reading = self.query_one(".reading", Static)
        reading.set_class(wrong, "-wrong")
        reading.update(Text(shown(words or (self.field.hint if self.field else "")), overflow="fold"))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Hand on what was typed."""
        message.stop()
        if self.field is not None:
            self.post_message(self.Typed(self.field, message.value))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Hand on what was entered."""
        message.stop()
        if self.field is not None:
            self.post_message(self.Entered(self.field, message.value))


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
