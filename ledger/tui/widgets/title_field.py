"""The question being asked, and those that were asked before and are close to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ledger.services.resembling import Resembling, resembling
from ledger.services.wording import day_words
from ledger.tui.cells import shown
from ledger.tui.widgets.reading_field import ReadingField
from ledger.tui.work import cancelled

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.opening import Book

MOST = 2
SHORTEST = 8
"""Shorter titles are close to too much."""


def close_ones(book: Book, *, title: str) -> list[Resembling]:
    """The questions close to ``title``."""
    return resembling(book, title, MOST, cancelled)


def close_words(one: Resembling) -> str:
    """``you asked something close on 3 May 2026: #12 Will …``."""
    when = day_words(one.asked_at, "UTC")
    return f"asked before on {when}, {one.status}: #{one.number} {shown(one.title)}"


class TitleField(ReadingField):
    """Says while one types what was asked before; enter on a line opens it, the form stays."""

    PAUSE = 0.3
    READS = True
    DEFAULT_CSS = """
    TitleField > OptionList {
        display: none; height: auto; max-height: 2; margin: 0 0 0 14; padding: 0; border: none;
        text-wrap: nowrap; text-overflow: ellipsis;
        background: $background; color: $due;
    }
    TitleField.-close > OptionList { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__("Question", placeholder="what will happen?", id=id)
        self._close: list[Resembling] = []

    def compose(self) -> ComposeResult:
        """The line, and what is close."""
        yield from super().compose()
        yield OptionList(markup=False, compact=True)

    def read_now(self) -> None:
        """Look for what is close."""
        self.echo("")
        if len(self.value) < SHORTEST:
            self.drop("close")
            self._show([])
        else:
            self.read(partial(close_ones, title=self.value), self._show, group="close", otherwise=self._unread)

    def _unread(self, _: LedgerError) -> None:
        self._show([])

    def _show(self, found: list[Resembling]) -> None:
        if found == self._close:
            return
        self._close = found
        offered = self.query_one(OptionList)
        offered.clear_options()
        offered.add_options(Option(Text(f"≈ {close_words(one)}", no_wrap=True, overflow="ellipsis")) for one in found)
        offered.highlighted = None
        self.set_class(bool(found), "-close")

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Open the one that was chosen."""
        message.stop()
        self.program.open_question(self._close[message.option_index].number)
