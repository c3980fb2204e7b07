"""What the ledger screen reads, in threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status
from ledger.services.paging import first_hits, ordering, rows
from ledger.services.wording import counted
from ledger.tui.work import cancelled

if TYPE_CHECKING:
    from ledger.services.opening import Book
    from ledger.services.paging import Ordering, Sort, TableRow


class Found(NamedTuple):
    """The first rows, and the clock (µs) that their words go by."""

    rows: list[TableRow]
    now: int


class Read(NamedTuple):
    """The order of all questions asked for, where the chosen one stands in it, and how many are due in all."""

    ordering: Ordering
    place: int | None
    due: int

    def words(self, sort: Sort, *, narrowed: bool) -> str:
        """``20 questions · 12 due · by number``."""
        found = counted(len(self.ordering), "question") + (" found" if narrowed else "")
        order = f"by {sort.column}{', reversed' if sort.descending else ''}"
        return " · ".join([found, f"{self.due:,} due", order])


def opening_rows(book: Book, *, filters: Filters, sort: Sort, size: int) -> Found:
    """What is seen first."""
    return Found(first_hits(book, filters, sort, size, cancelled), book.now)


def ordered(book: Book, *, filters: Filters, sort: Sort, keep: int | None) -> Read:
    """The order of everything; given up when nobody waits for it."""
    found = ordering(book, filters, sort, cancelled=cancelled)
    place = None if keep is None else found.position(keep)
    return Read(found, place, _due(book))


def _due(book: Book) -> int:
    return len(ordering(book, Filters(status=(Status.DUE,)), cancelled=cancelled))


def rows_between(book: Book, *, ordering: Ordering, start: int, stop: int) -> list[TableRow]:
    """The rows of a part of the order."""
    return rows(book, ordering.numbers(start, stop))
