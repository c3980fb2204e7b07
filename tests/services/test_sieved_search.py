"""A search through sieves finds what going through every question finds, and reads less."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest
from desk import Desk

from ledger.domain.filters import Filters
from ledger.domain.sieve import sieve_of
from ledger.services.paging import Column, Sort, first_hits, first_page, ordering
from ledger.storage.reading import pages, sieving

MANY = 1000
WORDS = ("harvest", "Élan", "50%", "a_b", "Zug")
SORTS = [Sort(column, down) for column in (Column.NUMBER, Column.DEADLINE, Column.QUESTION) for down in (False, True)]
TEXTS = (
    *("harvest", "HARVEST", "élan", "50%", "a_b", "list come 7", "come 999?", "zebra", "k313", "no such", "7", ""),
    "om",
)
NAMES = (
    *("question_id", "title", "criteria", "forecaster", "probability", "forecast_at", "opened_at", "deadline"),
    "outcome",
)
DAY = "2025-01-01T00:00:00Z"


def title(number: int) -> str:
    return f"Will item {number * 37 % 101} of the {WORDS[number * number % 5]} list come {number}?"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A thousand questions, a few with criteria."""
    folder = tmp_path_factory.mktemp("many")
    with (folder / "many.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        for number in range(1, MANY + 1):
            criteria = "as the zebra says" if number % 313 == 0 else ""
            deadline = f"20{30 + number % 7}-01-01T00:00:00Z"
            writer.writerow([f"k{number}", title(number), criteria, "ann", "0.5", DAY, DAY, deadline, ""])
    desk = Desk(folder / "ledger.db")
    desk.init()
    desk.take_in(folder / "many.csv")
    return desk


def plainly(text: str) -> list[int]:
    """The questions that hold the text, ASCII letters of either case alike."""
    sought = text.encode().lower()
    said = {n: [f"k{n}", title(n), "as the zebra says" if n % 313 == 0 else ""] for n in range(1, MANY + 1)}
    return [number for number, words in said.items() if any(sought in word.encode().lower() for word in words)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("few", [pages.HEAD, 0])
def test_all_that_holds_a_text_is_found(many: Desk, monkeypatch: pytest.MonkeyPatch, text: str, few: int) -> None:
    """By every order; whether what the sieves let pass is listed or all is gone through."""
    monkeypatch.setattr(pages, "HEAD", few)
    monkeypatch.setattr(pages, "PART", 300)
    filters = Filters(search=text)
    with many.book() as book:
        for sort in SORTS:
            found = list(ordering(book, filters, sort).numbers(0, MANY))
            assert sorted(found) == plainly(text)
            assert [one.number for one in first_page(book, filters, sort, 9)] == found[:9]
            hits = [one.number for one in first_hits(book, filters, sort, 9)]
            assert hits == found[: len(hits)] and bool(hits) == bool(found)


def test_parts_that_cannot_hold_a_text_are_not_read(many: Desk) -> None:
    with many.book() as book:
        assert list(sieving.stretches(book.driver, "no such", MANY, longest=500)) == []
        ((low, high),) = sieving.stretches(book.driver, "come 999?", MANY, longest=500)
        assert low <= 999 <= high and high - low < 300
        ways = (False, True)
        rows = [list(sieving.stretches(book.driver, "om", MANY, longest=300, descending=way)) for way in ways]
        for where in rows:
            assert sorted(n for low, high in where for n in range(low, high + 1)) == list(range(1, MANY + 1))
        assert rows[0][0][0] == 1 and rows[1][0][1] == MANY


def sieves(desk: Desk) -> list[bytes]:
    return [sieve for (sieve,) in desk.rows("SELECT sieve FROM question_sieve ORDER BY part")]


def test_sieves_follow_what_is_added_edited_and_redacted(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "ledger.db")
    desk.init()
    desk.ask("Will it rain?", key="rain")
    desk.ask("Will it snow?", key="snow", criteria="as measured")
    assert sieves(desk) == [sieve_of(["rain", "Will it rain?", "snow", "Will it snow?", "as measured"])]
    desk.edit("rain", title="Will it hail?")
    assert sieves(desk) == [sieve_of(["rain", "Will it hail?", "snow", "Will it snow?", "as measured"])]
    desk.redact("2")
    (sieve,) = sieves(desk)
    left = [words for row in desk.rows("SELECT key, title, criteria FROM question") for words in row if words]
    assert sieve == sieve_of(left) and not any("snow" in words for words in left)
    assert desk.verify() == []
    desk.rebuild()
    assert sieves(desk) == [sieve]


@pytest.mark.parametrize("stored", ["zeroblob(3)", "9", "'words'"])
def test_what_is_no_sieve_hides_nothing_and_stops_nobody(tmp_path: Path, stored: str) -> None:
    desk = Desk(tmp_path / "ledger.db")
    desk.init()
    desk.ask("Will it rain?", key="rain")
    with sqlite3.connect(desk.path) as store:
        store.execute(f"UPDATE question_sieve SET sieve = {stored}")
    store.close()
    with desk.book() as book:
        assert [row.number for row in first_hits(book, Filters(search="rain"), SORTS[0], 9)] == [1]
    desk.ask("Will it snow?", key="snow")
    assert sieves(desk) == [sieve_of(["rain", "Will it rain?", "snow", "Will it snow?"])]


def test_a_sieve_that_hides_a_question_is_found_by_verify(many: Desk, tmp_path: Path) -> None:
    copy = Desk(tmp_path / "copy.db")
    copy.path.write_bytes(many.path.read_bytes())
    with sqlite3.connect(copy.path) as store:
        store.execute("UPDATE question_sieve SET sieve = zeroblob(1024) WHERE part = 3")
    store.close()
    (finding,) = copy.verify()
    assert finding.startswith("book: question_sieve part 3: sieve is ")
    copy.rebuild()
    assert copy.verify() == []
