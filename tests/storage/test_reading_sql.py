"""Every query of the reading path names tables and columns that there are, with every filter."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import ledger.storage.reading as package
from ledger.domain.filters import Filters
from ledger.domain.kinds import Status, TimingClass
from ledger.domain.policies import Policy
from ledger.storage.driver import Driver
from ledger.storage.reading import (
    calendar,
    changes,
    entries,
    falling,
    finding,
    following,
    history,
    interchange,
    listed,
    narrowing,
    pages,
    questions,
    reminding,
    reviewing,
    sieving,
    sources,
    statements,
    suggesting,
    titles,
    units,
)
from ledger.storage.tables import Question

FILTERS = [
    Filters(),
    Filters(status=(Status.OPEN, Status.DUE)),
    Filters(tags=("a", "b")),
    Filters(forecasters=("ann",)),
    Filters(sources=("News",)),
    Filters(since=0),
    Filters(until=0),
    Filters(classes=tuple(TimingClass)),
    Filters(search="50%_\\"),
    Filters((Status.VOID,), ("a",), ("b", "c"), ("d",), 1, 2, (TimingClass.LATE,), "e"),
]


def every(call: Callable[[Filters], Any]) -> Callable[[], list[Any]]:
    return lambda: [used(call(filters)) for filters in FILTERS]


def used(result: Any) -> Any:
    return list(result) if isinstance(result, Iterator) else result


def calls(driver: Driver) -> dict[Callable[..., Any], Callable[[], Any]]:
    """How each function of the reading path is called; ``None`` for those that read nothing."""

    def scored(filters: Filters) -> list[Any]:
        slices = [None, *units.LABELS]
        return [list(units.scored_rows(driver, "binary", policy, filters, 5, by)) for policy in Policy for by in slices]

    def ordered(read: Callable[..., Any], filters: Filters, *more: int) -> list[Any]:
        return [read(driver, filters, 5, order, down, *more) for order in pages.ORDERS for down in (False, True)]

    return {
        calendar.changes: lambda: calendar.changes(driver, driver, 99),
        calendar.last_stated: lambda: calendar.last_stated(driver),
        calendar.days_set: lambda: calendar.days_set(driver),
        calendar.snoozes_set: lambda: calendar.snoozes_set(driver),
        calendar.weekly_set: lambda: calendar.weekly_set(driver),
        calendar.hedges: lambda: calendar.hedges(driver),
        calendar.criteria: lambda: calendar.criteria(driver),
        entries.last_entry: lambda: entries.last_entry(driver),
        entries.entries_among: lambda: entries.entries_among(driver, [1, 2]),
        entries.entries_of_kind: lambda: entries.entries_of_kind(driver, "forecast"),
        entries.head_after: lambda: entries.head_after(driver, 1),
        entries.names_among: lambda: entries.names_among(driver, [1, 2]),
        entries.forecasts_among: lambda: entries.forecasts_among(driver, [1, 2]),
        entries.title_of: lambda: entries.title_of(driver, 1),
        changes.version: lambda: changes.version(driver),
        changes.touched: lambda: changes.touched(driver, 0, 11),
        finding.find_question: lambda: [finding.find_question(driver, told) for told in ("#1", "1", "rain")],
        following.head_of: lambda: following.head_of(driver, 1),
        following.entries_between: lambda: following.entries_between(driver, 0, 99),
        following.entries_named: lambda: following.entries_named(driver, [1, 99]),
        following.question_of_statement: lambda: following.question_of_statement(driver, 4),
        following.binary_units: every(
            lambda filters: [following.binary_units(driver, filters, 5, of) for of in (None, 1)]
        ),
        following.statements_there: lambda: following.statements_there(driver),
        history.resolutions: lambda: history.resolutions(driver, 1),
        history.edits: lambda: history.edits(driver, 1),
        history.redacting: lambda: history.redacting(driver, [5]),
        interchange.told_rows: every(lambda filters: list(interchange.told_rows(driver, filters, 5))),
        interchange.asked: lambda: interchange.asked(driver, 1),
        interchange.used_columns: lambda: interchange.used_columns(driver),
        interchange.decoded: lambda: interchange.decoded("[]"),
        listed.listed_units: every(lambda filters: listed.listed_units(driver, filters, 5)),
        listed.units_of: lambda: listed.units_of(driver, 1),
        listed.units_among: lambda: listed.units_among(driver, [1, 2]),
        listed.needed: lambda: listed.needed(driver),
        listed.needed_one: lambda: listed.needed_one(driver, 1),
        listed.dependants: lambda: listed.dependants(driver, 1),
        listed.all_options: lambda: listed.all_options(driver),
        listed.keys_like: lambda: listed.keys_like(driver, "r_%", 3),
        narrowing.of_question: lambda: narrowing.of_question(Filters(), 0),
        narrowing.of_unit: lambda: narrowing.of_unit(Filters()),
        narrowing.of_listed: lambda: narrowing.of_listed(Filters(), 0),
        narrowing.escaped: lambda: narrowing.escaped("a_"),
        narrowing.marks: lambda: narrowing.marks([1, 2]),
        pages.first_numbers: every(lambda filters: ordered(pages.first_numbers, filters, 1)),
        pages.first_found: every(
            lambda filters: [pages.first_found(driver, filters, 5, 3, descending=down) for down in (False, True)]
        ),
        pages.numbers: every(lambda filters: ordered(pages.numbers, filters)),
        pages.last_number: lambda: pages.last_number(driver),
        pages.is_contiguous: lambda: pages.is_contiguous(driver, 2),
        pages.questions_among: lambda: pages.questions_among(driver, [1, 2]),
        pages.tags_among: lambda: pages.tags_among(driver, [1, 2]),
        pages.options_among: lambda: pages.options_among(driver, [1, 2]),
        questions.questions: every(lambda filters: questions.questions(driver, filters, 5, order="q.deadline, q.id")),
        questions.question: lambda: questions.question(driver, 1),
        questions.standing: lambda: [questions.standing(driver), questions.standing(driver, question=1)],
        questions.tags: lambda: [questions.tags(driver), questions.tags(driver, question=1)],
        questions.options: lambda: questions.options(driver, 2),
        questions.count: every(lambda filters: questions.count(driver, filters, 5)),
        reviewing.review_rows: every(
            lambda filters: [list(reviewing.review_rows(driver, filters, 5, of=one)) for one in (None, 1)]
        ),
        reviewing.snoozes: lambda: reviewing.snoozes(driver, 1),
        reviewing.put_off: lambda: reviewing.put_off(driver, 5),
        reviewing.put_off_until: lambda: reviewing.put_off_until(driver, 1, 5),
        reviewing.stands: lambda: reviewing.stands(driver, 1),
        reviewing.dependent: lambda: reviewing.dependent(driver, 1),
        falling.deadlines_passed: lambda: falling.deadlines_passed(driver, 1, 5),
        falling.snoozes_ended: lambda: falling.snoozes_ended(driver, 1, 5),
        falling.days_come: lambda: falling.days_come(driver, 1, 5),
        falling.next_to_come: lambda: falling.next_to_come(driver, 5),
        reminding.asking: lambda: reminding.asking(driver),
        reminding.updated: lambda: reminding.updated(driver, 5),
        reminding.reopened: lambda: reminding.reopened(driver),
        reminding.ever_put_off: lambda: reminding.ever_put_off(driver),
        reminding.look_again: lambda: reminding.look_again(driver),
        reminding.to_look_at: every(lambda filters: reminding.to_look_at(driver, filters, 5, 9)),
        reminding.days_of: lambda: reminding.days_of(driver, 1),
        reminding.conditions: lambda: reminding.conditions(driver),
        reminding.outcomes_needed: lambda: reminding.outcomes_needed(driver),
        reminding.rules: lambda: reminding.rules(driver),
        reminding.said: lambda: list(reminding.said(driver, "mail")),
        reminding.last_week: lambda: reminding.last_week(driver, "mail"),
        reminding.settled_since: lambda: reminding.settled_since(driver, 0),
        sieving.stretches: lambda: list(sieving.stretches(driver, "rain", 3, longest=9)),
        sources.sources: lambda: sources.sources(driver),
        sources.source: lambda: sources.source(driver, 1),
        statements.statements: lambda: statements.statements(driver, 1),
        statements.corrections: lambda: statements.corrections(driver, 1),
        statements.withdrawals: lambda: statements.withdrawals(driver, 1),
        suggesting.tags_like: lambda: suggesting.tags_like(driver, "w", 3),
        suggesting.forecasters_like: lambda: suggesting.forecasters_like(driver, "A%_", 3),
        suggesting.sources_like: lambda: suggesting.sources_like(driver, "N", 3),
        titles.newest_titles: lambda: titles.newest_titles(driver, 3),
        titles.titles_with: lambda: [titles.titles_with(driver, ["rain", "ü"], 3, every=way) for way in (True, False)],
        units.scored_rows: every(scored),
        units.counts: every(lambda filters: units.counts(driver, filters, 5)),
        units.tags_of_questions: lambda: units.tags_of_questions(driver),
    }


def public_functions() -> set[Callable[..., Any]]:
    found: set[Callable[..., Any]] = set()
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == module.name and not name.startswith("_"):
                found.add(function)
    return found


def test_no_function_of_the_reading_path_is_left_out() -> None:
    assert public_functions() == set(calls(Driver(None)))


@pytest.mark.parametrize("name", sorted(function.__qualname__ for function in calls(Driver(None))))
def test_every_query_is_understood_by_the_store(raw: sqlite3.Connection, name: str) -> None:
    """A wrong table or column raises OperationalError."""
    (call,) = (call for function, call in calls(Driver(raw)).items() if function.__qualname__ == name)
    used(call())


def test_the_columns_of_a_question_are_those_of_its_table() -> None:
    table = set(Question.__table__.columns.keys())  # type: ignore[attr-defined]
    assert set(questions.QUESTION_COLUMNS) == table - {"key_digest"}
    assert questions.QuestionRow._fields == questions.QUESTION_COLUMNS


def test_a_search_takes_its_signs_as_they_are(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE question SET title = '100% of a_b\\c' WHERE id = 1")
    raw.execute("UPDATE question SET title = '100 of aXbXc' WHERE id = 2")
    driver = Driver(raw)
    for sought, found in (("100%", [1]), ("a_b", [1]), ("b\\c", [1]), ("100", [1, 2]), ("OF A", [1, 2])):
        assert [row.id for row in questions.questions(driver, Filters(search=sought), 0)] == [*found]


def test_a_filter_asks_of_each_thing_what_it_says(raw: sqlite3.Connection) -> None:
    driver = Driver(raw)
    deadline = questions.question(driver, 1).deadline  # type: ignore[union-attr]

    def left(**filters: Any) -> list[int]:
        return [row.id for row in questions.questions(driver, Filters(**filters), 0)]

    assert left(tags=("wet",)) == left(tags=("none", "weather")) == [1]
    assert left(tags=("none",)) == []
    assert left(forecasters=("Ada",)) == [1]
    assert left(forecasters=("Bob",)) == []
    assert left(status=(Status.RESOLVED,)) == [1]
    assert left(status=(Status.OPEN,)) == [2]
    assert left(since=deadline) == left(since=deadline - 1) == [1]
    assert left(since=deadline + 1) == []
    assert left(until=deadline) == [1, 2]
    assert left(until=deadline - 1) == [2]
    assert left(classes=(TimingClass.IMPORTED,)) == [1]
    assert left(classes=(TimingClass.RECORDED, TimingClass.LATE)) == []
    raw.execute("UPDATE question SET source_id = 1 WHERE id = 2")
    assert left(sources=("News",)) == [2]
    assert left(sources=("Olds",)) == []


def test_the_status_in_sql_is_the_domains(raw: sqlite3.Connection) -> None:
    driver = Driver(raw)
    for row in questions.questions(driver, Filters(), 0):
        for now in (row.deadline - 1, row.deadline, row.deadline + 1):
            wanted = Filters(status=(row.status(now),))
            assert row.id in [one.id for one in questions.questions(driver, wanted, now)]


def test_an_empty_ledger_is_read_without_a_word(ledger: Path) -> None:
    connection = sqlite3.connect(ledger)
    driver = Driver(connection)
    counted = units.counts(driver, Filters(), 0)
    assert set(counted) == {0}
    assert list(questions.questions(driver, Filters(), 0)) == []
    assert interchange.used_columns(driver) == set()
    assert questions.question(driver, 1) is sources.source(driver, 1) is listed.needed_one(driver, 1) is None
    connection.close()


def test_the_driver_reads_in_blocks() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        found = Driver(connection).blocks("SELECT ? UNION SELECT ? UNION SELECT 3", (1, 2), size=2)
        assert list(found) == [[(1,), (2,)], [(3,)]]
