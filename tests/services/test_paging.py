"""The table read a page at a time: the list's own questions, in the order asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from running import Quick

from ledger import clock
from ledger.domain.filters import Filters
from ledger.domain.instants import parse_rfc3339, to_datetime
from ledger.domain.kinds import Status, TimingClass
from ledger.errors import Cancelled
from ledger.services.browse import listing
from ledger.services.browse_views import QuestionView
from ledger.services.opening import Book, opened
from ledger.services.paging import Column, Ordering, Sort, TableRow, first_hits, first_page, ordering, rows
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.reading import pages

NOW = parse_rfc3339("2026-06-01T12:00:00Z")
STATUSES = (Status.DUE, Status.OPEN, Status.WAITING, Status.RESOLVED, Status.VOID)
SORTS = [Sort(column, down) for column, down in product(Column, (False, True))]
FILTERS = [
    Filters(),
    Filters(status=(Status.DUE, Status.WAITING)),
    Filters(tags=("ukraine", "loud")),
    Filters(forecasters=("Bo", "Andrew Korybko")),
    Filters(forecasters=("Bo",), tags=("loud",)),
    Filters(sources=("nobody",)),
    Filters(since=NOW),
    Filters(until=NOW),
    Filters(classes=(TimingClass.RECORDED,)),
    Filters(search="in"),
    Filters(search="in", status=(Status.OPEN,), since=0),
    Filters(search="no such words"),
]


@pytest.fixture
def rich(mixed: Quick) -> Quick:
    """Questions of every kind and status, with several voices, steps back, a redaction, and titles in both cases."""
    for words in (
        ("update", "rain", "20%", "--forecaster", "Bo"),
        ("update", "cheer", "70%", "--forecaster", "bo"),
        ("withdraw", "rain", "--forecaster", "Bo"),
        ("withdraw", "who"),
        ("add", "nobody spoke", "--by", "2027-01-01", "--key", "quiet", "--tag", "Ape", "--tag", "loud"),
        ("add", "Äpfel", "5%", "--by", "2027-01-01", "--key", "apples", "--forecaster", "Zoe", "--tag", "loud"),
        ("void", "quiet", "--reason", "asked badly"),
        ("resolve", "2", "yes"),
        ("redact", "4", "--reason", "a name"),
    ):
        mixed(*words)
    return mixed


@pytest.fixture
def book(rich: Quick) -> Iterator[Book]:
    yield from reading(rich.ledger)


def reading(path: Path) -> Iterator[Book]:
    with clock.set_to(to_datetime(NOW)), opened(Location(path)) as found:
        yield found


def folded(text: str | None) -> str | None:
    """As SQLite's NOCASE folds: ASCII only."""
    return None if text is None else "".join(sign.lower() if sign.isascii() else sign for sign in text)


VALUES: dict[Column, Callable[[QuestionView], Any]] = {
    Column.NUMBER: lambda one: one.number,
    Column.QUESTION: lambda one: folded(one.title),
    Column.FORECAST: lambda one: one.forecast and one.forecast.worth.probability,
    Column.DEADLINE: lambda one: one.deadline,
    Column.STATUS: lambda one: STATUSES.index(one.status),
    Column.FORECASTER: lambda one: one.forecast and folded(one.forecast.forecaster),
    Column.TAGS: lambda one: folded(one.tags[0]) if one.tags else None,
}


def wanted(book: Book, filters: Filters, sort: Sort) -> list[int]:
    """The order worked out from the list of all questions."""
    kept = {one.number for one in listing(book, filters).questions}
    value = VALUES[sort.column]
    left = [one for one in listing(book, Filters()).questions if one.number in kept]
    told = sorted((one for one in left if value(one) is not None), key=lambda one: (value(one), one.number))
    silent = sorted((one for one in left if value(one) is None), key=lambda one: one.number)
    if sort.descending:
        told, silent = told[::-1], silent[::-1]
    return [one.number for one in told + silent]


@pytest.mark.parametrize("sort", SORTS, ids=str)
def test_every_order_under_every_filter_is_that_of_the_list(book: Book, sort: Sort) -> None:
    for filters in FILTERS:
        want = wanted(book, filters, sort)
        found = ordering(book, filters, sort)
        assert list(found.numbers(0, len(found))) == want, filters
        for size in (0, 1, 3, 50):
            assert [row.number for row in first_page(book, filters, sort, size)] == want[:size], filters


def test_the_filters_of_this_test_leave_some_and_leave_some_out(book: Book) -> None:
    counts = [len(ordering(book, filters)) for filters in FILTERS]
    assert counts[0] == max(counts)
    assert sorted(counts)[:2] == [0, 0]
    assert len(set(counts)) > 6


