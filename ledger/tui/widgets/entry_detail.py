"""One entry in full: its facts, its words, and its place in the chain."""

from __future__ import annotations

from functools import partial

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from ledger.services.journal_pages import Committed, EntryCard, EntryRow, entry_card
from ledger.tui.cells import shown, shown_lines
from ledger.tui.widgets.entry_table import recorded_words
from ledger.tui.work import Working

PAUSE = 0.08
"""Seconds that the cursor must rest before the rest of an entry is read."""
LABEL, HASH = 8, 64
"""Columns of a label before a hash, and of a hash."""


class EntryDetail(Working, VerticalScroll):
    """Beside the table, or below it where the screen is narrow."""

    DEFAULT_CSS = """
    EntryDetail { padding: 0 1; background: $background; scrollbar-size-vertical: 1; }
    EntryDetail:focus { background: $surface; }
    EntryDetail > Static { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin with nothing."""
        super().__init__(id=id)
        self._text = Static(markup=False)
        self._soon: Timer | None = None
        self._row: EntryRow | None = None
        self.card: EntryCard | None = None
        """What is shown, once it was read."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._text

    def say(self, text: Text | str) -> None:
        """Show a text."""
        self._text.update(text)

    def look_at(self, row: EntryRow | None) -> None:
        """Show what the table knows at once, the rest when the cursor rests."""
        if self._soon is not None:
            self._soon.stop()
        self._row = row
        if row is None:
            self.card = None
            self.drop("card")
            return
        if self.card is None or self.card.row.number != row.number:
            self.card = None
            self.say(_head(row))
            self.scroll_home(animate=False)
        self._soon = self.set_timer(PAUSE, self._read)

    def _read(self) -> None:
        if self._row is not None and self.display:
            self.work(partial(entry_card, self.program.location, self._row.number), self._show, group="card")

    def _show(self, card: EntryCard | None) -> None:
        if card is not None and self._row is not None and card.row.number == self._row.number:
            self.card = card
            self.say(told(card, self.size.width - 2))

    def on_resize(self) -> None:
        """Lay hashes out for the new width."""
        if self.card is not None:
            self.say(told(self.card, self.size.width - 2))


def _head(row: EntryRow) -> Text:
    text = Text(f"entry {row.number} · {shown(row.kind)} · {recorded_words(row)}\n", style="bold")
    return text.append(shown(row.what) + "\n", style="not bold")


def told(card: EntryCard, width: int) -> Text:
    """Everything of an entry: what it says, its facts, its words, its hashes; in ``width`` columns."""
    row = card.row
    text = Text(f"entry {row.number} · {shown(row.kind)} · {recorded_words(row)}\n", style="bold")
    if row.question is not None:
        text.append(f"question #{row.question} {shown(card.title, absent='')}\n", style="not bold")
    for name, value in card.words:
        text.append(f"{shown(name)}: {shown_lines(value)}\n", style="not bold")
    if row.committed is Committed.REDACTED:
        text.append("the words were redacted; the chain keeps their commitment\n", style="not bold italic")
    facts = (f"{shown(name)} {shown(value)}" for name, value in card.facts)
    text.append(f"facts: {' · '.join(facts)}\n", style="not bold")
    for name, value in _chain(card):
        text.append(f"{name:<{LABEL}} {_halved(shown(value), width)}\n", style="not bold")
    return text


def _halved(value: str, width: int) -> str:
    """A hash on two lines where one is too short for it."""
    if len(value) != HASH or width >= LABEL + 1 + HASH:
        return value
    return f"{value[: HASH // 2]}\n{' ' * (LABEL + 1)}{value[HASH // 2 :]}"


def _chain(card: EntryCard) -> list[tuple[str, str]]:
    place = [("hash", card.head), ("before", card.previous)]
    if card.commitment is not None:
        place.append(("words", card.commitment))
    return [*place, ("command", f"{card.command}, place {card.position}")]
