"""The outcome of another question that this one needs: type to find the question, then choose its outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.tui.cells import shown
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.labelled import Labelled
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.services.opening import Book

PAUSE = 0.15
MOST = 4
_NUMBER = re.compile(r"#?([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be waited for, with the outcomes that it can have. The title is raw."""

    number: int
    title: str | None
    outcomes: tuple[str, ...]

    def line(self) -> Text:
        """For a list."""
        return Text(f"#{self.number} {shown(self.title)}", no_wrap=True, overflow="ellipsis")


def candidates(book: Book, *, text: str) -> list[Candidate]:
    """The questions that ``text`` finds: one number, or words of a title; none without a single outcome."""
    from ledger.services.browse import card
    from ledger.services.paging import first_page, rows

    number = _NUMBER.fullmatch(text)
    found = rows(book, [int(number[1])]) if number else first_page(book, Filters(search=text), size=3 * MOST)
    fitting = [row for row in found if row.kind != Kind.NUMERIC][:MOST]
    return [
        Candidate(
            row.number,
            row.title,
            tuple(card(book, f"#{row.number}").options) if Kind(row.kind).has_options else ("yes", "no"),
        )
        for row in fitting
    ]


class ConditionPicker(Working, Labelled):
    """A line to find the question, the questions found, and its outcomes once one is chosen."""

    DEFAULT_CSS = """
    ConditionPicker Chooser { display: none; max-width: 30; }
    ConditionPicker.-picked Chooser { display: block; }
    ConditionPicker > OptionList {
        display: none; height: auto; max-height: 4; margin: 0 1 0 14; border: none; padding: 0; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    ConditionPicker.-found > OptionList { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a condition."""
        super().__init__(id=id)
        self._soon: Timer | None = None
        self._found: list[Candidate] = []
        self._picked: Candidate | None = None
        self._line = ""

    def compose(self) -> ComposeResult:
        """The line with the outcome beside it, and what was found below."""
        with Horizontal(classes="field-line"):
            yield self.label("Only if")
            yield LineInput(placeholder="another question, by its words or number; empty: no condition")
            yield Chooser(["yes", "no"], folded=True)
        yield OptionList(compact=True, markup=False)
        yield self.line_below()

    @property
    def value(self) -> str:
        """As the command line has it, ``#12=yes``; what was typed where nothing was chosen; empty for none."""
        if self._picked is None:
            return self.query_one(LineInput).value.strip()
        return f"#{self._picked.number}={self.query_one(Chooser).value}"

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what is typed; a change takes the choice back."""
        message.stop()
        if message.value == self._line:
            return
        self._line, self._picked = message.value, None
        self.echo("")
        self.remove_class("-picked", "-found")
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        text = self._line.strip()
        if text:
            self.read(partial(candidates, text=text), self._offer, group="candidates")
        else:
            self.drop("candidates")

    def _offer(self, found: list[Candidate]) -> None:
        self._found = found
        offered = self.query_one(OptionList)
        offered.clear_options()
        offered.add_options(Option(one.line()) for one in found)
        offered.highlighted = 0 if found else None
        self.set_class(bool(found), "-found")
        if not found:
            self.wrong("nothing found; a number or some words of a question that is there")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter takes the first that was found, or goes on."""
        message.stop()
        if self._picked is None and self._found and self._line.strip():
            self._pick(self._found[0])
        else:
            self.screen.focus_next()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take the one chosen from the list."""
        message.stop()
        self._pick(self._found[message.option_index])

    def _pick(self, one: Candidate) -> None:
        self._picked, self._line = one, shown(f"#{one.number} {shown(one.title)}")
        self._found = []
        line, chooser = self.query_one(LineInput), self.query_one(Chooser)
        line.value = self._line
        line.cursor_position = 0
        chooser.offer(one.outcomes)
        self.echo("")
        self.remove_class("-found")
        self.add_class("-picked")
        chooser.focus()