def test_a_row_says_what_the_list_says(book: Book) -> None:
    views = listing(book, Filters()).questions
    for row, view in zip(rows(book, [view.number for view in views]), views, strict=True):
        assert row == TableRow(
            view.number, view.title, view.key, view.kind, view.status, view.deadline, view.zone, view.outcome,
            view.forecast and view.forecast.worth, bool(view.forecast and view.forecast.withdrawn),
            view.forecast and view.forecast.forecaster, view.forecasters, tuple(view.tags),
            view.condition is not None,
        )  # fmt: skip
    assert {row.title for row in rows(book, [3, 4])} > {None}
    assert any(row.withdrawn for row in rows(book, range(1, 40)))
    assert any(row.conditional for row in rows(book, range(1, 40)))
    assert any(row.worth and row.worth.options for row in rows(book, range(1, 40)))


def test_rows_come_as_asked_for_and_missing_ones_are_left_out(book: Book) -> None:
    last = len(ordering(book))
    asked = [5, 1, last, last + 1, 0, 2, 5]
    assert [row.number for row in rows(book, asked)] == [5, 1, last, 2, 5]
    assert rows(book, []) == []
    assert len(rows(book, [1] * 1200)) == 1200


def test_an_ordering_is_read_from_any_place(book: Book) -> None:
    for sort in (Sort(), Sort(descending=True), Sort(Column.DEADLINE)):
        found = ordering(book, Filters(), sort)
        everything = list(found.numbers(0, len(found)))
        assert list(found.numbers(2, 5)) == everything[2:5]
        assert list(found.numbers(len(found) - 1, len(found) + 50)) == everything[-1:]
        assert list(found.numbers(-3, 2)) == everything[:2]
        assert [found.position(number) for number in everything] == list(range(len(found)))
        assert found.position(0) is found.position(len(found) + 1) is None
    assert ordering(book, Filters(search="no such words")).position(1) is None
    assert len(Ordering()) == 0


def test_all_questions_by_number_are_not_read(book: Book) -> None:
    asked = []

    class Listening(Driver):
        def blocks(self, sql: str, values: Any = (), *, size: int = 5000) -> Any:
            asked.append(sql)
            return super().blocks(sql, values, size=size)

    listening = replace(book, driver=Listening(book.driver.connection))
    assert len(ordering(listening)) > 20
    assert asked == []
    ordering(listening, Filters(status=(Status.DUE,)))
    assert len(asked) == 1


def test_a_gap_in_the_numbers_is_not_shown_as_a_question(rich: Quick) -> None:
    """Only a damaged book has one; the table still opens."""
    import sqlite3

    connection = sqlite3.connect(rich.ledger)
    connection.execute("DELETE FROM question WHERE id = 7")
    connection.commit()
    connection.close()
    for book in reading(rich.ledger):
        found = ordering(book)
        assert found.position(7) is None
        assert list(found.numbers(5, 7)) == [6, 8]


def test_an_empty_ledger_is_an_empty_table(empty: Quick) -> None:
    for book in reading(empty.ledger):
        for filters, sort in product(FILTERS[:5], SORTS):
            assert len(ordering(book, filters, sort)) == 0
            assert first_page(book, filters, sort) == []


def test_a_first_page_beyond_the_head_is_found_as_well(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "HEAD", 2)
    for filters, sort in product(FILTERS, (Sort(), Sort(descending=True))):
        assert [row.number for row in first_page(book, filters, sort, 3)] == wanted(book, filters, sort)[:3]


@pytest.mark.parametrize("descending", [False, True])
def test_a_search_gives_its_first_hits_part_by_part(
    book: Book, monkeypatch: pytest.MonkeyPatch, descending: bool
) -> None:
    monkeypatch.setattr(pages, "PART", 3)
    sort = Sort(descending=descending)
    for filters in FILTERS:
        want = wanted(book, filters, sort)
        found = [row.number for row in first_hits(book, filters, sort, 50)]
        assert found == want[: len(found)] and bool(found) == bool(want), filters
    alone = Filters(search=listing(book, Filters()).questions[-1].key)
    assert [row.number for row in first_hits(book, alone, Sort(), 50)]


def test_reading_stops_when_it_is_called_off(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from ledger.storage import cancelling

    monkeypatch.setattr(cancelling, "STEPS", 10)
    sought = Filters(search="no such words")
    for read in (first_page, ordering):
        with pytest.raises(Cancelled):
            read(book, sought, cancelled=lambda: True)
        with pytest.raises(Cancelled, match="called off"):
            read(book, sought, cancelled=partial(next, iter([False, False]), True))
    assert len(ordering(book, sought, cancelled=lambda: False)) == len(ordering(book, sought)) == 0
    assert len(first_page(book)) > 20  # the connection is as good as before


def test_the_book_of_an_earlier_time_is_a_table_too(rich: Quick) -> None:
    with clock.set_to(to_datetime(NOW)), opened(Location(rich.ledger), "30") as book:
        assert len(ordering(book)) == len(first_page(book)) < 30
