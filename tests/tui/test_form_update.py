"""The form that states a new forecast: what stands, what is said now, why, and since when."""

from __future__ import annotations

import asyncio

import pytest

from ledger.services.adding import Asked, add
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.screens.form import FormScreen
from ledger.tui.screens.ledger_screen import LedgerScreen
from ledger.tui.themes import DARK, LIGHT
from tests.tui.forms import Opened, at_form, echo, go_to, recorded, typed
from tests.tui.pictures import check_picture, settled

SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_an_update_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await at_form(app, pilot, 4)
            await typed(pilot, '"might" 30%')
            await check_picture(pilot, f"form-update-{size}-{theme}")

    asyncio.run(story())


def test_an_update_is_recorded_with_its_reason_and_its_day(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot, 4)
            await typed(pilot, "35%")
            await pilot.press("enter")
            await typed(pilot, "talks")
            go_to(form, "made_at")
            await typed(pilot, "2025-05-03")
            await pilot.press("enter")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        said = recorded(article, 4).statements[-1]
        assert (said.stated.probability, said.reason, said.forecaster) == (0.35, "talks", "me")

    asyncio.run(story())


def test_an_update_that_says_nothing_is_refused(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot, 4)
            await pilot.press("f10")
            await settled(pilot)
            assert app.screen is form
            assert echo(form, "forecast") == "✗ say the new forecast"

    asyncio.run(story())


def test_other_kinds_have_their_own_fields(program: Opened, empty: Location) -> None:
    ask = {"by": "2027-01-31", "zone": "UTC"}
    add(empty, Asked("Who?", kind="choice", options=("Ann", "Bo"), **ask), lambda _: None)
    add(empty, Asked("How many?", kind="numeric", stated=Stated(quantiles=(("0.5", "3"),)), **ask), lambda _: None)

    async def story() -> None:
        app = program(empty)
        async with app.run_test(size=(80, 24)) as pilot:
            await at_form(app, pilot, 1)
            await typed(pilot, "60%")
            await pilot.press("enter")
            await typed(pilot, "40%")
            await settled(pilot)
            await check_picture(pilot, "form-update-options")
            await pilot.press("f10")
            await settled(pilot)
            await at_form(app, pilot, 2)
            await typed(pilot, "10%=1, 90%=9")
            await pilot.press("f10")
            await settled(pilot)
            assert not isinstance(app.screen, FormScreen)
        assert recorded(empty, 1).statements[0].stated.options == (("Ann", "0.6"), ("Bo", "0.4"))
        assert recorded(empty, 2).statements[1].stated.quantiles == (("0.1", "1"), ("0.9", "9"))

    asyncio.run(story())


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7])
def test_hostile_text_is_only_text(program: Opened, hostile: Location, number: int) -> None:
    async def story() -> None:
        app = program(hostile)
        async with app.run_test(size=(80, 24)) as pilot:
            await at_form(app, pilot, number)
            await check_picture(pilot, f"form-update-hostile-{number}")

    asyncio.run(story())


def test_a_question_that_is_gone_is_told(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot, 99)
            await pilot.press("f10")
            await settled(pilot)
            assert app.screen is form
            assert "no question #99" in str(form.query_one("#standing").content)  # type: ignore[attr-defined]
            await pilot.press("escape")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)

    asyncio.run(story())
