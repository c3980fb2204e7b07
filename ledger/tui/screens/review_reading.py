"""What the review reads, in threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.domain.instants import from_datetime
from ledger.domain.kinds import Status
from ledger.services.browse import card
from ledger.services.paging import Column, Sort, first_page, ordering
from ledger.services.review_queue import changed_by, queue
from ledger.services.wording import counted, span
from ledger.tui.cells import shown
from ledger.tui.work import cancelled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ledger.services.browse_card import Card
    from ledger.services.opening import Book
    from ledger.services.review_queue import Changed, Order, Waiting


def due_queue(book: Book, *, order: Order) -> list[Waiting]:
    """What is to be reviewed."""
    return queue(book, order=order)


def card_of(book: Book, *, number: int) -> Card:
    """One question with all that was said of it."""
    return card(book, f"#{number}")


def changed_since(book: Book, *, numbers: Iterable[int]) -> list[Changed]:
    """How questions that somebody wrote to stand now, and all that hang on them."""
    return [one for number in sorted(numbers) for one in changed_by(book, number)]


@dataclass(frozen=True, slots=True)
class Next:
    """What waits after a pass: how many are due, and the question that closes next."""

    due: int
    closing: str | None
    """``#5 in 12 days: Will …``; raw."""

    def words(self) -> str:
        """In a line or two."""
        due = f"{counted(self.due, 'question is', 'questions are')} due still.\n" if self.due else ""
        return due + (f"Next to close: {shown(self.closing)}" if self.closing else "No question is open.")


def how_many_due(book: Book) -> int:
    """How many questions are due, those put off among them; given up when nobody waits for it."""
    return len(ordering(book, Filters(status=(Status.DUE,)), cancelled=cancelled))


def what_next(book: Book) -> Next:
    """What waits; given up when nobody waits for it."""
    due = how_many_due(book)
    rows = first_page(book, Filters(status=(Status.OPEN,)), Sort(Column.DEADLINE), 1, cancelled)
    closing = None
    if rows:
        one = rows[0]
        closing = f"#{one.number} in {span(one.deadline - book.now)}: {one.title or one.key or ''}"
    return Next(due, closing)


def time_words(name: str, text: str, zone: str, now: datetime) -> str:
    """How the text of a field for a time reads; raises ``InputError``."""
    from ledger.services.times_ahead import made_ahead

    return made_ahead(text, zone, now) if name == "known" else _review_words(name, text, zone, now)


def _review_words(name: str, text: str, zone: str, now: datetime) -> str:
    from ledger.errors import InputError
    from ledger.services.times import read_review
    from ledger.services.times_ahead import moment_words

    moment = read_review(text, "--on" if name == "again" else "--until", zone)
    away = moment.instant - from_datetime(now)
    if away <= 0:
        raise InputError(f"{moment_words(moment)} has passed; give a time ahead")
    told = "a day to look at it again" if name == "again" else "asked again on"
    return f"{told}{':' if name == 'again' else ''} {moment_words(moment).replace(', 00:00:00', '')} · in {span(away)}"
