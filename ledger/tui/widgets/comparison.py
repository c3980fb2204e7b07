"""Two names to type, completed from the ledger, and what their comparison says."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from ledger.tui.cells import fit, shown, shown_lines
from ledger.tui.widgets.comparison_words import comparison_words
from ledger.tui.widgets.form import Form
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.storage.location import Location


MANY, LONGEST = 20, 60
HOW = "Type two names (→ completes them), then enter. They are compared on the questions that both have."


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return f"There {'is one forecaster' if names else 'are no forecasters'} here, and it takes two."
    told = ", ".join(fit(shown(name), LONGEST).rstrip() for name in names)
    return f"Here: {told}" + (" …" if len(names) >= MANY else "")


class Comparison(Working, Vertical):
    """Asks for two forecasters, and shows them against each other."""

    DEFAULT_CSS = """
    Comparison #names { height: 1; }
    Comparison #against { width: 9; padding: 0 1; color: $quiet; }
    Comparison VerticalScroll { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    """

    class Asked(Message):
        """Two forecasters are to be compared."""

        def __init__(self, names: tuple[str, str]) -> None:
            """Keep who."""
            self.names = names
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin with nobody."""
        super().__init__(id=id)
        self._found: Mapping[str, Any] | None = None

    def compose(self) -> ComposeResult:
        """Both names on one line, the answer below."""
        with Horizontal(id="names"):
            yield self._name_line("a forecaster", "first")
            yield Static("against", id="against", markup=False)
            yield self._name_line("another one", "second")
        with VerticalScroll(id="answers"):
            yield Static(id="answer", markup=False)

    def on_mount(self) -> None:
        """Say what to do."""
        self.say(HOW)

    def _name_line(self, placeholder: str, name: str) -> LineInput:
        line = LineInput(placeholder=placeholder, id=name)
        line.suggester = Naming(self)
        return line

    @property
    def names(self) -> tuple[str, str]:
        """The two names as typed."""
        first, second = (self.query_one(f"#{name}", Input).value.strip() for name in ("first", "second"))
        return first, second

    def offer(self, names: list[str]) -> None:
        """Fill in two forecasters where nothing was typed yet."""
        clean = [name for name in names if shown(name) == name and len(name) <= LONGEST]
        if not any(self.names) and len(clean) > 1:
            for field, name in zip(("first", "second"), clean, strict=False):
                self.query_one(f"#{field}", Input).value = name
            self.query_one("#first", Input).action_select_all()
        if self._found is None:
            self.say(f"{HOW}\n\n{_listed(names)}")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to the second name, or compare."""
        message.stop()
        if all(self.names):
            self.leave_names()
            self.post_message(self.Asked(self.names))
        elif message.input.id == "first":
            self.query_one("#second", Input).focus()
        else:
            self.query_one("#first", Input).focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Keep it here."""
        message.stop()

    def say(self, words: str) -> None:
        """Show words instead of an answer."""
        self._found = None
        self.query_one("#answer", Static).update(shown_lines(words))

    def show(self, found: Mapping[str, Any], form: Form) -> None:
        """Show an answer."""
        self._found = found
        self.query_one("#answer", Static).update(comparison_words(found, form))

    def leave_names(self) -> None:
        """Take the keys away from the names."""
        self.query_one("#answers").focus()

    def reform(self, form: Form) -> None:
        """Show the answer that is there in another form."""
        if self._found is not None:
            self.show(self._found, form)


class Naming(Suggester):
    """Offers the rest of a forecaster's name; asks the ledger in a thread."""

    def __init__(self, asker: Comparison) -> None:
        """Complete for ``asker``."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._asker = asker

    async def get_suggestion(self, value: str) -> str | None:
        """A whole name that begins as typed, or nothing."""
        return await asyncio.to_thread(partial(_completed, self._asker.program.location, value))


def _completed(location: Location, value: str) -> str | None:
    from ledger.errors import LedgerError
    from ledger.services.opening import opened
    from ledger.services.rivals import forecaster_names

    try:
        with opened(location) as book:
            names = forecaster_names(book, value)
    except LedgerError:
        return None
    fits = (name for name in names if name.casefold().startswith(value.casefold()) and shown(name) == name)
    return next((name for name in fits if len(name) > len(value)), None)
