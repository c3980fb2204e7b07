"""Browsing as a library: plain data out of the book, as a terminal UI and the command line use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Quick

from ledger import clock
from ledger.domain.filters import Filters
from ledger.domain.instants import DAY, parse_rfc3339, to_datetime
from ledger.domain.kinds import Status, TimingClass
from ledger.errors import InputError, NotFoundError
from ledger.services.browse import card, due, entries, keys_like, listing
from ledger.services.opening import Book, opened
from ledger.storage.location import Location

NOW = parse_rfc3339("2026-06-01T12:00:00Z")


@pytest.fixture
def book(article: Quick) -> Iterator[Book]:
    yield from reading(article.ledger)


def reading(path: Path) -> Iterator[Book]:
    with clock.set_to(to_datetime(NOW)), opened(Location(path)) as found:
        yield found


def test_a_listing_counts_what_it_lists(book: Book) -> None:
    found = listing(book, Filters())
    assert len(found.questions) == found.counts["questions"] == 20
    for status in Status:
        assert found.counts[status] == sum(one.status is status for one in found.questions)
    assert found.as_data()["counts"] == found.counts
    assert (found.left_out, found.now) == (0, NOW)


def test_filters_of_units_narrow_statements_too(article: Quick) -> None:
    article("update", "2", "10%", "--forecaster", "Ann")
    for book in reading(article.ledger):
        found = listing(book, Filters(forecasters=("Ann",)))
        assert [(one.number, one.forecasters) for one in found.questions] == [(2, 1)]
        assert found.questions[0].forecast is None  # it was late
        assert (found.counts["forecasts"], found.left_out) == (1, 19)
        assert listing(book, Filters(classes=(TimingClass.LATE,))).counts["questions"] == 1
        both = next(one for one in listing(book, Filters()).questions if one.number == 2)
        assert both.forecasters == 2
        assert both.forecast is not None
        assert both.forecast.forecaster == "Andrew Korybko"


def test_the_latest_forecast_is_shown(empty: Quick) -> None:
    empty("add", "Will it?", "10%", "--by", "2026-12-31", "--forecaster", "Ann", "--made-at", "2026-03-01")
    empty("update", "1", "20%", "--forecaster", "Bo", "--made-at", "2026-04-01")
    empty("update", "1", "30%", "--forecaster", "Ann", "--made-at", "2026-02-01")
    for book in reading(empty.ledger):
        [one] = listing(book, Filters()).questions
        assert one.forecast is not None
        assert (one.forecast.forecaster, one.forecast.worth.probability, one.forecasters) == ("Bo", 0.2, 2)


def test_due_within_adds_what_closes(empty: Quick) -> None:
    empty("add", "Will it?", "--by", "2026-06-03T12:00:00Z")
    for book in reading(empty.ledger):
        assert due(book).closing is None
        assert due(book, within=2 * DAY - 1).closing == []
        assert [one.number for one in due(book, within=2 * DAY).closing or ()] == [1]
        assert due(book, Filters(status=(Status.VOID,)), within=2 * DAY).closing == []


def test_the_counts_of_what_is_due(book: Book) -> None:
    found = due(book)
    assert (len(found.due), len(found.waiting), found.left_out) == (12, 8, 0)
    assert all(one.condition is not None for one in found.waiting)
    narrowed = due(book, Filters(tags=("west-asia",)))
    assert narrowed.left_out == 20 - len(narrowed.due) - len(narrowed.waiting) > 0


def test_a_card_by_number_and_by_key(book: Book) -> None:
    assert card(book, "#14").as_data() == card(book, "nato-races-to-dnieper").as_data() == card(book, "14").as_data()
    found = card(book, "14")
    assert [(one.number, one.outcome, one.status) for one in found.chain] == [(13, "yes", "due")]
    assert [one.number for one in card(book, "13").dependants] == [14]
    assert found.entries == sorted({found.entry, *(one.entry for one in found.statements)})
    with pytest.raises(NotFoundError, match="nato-races-to-dnieper"):
        card(book, "nato-races-to-dniepr")


def test_options_are_named_wherever_they_decide(empty: Quick) -> None:
    empty("add", "Who?", "--kind", "choice", "--option", "Ann=60%", "--option", "Bo=40%", "--by", "2026-12-31")
    empty("add", "If Bo?", "50%", "--by", "2027-12-31", "--if", "who=Bo")
    empty("resolve", "1", "Ann", "--known-at", "now")
    for book in reading(empty.ledger):
        found = card(book, "1")
        assert found.question.outcome == found.resolutions[0].outcome == "Ann"
        assert found.statements[0].counted.options == (("Ann", "0.6"), ("Bo", "0.4"))
        assert found.dependants[0].outcome == "Bo"
        condition = listing(book, Filters()).questions[1].condition
        assert condition is not None
        assert (condition.outcome, condition.status) == ("Bo", Status.RESOLVED)


def test_two_questions_of_one_key_are_ambiguous(article: Quick, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags,"
        "source_url\n"
        "front-collapses,Will it?,Ann,0.5,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,2026-12-31T00:00:00Z,,,,"
        "https://example.org/other\n"
    )
    article("import", file)
    for book in reading(article.ledger):
        with pytest.raises(InputError, match="#13, #21"):
            card(book, "front-collapses")
        assert card(book, "#21").question.title == "Will it?"


def test_a_redaction_is_seen_on_the_card(article: Quick) -> None:
    article("redact", "2", "--reason", "a name")
    for book in reading(article.ledger):
        found = card(book, "#2")
        assert found.question.redacted
        assert found.question.title is found.criteria is found.question.key is None
        assert found.statements[0].redacted
        assert found.statements[0].hedge is None
        assert {one.redacted for one in found.redactions} == {5, 6}
        assert {one.reason for one in found.redactions} == {"a name"}
        assert [one.seq for one in entries(book) if one.redacted] == [5, 6]


def test_entries_after_one_and_at_most_so_many(book: Book) -> None:
    assert [one.seq for one in entries(book)] == list(range(1, 42))
    assert [one.seq for one in entries(book, after=39)] == [40, 41]
    assert [one.seq for one in entries(book, after=2, limit=2)] == [3, 4]
    first = next(entries(book))
    assert first.as_data()["recorded_at"] == "2026-06-01T12:00:00Z"
    assert (first.kind, len(first.head), len(first.command)) == ("source", 64, 32)


def test_the_book_as_it_was_knows_no_later_entry(article: Quick) -> None:
    article("resolve", "1", "no")
    with opened(Location(article.ledger), "41") as then:
        assert listing(then, Filters()).counts["resolved"] == 0
        assert [one.seq for one in entries(then, after=40)] == [41]
    with opened(Location(article.ledger), "0001") as first:
        assert listing(first, Filters()).counts["questions"] == 0


def test_keys_that_begin_so(book: Book) -> None:
    assert [key for key, _ in keys_like(book, "nato-r")] == ["nato-russia-war", "nato-races-to-dnieper"]
    assert keys_like(book, "%") == keys_like(book, "_") == []
    assert len(keys_like(book, "", limit=3)) == 3
