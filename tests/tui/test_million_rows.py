"""A million questions: what the ledger screen shows of them, at the beginning, at the end and filtered."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable

import pytest

from ledger.domain.sieve import BITS, part_of
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.widgets.question_table import QuestionTable
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
MILLION = 1_000_000
COPIES = """
    WITH RECURSIVE upto(n) AS (SELECT 21 UNION ALL SELECT n + 1 FROM upto WHERE n < ?)
    INSERT INTO question ({columns}) SELECT {values} FROM upto JOIN question one ON one.id = 1 + n % 20
"""
"""Rows of the book alone, without their entries: enough to be shown, and made in seconds."""

ANYTHING = """
    WITH RECURSIVE upto(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM upto WHERE n < ?)
    INSERT INTO question_sieve SELECT n, ? FROM upto"""
"""Sieves that let everything pass, as in the worst case."""


@pytest.fixture
def million(article: Location) -> Location:
    """The article's questions, over and over."""
    with sqlite3.connect(article.path) as store:
        columns = [name for _, name, *_ in store.execute("PRAGMA table_info(question)")]
        own = {"id": "n", "key": "'q' || n", "key_digest": "'digest ' || n", "title": "n || ' ' || one.title"}
        own |= {"condition_id": "NULL", "condition_outcome": "NULL", "state": "'unsettled'", "criteria": "NULL"}
        values = ", ".join(own.get(name, f"one.{name}") for name in columns)
        store.execute(COPIES.format(columns=", ".join(columns), values=values), (MILLION,))
        store.execute("DELETE FROM question_sieve")
        store.execute(ANYTHING, (part_of(MILLION), b"\xff" * (BITS // 8)))
    return article


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), [("80x24", (80, 24)), ("140x40", (140, 40))])
def test_a_million_questions_as_pictures(program: Opened, million: Location, name: str, size: tuple[int, int]) -> None:
    async def story() -> None:
        app = program(million)
        async with app.run_test(size=size) as pilot:
            await check_picture(pilot, f"ledger-million-{name}")
            await pilot.press("end")
            await check_picture(pilot, f"ledger-million-end-{name}")
            table = app.screen.query_one(QuestionTable)
            assert table.total == MILLION and table.chosen is not None and table.chosen.number == MILLION
            await pilot.press("slash", *"999999 will")
            await settled(pilot)
            await check_picture(pilot, f"ledger-million-found-{name}")

    asyncio.run(story())
