"""Verifying the record: how far it is, what was found, the line to keep, and a line to hold it against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from ledger.services.maintain import NO_ANCHOR
from ledger.services.wording import counted
from ledger.tui.cells import shown
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from ledger.services.maintain import Verdict

KEEP = (
    "Keep this line outside the ledger (c copies it). A cut tail, or a history written anew as a whole, shows only "
    "against a line kept before (h holds the journal against one):"
)


class CheckpointInput(LineInput):
    """A checkpoint line kept earlier."""


class VerdictPanel(Vertical):
    """In the place of the entry's detail while and after the record is verified."""

    DEFAULT_CSS = """
    VerdictPanel { padding: 0 1; background: $background; }
    VerdictPanel > VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    VerdictPanel > VerticalScroll:focus { background: $surface; }
    VerdictPanel Static { height: auto; }
    VerdictPanel > CheckpointInput { display: none; }
    VerdictPanel > CheckpointInput.-shown { display: block; }
    """

    checkpoint: str | None = None
    """The line to keep, where the record verified."""

    class Held(Message):
        """A checkpoint line was given."""

        def __init__(self, line: str) -> None:
            """Keep it."""
            self.line = line
            super().__init__()

    def compose(self) -> ComposeResult:
        """The line to hold against, the progress, the verdict."""
        yield CheckpointInput(placeholder="paste a checkpoint line kept earlier, then enter")
        yield ProgressLine()
        with VerticalScroll():
            yield Static(markup=False)

    def ask(self) -> None:
        """Ask for a checkpoint line."""
        line = self.query_one(CheckpointInput)
        line.add_class("-shown")
        line.focus()
        if not self.query_one(ProgressLine).has_class("-shown"):
            self._say(Text("The journal is recomputed, and must have gone through the state that the line tells of."))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Hand the line on."""
        message.stop()
        if message.value.strip():
            self.post_message(self.Held(message.value.strip()))

    def begin(self) -> None:
        """Verification begins."""
        self.checkpoint = None
        self.query_one(ProgressLine).begin("verifying")
        self._say(Text(""))

    def told(self, done: int, total: int) -> None:
        """It has come so far."""
        self.query_one(ProgressLine).tell(done, total)

    def show(self, verdict: Verdict, *, held: bool) -> None:
        """It has ended; ``held`` where it was held against a checkpoint."""
        self.checkpoint = verdict.checkpoint
        self._end(_sound(verdict, held=held) if verdict.ok else _damaged(verdict))
        if verdict.ok:
            self.query_one(CheckpointInput).remove_class("-shown")

    def put_away(self) -> None:
        """The verdict was read."""
        self.query_one(CheckpointInput).remove_class("-shown")

    def refused(self, problem: str) -> None:
        """It could not be done."""
        self._end(Text(f"✗ {shown(problem)}"))

    def called_off(self) -> None:
        """It was stopped."""
        self._end(Text("called off; v verifies again"))

    def _end(self, words: Text) -> None:
        self.query_one(ProgressLine).end()
        self._say(words)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _say(self, words: Text) -> None:
        self.query_one(Static).update(words)


def _sound(verdict: Verdict, *, held: bool) -> Text:
    text = Text("✓ the record verifies", style="bold")
    if not verdict.entries:
        return text.append(": it has no entries yet", style="not bold")
    text.append(f": {counted(verdict.entries, 'entry', 'entries')}, and the book follows from them\n", style="not bold")
    if held:
        text.append("✓ it went through the state that your checkpoint tells of\n", style="bold")
    text.append(f"head {verdict.head}\n\n{KEEP}\n", style="not bold")
    return text.append(shown(verdict.checkpoint, absent=""), style="not bold")


def _damaged(verdict: Verdict) -> Text:
    found = counted(len(verdict.findings), "thing")
    text = Text(f"✗ the record does not verify: {found} found in ", style="bold")
    text.append(f"{counted(verdict.entries, 'entry', 'entries')}\n", style="bold")
    for finding in verdict.findings:
        text.append(f"✗ {shown(finding)}\n", style="not bold")
    for note in verdict.notes:
        if note != NO_ANCHOR:
            text.append(f"{shown(note)}\n", style="not bold")
    advice = "Keep the file as it is. What the book alone has wrong, “forecast rebuild” tells again from the journal."
    return text.append(advice, style="not bold italic")
