"""The chosen question in brief: what is asked, what was said, what decides it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from ledger.services.wording import deadline_words, minute_words
from ledger.services.worth_words import condition_words, worth_words
from ledger.tui.cells import shown, shown_lines
from ledger.tui.widgets.columns import SIGNS
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.opening import Book
    from ledger.services.paging import TableRow

PAUSE = 0.15
"""Seconds that the cursor must rest before a question is read."""


class Preview(Working, VerticalScroll, can_focus=False):
    """Beside the table, or below it where the screen is narrow."""

    DEFAULT_CSS = """
    Preview { padding: 0 1; background: $background; scrollbar-size-vertical: 1; }
    Preview > Static { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin with nothing."""
        super().__init__(id=id)
        self._soon: Timer | None = None
        self._number: int | None = None
        self._words: Text | str = ""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(self._words, markup=False)

    def _say(self, text: Text | str) -> None:
        self._words = text
        for words in self.query(Static):
            words.update(text)

    def show_empty(self, *, empty: bool) -> None:
        """Say so where nothing is found."""
        if empty:
            self._number = None
            self.drop("card")
            self._say("nothing here; ask a question with a, import with 5, or take the filter off with escape")

    def look_at(self, row: TableRow) -> None:
        """Show the question once the cursor rests: passing over it costs nothing."""
        self._number = row.number
        if self._soon is None:
            self._soon = self.set_interval(PAUSE, self._rested)
        self._soon.reset()
        self._soon.resume()

    def _rested(self) -> None:
        if self._soon is not None:
            self._soon.pause()
        self._read()

    def _read(self) -> None:
        if self._number is not None and self.display:
            self.read(partial(_card, number=self._number), self._show, group="card")

    def _show(self, found: Card) -> None:
        if found.question.number == self._number:
            self._say(brief(found))
            self.scroll_home(animate=False)


def _card(book: Book, *, number: int) -> Card:
    from ledger.services.browse import card

    return card(book, f"#{number}")


def brief(found: Card) -> Text:
    """The question in a few lines."""
    asked = found.question
    told = Text(shown(asked.title) + "\n", style="bold")
    status = f"{SIGNS[asked.status]} {asked.status}" + (f": {shown(asked.outcome)}" if asked.outcome else "")
    when = deadline_words(asked.deadline, asked.zone, asked.status, found.now)
    told.append(f"{status} · {when}\n", style="not bold")
    if asked.void_reason:
        told.append(shown_lines(asked.void_reason) + "\n", style="not bold")
    for one in found.statements[-1:]:
        words = f" “{shown(one.hedge)}”" if one.hedge else ""
        said = shown(worth_words(one.counted))
        told.append(f"{shown(one.forecaster)}: {said}{words}, {minute_words(one.made_at)[:10]}\n", style="not bold")
    if asked.condition is not None:
        told.append(f"needs {shown(condition_words(asked.condition))}\n", style="not bold")
    if found.criteria:
        told.append("\n" + shown_lines(found.criteria) + "\n", style="not bold")
    if asked.source is not None:
        told.append(f"\n{shown(asked.source.label)}", style="not bold italic")
    return told
