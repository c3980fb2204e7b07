"""The line above the journal: an entry's number, a kind, a question; told plainly where it cannot be read."""

from __future__ import annotations

from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from ledger.errors import InputError
from ledger.services.journal_line import EVERYTHING, Wanted, completed, read_line
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.work import Working


class EntryLine(Working, LineInput):
    """Read when Enter is pressed; right completes a kind."""

    DEFAULT_CSS = "EntryLine.-wrong { color: $error; }"

    class Read(Message):
        """The line was read."""

        def __init__(self, wanted: Wanted) -> None:
            """Keep what it asks for."""
            self.wanted = wanted
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(placeholder="go to: 12   narrow: kind:resolve #3", id=id)
        self.suggester = _Completing()

    def on_input_changed(self, message: Input.Changed) -> None:
        """A new key takes the complaint away."""
        message.stop()
        self._tell(None)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Read the line."""
        message.stop()
        try:
            wanted = read_line(self.value)
        except InputError as problem:
            self._tell(str(problem))
            return
        self.post_message(self.Read(wanted))

    def _tell(self, problem: str | None) -> None:
        self.set_class(problem is not None, "-wrong")
        self.program.hint(problem)

    def clear_line(self) -> None:
        """Empty the line."""
        self.value = ""
        self.post_message(self.Read(EVERYTHING))


class _Completing(Suggester):
    async def get_suggestion(self, value: str) -> str | None:
        return completed(value)
