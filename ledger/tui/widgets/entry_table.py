"""The table of the journal's entries: its columns, and what its lines look like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from ledger.services.journal_pages import MISSING, UNREADABLE, Committed, EntryRow
from ledger.services.wording import minute_words
from ledger.tui.cells import fit, shown
from ledger.tui.widgets import virtual_table
from ledger.tui.widgets.columns import GAP
from ledger.tui.widgets.virtual_table import RowTold, VirtualTable

if TYPE_CHECKING:
    from rich.style import Style

SIGNS = {Committed.NOTHING: " ", Committed.WORDS: "¶", Committed.REDACTED: "∅"}
"""Whether the chain commits to words beside the facts, and whether these are still there."""


class Column(NamedTuple):
    """A heading, its width (0 takes what is left), and its text."""

    heading: str
    width: int
    text: Callable[[EntryRow], str]
    right: bool = False
    quiet: bool = False


def recorded_words(row: EntryRow) -> str:
    """When an entry was recorded, to the minute."""
    return "–" if row.recorded_at is None else minute_words(row.recorded_at)


def _question(row: EntryRow) -> str:
    return "" if row.question is None else f"#{row.question}"


COLUMNS = (
    Column("entry", 5, lambda row: str(row.number), right=True, quiet=True),
    Column("recorded", 17, recorded_words, quiet=True),
    Column("kind", 12, lambda row: shown(row.kind)),
    Column("asked", 6, _question, right=True),
    Column("¶", 1, lambda row: SIGNS[row.committed]),
    Column("what", 0, lambda row: shown(row.what)),
)


class EntryTable(VirtualTable[EntryRow]):
    """The entries ``numbers`` of the journal, as they came."""

    numbers: Sequence[int] = ()

    class RowsWanted(virtual_table.RowsWanted):
        """Rows from ``first`` up to ``end`` came in sight and are not here."""

    class Highlighted(RowTold[EntryRow]):
        """The cursor came to an entry."""

    class Chosen(RowTold[EntryRow]):
        """An entry was opened."""

    def _widths(self) -> Iterable[tuple[Column, int]]:
        digits = max(5, len(str(self.numbers[-1] if self.numbers else 0)))
        fixed = digits + sum(column.width for column in COLUMNS[1:]) + GAP * len(COLUMNS)
        rest = max(8, self.scrollable_content_region.width - fixed)
        return ((column, digits if column is COLUMNS[0] else column.width or rest) for column in COLUMNS)

    def heading(self) -> str:
        """The headings."""
        return (" " * GAP).join(fit(column.heading, wide, right=column.right) for column, wide in self._widths())

    def line(self, row: EntryRow, under: Style | None) -> Iterable[Segment]:
        """The cells of an entry; one that is damaged stands out."""
        plain, due, quiet = self.style_of("row"), self.style_of("due"), self.style_of("quiet")
        damaged = row.kind == MISSING or row.what == UNREADABLE
        for column, wide in self._widths():
            style = due if damaged else quiet if column.quiet else plain
            cell = fit(column.text(row), wide, right=column.right) + " " * GAP
            yield Segment(cell, style if under is None else under)
