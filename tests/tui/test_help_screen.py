"""The help: the screen in front, its keys as the user has them, searchable, closed by escape."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.containers import VerticalScroll

from ledger.storage.location import Location
from ledger.tui.actions import REGISTRY
from ledger.tui.app import ForecastApp
from ledger.tui.screens.help import HelpScreen, sections_of
from ledger.tui.screens.help_sections import keys_shown, sections
from ledger.tui.screens.ledger_screen import LedgerScreen
from ledger.tui.themes import DARK, LIGHT
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_help_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await settled(pilot)
            await pilot.press("f1")
            assert isinstance(app.screen, HelpScreen)
            await check_picture(pilot, f"help-{size}-{theme}")

    asyncio.run(story())


def test_the_users_keys_are_told(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            app.use_settings(replace(app.settings, keys={"ledger.sort": "x,ctrl+o"}))
            rows = [row for one in sections_of(app.screen) for row in one.rows]
            assert next(keys for keys, meaning in rows if meaning.startswith("Sort by the next")) == "x  ^o"

    asyncio.run(story())


def test_it_is_searched_scrolled_and_closed(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("question_mark", "G")
            scroll = app.screen.query_one(VerticalScroll)
            assert scroll.scroll_offset.y == scroll.max_scroll_y > 0
            await pilot.press("slash", *"sort")
            await check_picture(pilot, "help-searched")
            await pilot.press("escape")
            assert isinstance(app.screen, HelpScreen)
            await pilot.press("escape")
            assert isinstance(app.screen, LedgerScreen)

    asyncio.run(story())


@pytest.mark.parametrize("topic", REGISTRY)
def test_every_action_has_a_line_in_the_help_of_its_topic(topic: str) -> None:
    rows = [row for one in sections("x", "", [topic], {}) for row in one.rows]
    for action in REGISTRY[topic]:
        assert (keys_shown(action.keys), action.meaning) in rows
