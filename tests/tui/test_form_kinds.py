"""The form for options, quantiles and conditions."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from ledger.storage.location import Location
from ledger.tui.screens.form_add import AddScreen
from ledger.tui.screens.ledger_screen import LedgerScreen
from tests.tui.forms import Opened, at_form, echo, go_to, recorded, typed
from tests.tui.pictures import check_picture, settled


async def choose_kind(form: AddScreen, pilot: Pilot[None], key: str, field: str) -> None:
    """Choose a kind by a key, and go to the field that it brings."""
    form.query_one("#kind").focus()
    await pilot.press(key)
    form.query_one(f"#{field}").query(Input).first().focus()


def test_options_are_summed_as_they_are_typed(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "Who wins?")
            await choose_kind(form, pilot, "right", "options")
            for text in ("Ann", "60%", "Bo", "30%", "Cy=D", "1/8"):
                await typed(pilot, text)
                await pilot.press("enter")
            await settled(pilot)
            assert echo(form, "options") == "✗ together 102.5 %: 2.5 % too much"
            await check_picture(pilot, "form-options")
            go_to(form, "by")
            await typed(pilot, "2027-11-07")
            await pilot.press("f10")
            await settled(pilot)
            assert app.screen is form
            inputs = list(form.query("#options #value").results())
            inputs[2].value = "10%"
            await settled(pilot)
            assert echo(form, "options") == "together 100 % ✓"
            await pilot.press("f10")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        found = recorded(article, 21)
        assert list(found.options) == ["Ann", "Bo", "Cy=D"]
        assert found.statements[0].stated.options == (("Ann", "0.6"), ("Bo", "0.3"), ("Cy=D", "0.1"))

    asyncio.run(story())


def test_quantiles_draw_their_curve(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "How many?")
            await choose_kind(form, pilot, "left", "quantiles")
            await typed(pilot, "10%=120, 50%=150, 90%=200")
            await settled(pilot)
            assert echo(form, "quantiles") == "10 %: 120, 50 %: 150, 90 %: 200"
            await check_picture(pilot, "form-quantiles")
            await pilot.press("enter")
            await typed(pilot, "in 3 weeks")
            await pilot.press("f10")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        stated = recorded(article, 21).statements[0].stated
        assert stated.quantiles == (("0.1", "120"), ("0.5", "150"), ("0.9", "200"))

    asyncio.run(story())


def test_a_condition_is_found_by_its_words(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "Will it hold?")
            go_to(form, "by")
            await typed(pilot, "tomorrow")
            go_to(form, "condition")
            await typed(pilot, "poland")
            await settled(pilot)
            assert form.query_one("#condition OptionList", OptionList).option_count == 3
            await check_picture(pilot, "form-condition")
            await pilot.press("down", "down", "enter", "right")
            await settled(pilot)
            assert form.typed().condition == "#5=no"
            await pilot.press("f10")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        condition = recorded(article, 21).question.condition
        assert condition is not None
        assert (condition.number, condition.outcome) == (5, "no")

    asyncio.run(story())


def test_a_condition_that_is_none_is_told_where_it_stands(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "Will it hold?")
            go_to(form, "by")
            await typed(pilot, "tomorrow")
            go_to(form, "condition")
            await typed(pilot, "nothing like it")
            await settled(pilot)
            assert "nothing found" in echo(form, "condition")
            await pilot.press("f10")
            await settled(pilot)
            assert app.screen is form
            assert "write the question and the outcome it needs" in echo(form, "condition")

    asyncio.run(story())
