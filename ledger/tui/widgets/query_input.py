"""The filter line: read as it is typed, completed from the ledger, and told plainly where it cannot be read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input

from ledger.domain.filters import Filters
from ledger.errors import InputError
from ledger.tui.cells import shown
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.services.opening import Book
    from ledger.storage.location import Location

PAUSE = 0.12
"""Seconds without a key after which the line is read."""


class QueryInput(Working, LineInput):
    """One line of filters, the same as the command line's."""

    DEFAULT_CSS = "QueryInput.-wrong { color: $error; }"

    class Narrowed(Message):
        """The line was read into filters."""

        def __init__(self, line: str, filters: Filters) -> None:
            """Keep both."""
            self.line, self.filters = line, filters
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id, placeholder='filter: tag:x status:due by:2025-02 "free text"')
        self.suggester = Completing(self)
        self._soon: Timer | None = None
        self._read_line = ""

    def on_input_changed(self, message: Input.Changed) -> None:
        """Read the line after a pause in the typing."""
        message.stop()
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(PAUSE, self._read_now)

    def _read_now(self) -> None:
        from ledger.services.query_line import read_query

        line = self.value.strip()
        if line == self._read_line:
            self._told(None)
            return
        try:
            filters = read_query(line, zone=self.program.zone, now=self.program.now()) if line else Filters()
        except InputError as problem:
            self._told(str(problem))
            return
        self._read_line = line
        self._told(None)
        self.post_message(self.Narrowed(line, filters))

    def _told(self, problem: str | None) -> None:
        self.set_class(problem is not None, "-wrong")
        self.tooltip = None if problem is None else shown(problem)
        self.program.hint(problem)

    def clear_line(self) -> None:
        """Empty the line at once."""
        self.value = ""
        self._read_now()


class Completing(Suggester):
    """Offers the rest of the word at the end of the line; asks the ledger in a thread."""

    def __init__(self, line: QueryInput) -> None:
        """Complete ``line``."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with its last word completed, or nothing."""
        import asyncio

        location = self._line.program.location
        return await asyncio.to_thread(partial(_completed, location, value))


def _completed(location: Location, value: str) -> str | None:
    from ledger.errors import LedgerError
    from ledger.services.opening import opened
    from ledger.services.query_line import complete

    def first(book: Book) -> str | None:
        offered = complete(book, value, len(value))
        return next((one.line for one in offered if one.line.startswith(value) and one.line != value), None)

    try:
        with opened(location) as book:
            return first(book)
    except LedgerError:
        return None
