"""The questions as a table that is read a page at a time: which ones in which order, and the rows on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant
from ledger.domain.kinds import Status
from ledger.services.opening import Book
from ledger.services.outcome_names import outcome_name
from ledger.services.worth import Worth, latest_unit, worth
from ledger.storage.cancelling import cancellable
from ledger.storage.reading import pages
from ledger.storage.reading.listed import ListedUnit, units_among
from ledger.storage.reading.questions import QuestionRow

Asked = Callable[[], bool]
"""Whether to stop, such as ``threading.Event().is_set``; asked about once in a millisecond."""
BLOCK = 500


class Column(StrEnum):
    """What the table shows, and may be ordered by."""

    NUMBER = "number"
    QUESTION = "question"
    FORECAST = "forecast"
    DEADLINE = "deadline"
    STATUS = "status"
    FORECASTER = "forecaster"
    TAGS = "tags"


class Sort(NamedTuple):
    """An order of the table. What has nothing in the column comes last either way; equals come by number.

    Text is ordered without regard to case, forecasts by the probability, statuses as they concern people (due, open,
    waiting, resolved, void), tags by the first one.
    """

    column: Column = Column.NUMBER
    descending: bool = False


class TableRow(NamedTuple):
    """A question in the table. Instants are µs; texts are raw, and ``None`` where they were redacted."""

    number: int
    title: str | None
    key: str | None
    kind: str
    status: Status
    deadline: Instant
    zone: str | None
    outcome: str | None
    """An option by its name."""
    worth: Worth | None
    """The value of the latest standing forecast; ``None`` where there is none."""
    withdrawn: bool
    """Whether that forecast was withdrawn, which it is only where all were."""
    forecaster: str | None
    """Who stated it."""
    forecasters: int
    tags: tuple[str, ...]
    conditional: bool


class Ordering:
    """The numbers of the questions that filters leave, in order."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Sequence[int] = range(0)) -> None:
        """Keep the numbers."""
        self._numbers = numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers)

    def numbers(self, start: int, stop: int) -> Sequence[int]:
        """Those from place ``start`` up to ``stop``, which may lie beyond the end."""
        return self._numbers[max(start, 0) : max(stop, 0)]

    def position(self, number: int) -> int | None:
        """The place of a question; ``None`` where the filters leave it out."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None


EVERYTHING, BY_NUMBER = Filters(), Sort()


def first_page(
    book: Book, filters: Filters = EVERYTHING, sort: Sort = BY_NUMBER, size: int = 50, cancelled: Asked | None = None
) -> list[TableRow]:
    """The first ``size`` rows, as quickly as can be; raises ``Cancelled`` once ``cancelled`` says so."""
    with cancellable(book.driver, cancelled):
        found = pages.first_numbers(book.driver, filters, book.now, sort.column, sort.descending, size)
        return rows(book, found)


def first_hits(book: Book, filters: Filters, sort: Sort, size: int, cancelled: Asked | None = None) -> list[TableRow]:
    """The same, save that a search by number gives what its first parts hold as soon as that is anything at all."""
    if filters.search is None or sort.column is not Column.NUMBER:
        return first_page(book, filters, sort, size, cancelled)
    with cancellable(book.driver, cancelled):
        return rows(book, pages.first_found(book.driver, filters, book.now, size, descending=sort.descending))


def ordering(
    book: Book, filters: Filters = EVERYTHING, sort: Sort = BY_NUMBER, cancelled: Asked | None = None
) -> Ordering:
    """All numbers in order, 8 bytes each; none are read where nothing is filtered and the order is by number.

    Raises ``Cancelled`` once ``cancelled`` says so.
    """
    driver = book.driver
    with cancellable(driver, cancelled):
        if sort.column is Column.NUMBER and not filters.narrows:
            last = pages.last_number(driver)
            if pages.is_contiguous(driver, last):
                return Ordering(range(last, 0, -1) if sort.descending else range(1, last + 1))
        return Ordering(pages.numbers(driver, filters, book.now, sort.column, sort.descending))


def rows(book: Book, numbers: Sequence[int]) -> list[TableRow]:
    """The rows of those questions in that order; those that are not there are left out."""
    found: list[TableRow] = []
    for start in range(0, len(numbers), BLOCK):
        found.extend(_block(book, list(numbers[start : start + BLOCK])))
    return found


def _block(book: Book, numbers: list[int]) -> list[TableRow]:
    asked = pages.questions_among(book.driver, numbers)
    units, tags = units_among(book.driver, numbers), pages.tags_among(book.driver, numbers)
    with_options = [number for number, row in asked.items() if row.options]
    options = pages.options_among(book.driver, with_options) if with_options else {}
    return [
        _row(asked[number], units.get(number, ()), options.get(number, ()), tags.get(number, ()), book.now)
        for number in numbers
        if number in asked
    ]


def _row(
    row: QuestionRow, units: Sequence[ListedUnit], options: Sequence[str], tags: Sequence[str], now: Instant
) -> TableRow:
    said = latest_unit(units)
    return TableRow(
        number=row.id, title=row.title, key=row.key, kind=row.kind, status=row.status(now), deadline=row.deadline,
        zone=row.zone, outcome=outcome_name(row.kind, row.outcome, options),
        worth=None if said is None else worth(row.kind, options, said.probability, said.value, said.low, said.high),
        withdrawn=said is not None and bool(said.withdrawn), forecaster=None if said is None else said.forecaster,
        forecasters=len(units), tags=tuple(tags), conditional=row.condition_id is not None,
    )  # fmt: skip
