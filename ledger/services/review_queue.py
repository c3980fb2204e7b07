"""What waits to be reviewed, as numbers in the order in which a review takes them, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import heappop, heappush
from typing import Literal, NamedTuple

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant
from ledger.domain.kinds import State, Status, status_at
from ledger.services.opening import Book
from ledger.services.viewing import source_view
from ledger.storage.driver import Driver
from ledger.storage.reading.reviewing import ReviewRow, dependent, review_rows, stands
from ledger.storage.reading.sources import source, sources

EVERYTHING = Filters()
Order = Literal["deadline", "source"]


class Waiting(NamedTuple):
    """A question to review: past its deadline, unsettled, and not put off."""

    number: int
    deadline: Instant
    source: str | None
    """The publication that it comes from, in one line."""
    after: int | None = None
    """The condition that comes before it in the queue: until that one is settled, this one takes no outcome."""


class Changed(NamedTuple):
    """How a question stands after an outcome; ``waiting`` is its place in the queue, ``None`` where it has none."""

    number: int
    status: Status
    waiting: Waiting | None


def queue(book: Book, filters: Filters = EVERYTHING, order: Order = "deadline") -> list[Waiting]:
    """The due questions that are not put off, by deadline or by source, and after each those that hang on it.

    A question past its deadline whose condition is itself in the queue comes as soon as may be after it; one whose
    condition is not due, put off or filtered out is left out.
    """
    if not _asks_for_due(filters):
        return []
    labels = _labels(book.driver)
    rows = review_rows(book.driver, _of_queue(filters), book.now)
    named = labels.get
    found = [Waiting._make((number, deadline, named(of), after)) for number, deadline, of, after in rows]
    if order == "source":
        found.sort(key=lambda one: (one.source is None, one.source or ""))
    return list(_after_conditions(found)) if any(one.after for one in found) else found


def changed_by(book: Book, question: int, filters: Filters = EVERYTHING) -> list[Changed]:
    """The question and all that hang on it down their conditions, as they stand now, the question first.

    After an outcome, a void or an undo: those with a ``waiting`` belong in the queue, the others do not.
    """
    numbers = [question, *_dependants(book.driver, question)]
    return [one for number in numbers if (one := _changed(book, number, filters)) is not None]


def _asks_for_due(filters: Filters) -> bool:
    return not filters.status or Status.DUE in filters.status


def _of_queue(filters: Filters) -> Filters:
    """The filters without statuses but those of a queue: due, and waiting unless only other ones were asked for."""
    wanted = tuple(one for one in (Status.DUE, Status.WAITING) if one in filters.status)
    return replace(filters, status=wanted)


def _labels(driver: Driver) -> dict[int | None, str]:
    return {number: source_view(row).label for number, row in sources(driver).items()}


def _after_conditions(found: Iterable[Waiting]) -> Iterator[Waiting]:
    """``found`` in its order, but each that waits as soon as may be after its condition, and not without it."""
    held: dict[int, list[tuple[int, Waiting]]] = {}
    gone: set[int] = set()
    for place, one in enumerate(found):
        if one.after is not None and one.after not in gone:
            held.setdefault(one.after, []).append((place, one))
            continue
        if one.number not in held:
            gone.add(one.number)
            yield one
            continue
        ready = [(place, one)]
        while ready:
            _, first = heappop(ready)
            gone.add(first.number)
            yield first
            for following in held.pop(first.number, ()):
                heappush(ready, following)


def _dependants(driver: Driver, question: int) -> Iterable[int]:
    """All questions down the conditions, the nearest first."""
    found, at = [question], 0
    seen = {question}
    while at < len(found):
        fresh = [number for number in dependent(driver, found[at]) if number not in seen]
        found.extend(fresh)
        seen.update(fresh)
        at += 1
    return found[1:]


def _changed(book: Book, number: int, filters: Filters) -> Changed | None:
    found = stands(book.driver, number)
    if found is None:
        return None
    waiting = None
    if _asks_for_due(filters) and (row := _in_queue(book, number, _of_queue(filters))) is not None:
        _, deadline, publication, after = row
        known = None if publication is None else source(book.driver, publication)
        waiting = Waiting(number, deadline, None if known is None else source_view(known).label, after)
    return Changed(number, status_at(State(found[0]), found[1], book.now), waiting)


def _in_queue(book: Book, number: int, filters: Filters) -> ReviewRow | None:
    """A question's row, if it and all that it waits for are to be reviewed."""
    found = at = next(review_rows(book.driver, filters, book.now, of=number), None)
    while at is not None and at[3] is not None:
        at = next(review_rows(book.driver, filters, book.now, of=at[3]), None)
    return None if at is None else found
