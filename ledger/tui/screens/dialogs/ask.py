"""A dialog made from a list of fields: it does what it is for in a thread, and stays open where that is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static, TextArea

from ledger.errors import LedgerError
from ledger.tui.actions import bindings
from ledger.tui.cells import shown, shown_lines
from ledger.tui.screens.dialogs.fields import Ask, AskField
from ledger.tui.widgets.history_list import HistoryList
from ledger.tui.widgets.key_bar import KeyBar
from ledger.tui.widgets.spans import Line
from ledger.tui.work import Working

T = TypeVar("T")
Answers = Mapping[str, str]
Told = Callable[[int], list[Line]]
"""Lines for a width."""

PAUSE = 0.15
"""Seconds without a key after which the dialog says what would change."""
_FLAG = re.compile(r"--([a-z-]+)(?: is|:)?")


class AskDialog(Working, ModalScreen[T | None], Generic[T]):
    """Asks for ``asks``, runs ``act`` on the answers in a thread, and gives what that gave.

    ``act`` raises ``LedgerError`` for what is refused: a refusal that begins with ``--name`` stands under the field of
    that name, any other one above the buttons. ``preview``, in a thread too, says what the answers would do.
    """

    BINDINGS = bindings("dialog")
    CSS_PATH = "ask.tcss"
    HELP_TEXT: ClassVar[str] = (
        "Enter in a line records; tab goes to the next field, enter in a text of several lines begins a new one. "
        "Escape closes the dialog, and nothing is recorded."
    )

    def __init__(
        self, title: str, asks: Sequence[Ask], act: Callable[[Answers], T], *, do: str = "Record", intro: str = "",
        preview: Callable[[Answers], Told] | None = None,
    ) -> None:  # fmt: skip
        """Ask under ``title``; the button is called ``do``."""
        super().__init__()
        self._asked, self._asks, self._act = title, list(asks), act
        self._do, self._intro, self._preview = do, intro, preview
        self._soon: Timer | None = None
        self.acting = False
        self._focused_before: Widget | None = None

    def compose(self) -> ComposeResult:
        """Title, fields, what would change, trouble, buttons."""
        with Vertical(id="dialog"):
            yield Static(shown(self._asked), id="asked", markup=False)
            if self._intro:
                yield Static(shown_lines(self._intro), id="intro", markup=False)
            with VerticalScroll(id="fields", can_focus=False):
                for ask in self._asks:
                    yield AskField(ask)
                if self._preview is not None:
                    yield HistoryList(id="preview")
            yield Static(id="refusal", markup=False)
            with Horizontal(id="buttons"):
                yield Button(self._do, id="act", variant="primary", compact=True)
                yield Button("Cancel", id="cancel", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what would change from the beginning."""
        self._read_preview()

    @property
    def answers(self) -> Answers:
        """What stands in the fields."""
        return {field.ask.name: field.value for field in self.query(AskField)}

    def on_input_changed(self, message: Input.Changed) -> None:
        """Something was typed."""
        self._changed(message)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Something was written."""
        self._changed(message)

    def on_select_changed(self, message: Select.Changed) -> None:
        """Something else was chosen."""
        self._changed(message)

    def _changed(self, message: Input.Changed | TextArea.Changed | Select.Changed) -> None:
        message.stop()
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(PAUSE, self._read_preview)

    def _read_preview(self) -> None:
        if self._preview is not None and not self.acting:
            self.work(
                partial(self._preview, self.answers), self._previewed, group="preview", otherwise=self._unreadable
            )

    def _previewed(self, told: Told) -> None:
        self._tell(None)
        preview = self.query_one("#preview", HistoryList)
        preview.display = bool(told(preview.size.width or 60))
        preview.show(lambda width, _: told(width))

    def _unreadable(self, problem: LedgerError) -> None:
        self.query_one("#preview", HistoryList).display = False
        self._tell(problem)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in a line records."""
        message.stop()
        self.submit()

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """Record, or not."""
        message.stop()
        if message.button.id == "cancel":
            self.action_cancel()
        else:
            self.submit()

    def submit(self) -> None:
        """Do it; once at a time."""
        if self.acting:
            return
        self.drop("preview")
        self._tell(None)
        self._under_way(acting=True)
        self.work(partial(self._act, self.answers), self._done, group="act", otherwise=self._refused)

    def _under_way(self, *, acting: bool) -> None:
        """While it is being recorded nothing is typed into the fields."""
        self.acting = acting
        if acting:
            self._focused_before = self.focused
        self.query_one("#fields").disabled = acting
        self.query_one("#act", Button).disabled = acting
        if acting:
            self.query_one("#refusal", Static).update("recording …")
            self.query_one("#refusal", Static).set_class(True, "-shown", "-quiet")

    def _done(self, result: T) -> None:
        self.dismiss(result)

    def _refused(self, problem: LedgerError) -> None:
        self._under_way(acting=False)
        field = self._tell(problem)
        back = self._focused_before if field is None else field.control
        if back is not None:
            back.focus()

    def _tell(self, problem: LedgerError | None) -> AskField | None:
        """Say a refusal at the field that it names, or above the buttons; the field, if there is one."""
        fields = {field.ask.name: field for field in self.query(AskField)}
        words = "" if problem is None else str(problem)
        flag = _FLAG.match(words)
        at = None if flag is None else fields.get(flag[1].replace("-", "_"))
        for field in fields.values():
            field.wrong(words.removeprefix(f"--{flag[1]}").lstrip(": ") if field is at and flag else None)
        beside = self.query_one("#refusal", Static)
        beside.update(shown(words))
        beside.set_class(bool(words) and at is None, "-shown")
        beside.remove_class("-quiet")
        return at

    def action_cancel(self) -> None:
        """Close it; what is being recorded already is recorded."""
        self.dismiss(None)
