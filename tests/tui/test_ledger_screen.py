"""The ledger screen: what it shows, filters, sorts and keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.events import Paste

from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.query_input import QueryInput
from ledger.tui.widgets.question_table import QuestionTable
from tests.tui.pictures import check_picture, picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_article_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await check_picture(pilot, f"ledger-{size}-{theme}")

    asyncio.run(story())


@pytest.mark.parametrize("name", ["empty", "hostile"])
def test_empty_and_hostile_as_pictures(program: Opened, request: pytest.FixtureRequest, name: str) -> None:
    async def story() -> None:
        async with program(request.getfixturevalue(name)).run_test(size=(80, 24)) as pilot:
            await check_picture(pilot, f"ledger-{name}")

    asyncio.run(story())


def test_keys_move_sort_and_open(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            table = app.screen.query_one(QuestionTable)
            assert table.total == 20 and table.cursor == 0
            await pilot.press("end")
            assert table.cursor == 19
            await pilot.press("home", "j", "j", "k")
            assert table.cursor == 1
            await pilot.press("s")
            await settled(pilot)
            assert table.sort.column == "question" and table.cursor == 0

    asyncio.run(story())


def test_what_is_pasted_into_the_filter_drives_nothing(program: Opened, article: Location) -> None:
    """Nor does its cursor blink, so that the screen is painted when something happens and not before."""

    async def story() -> None:
        async with program(article).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("slash")
            await settled(pilot)
            line = pilot.app.focused
            assert isinstance(line, QueryInput) and not line.cursor_blink
            line.post_message(Paste("a\x1b]52;c;aGk=\x07 \u202egnp"))
            await settled(pilot)
            shown = picture(pilot.app).split("\n\n")[0]
            assert "a␛]52;c;aGk=␇ �gnp" in shown
            assert line.value == "a\x1b]52;c;aGk=\x07 \u202egnp"

    asyncio.run(story())
