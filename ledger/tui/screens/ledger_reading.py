"""What the ledger screen reads, in threads."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status
from ledger.services.paging import Sort, first_hits, ordering, rows
from ledger.services.wording import counted
from ledger.tui.work import cancelled, with_book

if TYPE_CHECKING:
    from ledger.services.opening import Book
    from ledger.services.paging import Ordering, TableRow
    from ledger.storage.location import Location


class Found(NamedTuple):
    """The first rows, and the clock (µs) that their words go by."""

    rows: list[TableRow]
    now: int


class Due(NamedTuple):
    """How many questions were due after the journal's entry ``entry``."""

    entry: int
    number: int


class Read(NamedTuple):
    """The order of all questions asked for, where the chosen one stands in it, and how many are due in all."""

    ordering: Ordering
    place: int | None
    due: Due

    def words(self, sort: Sort, *, narrowed: bool) -> str:
        """``20 questions · 12 due · by number``."""
        found = counted(len(self.ordering), "question") + (" found" if narrowed else "")
        order = f"by {sort.column}{', reversed' if sort.descending else ''}"
        return " · ".join([found, f"{self.due.number:,} due", order])


class FirstLook:
    """The first rows, read while the screens are still being built, so that the first frame shows them."""

    def __init__(self, location: Location, size: int) -> None:
        """Begin to read ``size`` rows by number."""
        self._location, self._size = location, size
        self._found: Found | None = None
        Thread(target=self._read, name="first look", daemon=True).start()

    def _read(self) -> None:
        with suppress(Exception):  # the screen reads then what it lacks, and tells why it cannot
            self._found = with_book(self._location, self._rows)

    def _rows(self, book: Book) -> Found:
        return Found(first_hits(book, Filters(), Sort(), self._size), book.now)

    def take(self) -> Found | None:
        """What was read by now, once."""
        found, self._found = self._found, None
        return found


def opening_rows(book: Book, *, filters: Filters, sort: Sort, size: int) -> Found:
    """What is seen first."""
    return Found(first_hits(book, filters, sort, size, cancelled), book.now)


def ordered(book: Book, *, filters: Filters, sort: Sort, keep: int | None, due: Due | None = None) -> Read:
    """The order of everything; given up when nobody waits for it. ``due`` holds as long as nothing was recorded."""
    found = ordering(book, filters, sort, cancelled=cancelled)
    place = None if keep is None else found.position(keep)
    return Read(found, place, due if due is not None and due.entry == book.last_entry else _due(book))


def _due(book: Book) -> Due:
    return Due(book.last_entry, len(ordering(book, Filters(status=(Status.DUE,)), cancelled=cancelled)))


def rows_between(book: Book, *, ordering: Ordering, start: int, stop: int) -> list[TableRow]:
    """The rows of a part of the order."""
    return rows(book, ordering.numbers(start, stop))
