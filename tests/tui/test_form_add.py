"""The form that asks a question: what is typed is read at once, what is refused is told where it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ledger.services.browse import card
from ledger.services.browse_card import Card
from ledger.services.opening import opened
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens.form import FormScreen
from ledger.tui.themes import DARK, LIGHT
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if one == " " else one for one in text))


async def at_form(app: ForecastApp, pilot: Pilot[None]) -> FormScreen:
    await settled(pilot)
    app.open_form()
    await settled(pilot)
    assert isinstance(app.screen, FormScreen)
    return app.screen


def echo(form: FormScreen, field: str) -> str:
    return str(form.query_one(f"#{field} .field-echo", Static).content)


def recorded(location: Location, number: int) -> Card:
    with opened(location) as book:
        return card(book, f"#{number}")


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_a_question_being_typed_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await at_form(app, pilot)
            await typed(pilot, "Will Poland commit troops to a mission in Ukraine?")
            await pilot.press("enter")
            await typed(pilot, "unlikely")
            await pilot.press("tab", "tab")
            await typed(pilot, "end of next month")
            await check_picture(pilot, f"form-{size}-{theme}")

    asyncio.run(story())


def test_a_binary_question_from_the_keyboard(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "Will it rain?")
            await pilot.press("enter")
            await typed(pilot, "unlikely")
            await settled(pilot)
            assert echo(form, "forecast") == "ICD-203: 20–45 %, scored at 32.5 %"
            await pilot.press("tab", "right", "tab")
            await settled(pilot)
            assert echo(form, "forecast") == "IPCC-AR5: 0–33 %, scored at 16.5 %"
            await pilot.press("shift+tab", "left", "tab")
            await typed(pilot, "end of next month")
            await settled(pilot)
            assert echo(form, "by") == "Thursday 31 December 2026, 23:59:59 in UTC · in 38 days"
            await pilot.press("f10")
            await settled(pilot)
            assert not isinstance(app.screen, FormScreen)
        found = recorded(article, 21)
        assert (found.question.title, found.statements[0].term) == ("Will it rain?", "unlikely")
        assert found.statements[0].stated.probability == 0.325

    asyncio.run(story())
