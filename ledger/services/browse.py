"""What there is to read: lists of questions, one question with its whole history, what is due, the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant, format_instant
from ledger.domain.kinds import Status
from ledger.services.browse_views import Data, QuestionView
from ledger.services.look_again_views import ToLookAt, days_to_look_at
from ledger.services.opening import Book
from ledger.services.viewing import Beside, source_view, view
from ledger.storage.reading import listed
from ledger.storage.reading.questions import QuestionRow, count, questions, tags
from ledger.storage.reading.reviewing import put_off
from ledger.storage.reading.sources import sources

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.browse_journal import JournalView


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Listing:
    """Questions, how many there are of each status, how many statements, and how many the filters left out."""

    questions: list[QuestionView]
    counts: dict[str, int]
    left_out: int
    now: Instant

    def rest(self) -> Data:
        """For JSON, all but the questions."""
        return {"counts": self.counts, "left_out": self.left_out, "as_of": format_instant(self.now)}

    def as_data(self) -> Data:
        """For JSON."""
        return {"questions": [one.as_data() for one in self.questions], **self.rest()}


def listing(book: Book, filters: Filters) -> Listing:
    """The questions that ``filters`` leave, by number."""
    beside = _beside(book, filters)
    rows = questions(book.driver, filters, book.now)
    found = [view(row, beside) for row in rows]
    statements = sum(unit.statements for units in beside.units.values() for unit in units)
    counts = {"questions": len(found), "forecasts": statements} | dict.fromkeys(Status, 0)
    for one in found:
        counts[one.status] += 1
    left_out = count(book.driver, EVERYTHING, book.now) - len(found) if filters.narrows else 0
    return Listing(found, {str(name): number for name, number in counts.items()}, left_out, book.now)


def _beside(book: Book, filters: Filters) -> Beside:
    driver = book.driver
    units: dict[int, list[listed.ListedUnit]] = {}
    for unit in listed.listed_units(driver, filters, book.now):
        units.setdefault(unit.question_id, []).append(unit)
    known = {number: source_view(row) for number, row in sources(driver).items()}
    return Beside(book.now, tags(driver), listed.all_options(driver), known, listed.needed(driver), units)


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A due question whose review is put off until a time (µs), and the zone that was meant."""

    question: QuestionView
    until: Instant
    zone: str | None

    def as_data(self) -> Data:
        """For JSON: the question, and until when."""
        return self.question.as_data() | {"snoozed_until": format_instant(self.until), "snoozed_zone": self.zone}


@dataclass(frozen=True, slots=True)
class Due:
    """What waits to be settled; ``closing`` is ``None`` where no span was given, ``snoozed`` are due and put off."""

    due: list[QuestionView]
    snoozed: list[Snoozed]
    waiting: list[QuestionView]
    closing: list[QuestionView] | None
    left_out: int
    """Due and waiting ones that the filters left out."""
    now: Instant
    look_again: list[ToLookAt] = field(default_factory=list)
    """Days to look again that have come, or come within the span."""

    def as_data(self) -> Data:
        """For JSON."""
        lists: dict[str, Sequence[QuestionView | Snoozed]] = {"due": self.due, "waiting": self.waiting}
        lists["snoozed"] = self.snoozed
        if self.closing is not None:
            lists["closing"] = self.closing
        counts = {name: len(found) for name, found in lists.items()}
        return {name: [one.as_data() for one in found] for name, found in lists.items()} | {
            "look_again": [one.as_data() for one in self.look_again],
            "counts": counts,
            "left_out": self.left_out,
            "as_of": format_instant(self.now),
        }


def due(book: Book, filters: Filters = EVERYTHING, within: Instant | None = None) -> Due:
    """The questions that are due, those put off apart, those that wait, and those that close ``within`` µs."""
    wanted = [Status.DUE, Status.WAITING] + ([] if within is None else [Status.OPEN])
    if filters.status:
        wanted = [status for status in wanted if status in filters.status]
    narrowed = replace(filters, status=tuple(wanted))
    rows: Iterable[QuestionRow] = ()
    if wanted:
        rows = questions(book.driver, narrowed, book.now, order="q.deadline, q.id")
    beside = _beside(book, narrowed)
    found = [view(row, beside) for row in rows if _soon(row, book.now, within)]
    by_status = {status: [one for one in found if one.status is status] for status in Status}
    closing = None if within is None else by_status[Status.OPEN]
    shown = len(by_status[Status.DUE]) + len(by_status[Status.WAITING])
    all_of_them = Filters(status=(Status.DUE, Status.WAITING))
    left_out = count(book.driver, all_of_them, book.now) - shown if filters.narrows else 0
    off = put_off(book.driver, book.now)
    due = [one for one in by_status[Status.DUE] if one.number not in off]
    snoozed = [Snoozed(one, *off[one.number]) for one in by_status[Status.DUE] if one.number in off]
    days = days_to_look_at(book.driver, filters, book.now, book.now + (within or 0))
    return Due(due, snoozed, by_status[Status.WAITING], closing, left_out, book.now, days)


def _soon(row: QuestionRow, now: Instant, within: Instant | None) -> bool:
    return row.status(now) is not Status.OPEN or row.deadline <= now + (within or 0)


def card(book: Book, told: str) -> Card:
    """Everything about the question that ``told`` names; raises ``NotFoundError`` with the near ones."""
    from ledger.services.browse_card import card_of

    return card_of(book, told)


def entries(book: Book, *, after: int = 0, limit: int | None = None) -> Iterator[JournalView]:
    """The entries of the journal after one, at most ``limit`` of them."""
    from ledger.services.browse_journal import journal_views

    return journal_views(book, after, limit)


def keys_like(book: Book, beginning: str, limit: int = 200) -> list[tuple[str, str | None]]:
    """Keys that begin so, with their titles."""
    return listed.keys_like(book.driver, beginning, limit)
