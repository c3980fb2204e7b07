"""A field that says what is typed into it means: as it is typed quietly, when it is left plainly."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from ledger.tui.widgets.labelled import Labelled
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.errors import LedgerError

Reader = Callable[[str], Callable[[], str]]
"""Makes from a text the job that says what it means; the job runs in a thread."""


class ReadingField(Working, Labelled):
    """A label, a line, whatever stands beside it, and below it what the line means or what is wrong with it."""

    PAUSE = 0.12
    """Seconds without a key after which the text is read."""
    READS = False
    """Whether a field that overrides ``read_now`` reads what is typed."""

    class Left(Message):
        """The line was left with enter."""

        def __init__(self, field: ReadingField) -> None:
            """Keep which."""
            self.field = field
            super().__init__()

    class Blurred(Message):
        """The focus went elsewhere."""

        def __init__(self, field: ReadingField) -> None:
            """Keep from which."""
            self.field = field
            super().__init__()

    def __init__(
        self, label: str, value: str = "", *, placeholder: str = "", reader: Reader | None = None,
        beside: tuple[Widget, ...] = (), suggester: Suggester | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:  # fmt: skip
        """Begin with ``value``; ``reader`` says what a text means."""
        super().__init__(id=id, classes="-reads" if reader is not None else None)
        self._label, self._beside, self._reader = label, beside, reader
        self.input = LineInput(value, placeholder=placeholder)
        self.input.suggester = suggester
        self._soon: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line above, its meaning below."""
        with Horizontal(classes="field-line"):
            yield self.label(self._label)
            yield self.input
            yield from self._beside
        yield self.line_below()

    @property
    def reads(self) -> bool:
        """Whether anything follows from the text while it is typed."""
        return self.READS or self._reader is not None

    @property
    def value(self) -> str:
        """What was typed, without white space at its ends."""
        return self.input.value.strip()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Read after a pause in the typing."""
        if message.input is not self.input:
            return
        if not self.reads:
            self.echo("")
            return
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(self.PAUSE, self.read_now)

    def on_input_blurred(self, message: Input.Blurred) -> None:
        """Read at once what was left."""
        if message.input is self.input:
            self.read_now()
            self.post_message(self.Blurred(self))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        message.stop()
        self.post_message(self.Left(self))

    def read_now(self) -> None:
        """Ask what the text means; nothing means nothing."""
        if self._reader is None:
            return
        if not self.value:
            self.drop("reading")
            self.echo("")
        else:
            self.work(self._reader(self.value), self.echo, group="reading", otherwise=self.refused)

    def refused(self, problem: LedgerError) -> None:
        """What cannot be read is told quietly while it is typed, plainly once the line is left."""
        if self.input.has_focus:
            self.echo(f"… {problem}")
        else:
            self.wrong(str(problem))
