"""The one line of a review in which something is typed: what it is for, the text, and how that reads."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from ledger.tui.cells import shown
from ledger.tui.widgets.line_input import LineInput

KEEPS = "enter keeps it for the outcome, escape goes back"


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
        Field(
            "again", "Look again on", "next monday, in 3 weeks, 2027-03-01", "enter sets the day, escape leaves it",
            is_time=True,
        ),
    )
}  # fmt: skip
DETAILS = ("known", "evidence", "note")
ANSWERS = {"numeric": "the number, such as 12.5", "options": "an option's name"}


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
