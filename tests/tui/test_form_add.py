"""The form that asks a question: what is typed is read at once, what is refused is told where it stands."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Button, OptionList, Static

from ledger.storage.location import Location
from ledger.tui.screens.form_leaving import LeavingScreen
from ledger.tui.screens.ledger_screen import LedgerScreen
from ledger.tui.screens.question import QuestionScreen
from ledger.tui.themes import DARK, LIGHT
from tests.tui.forms import Opened, at_form, echo, go_to, recorded, typed
from tests.tui.pictures import check_picture, settled

SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
CLOSE = "Will Poland commit troops to a mission in Ukraine?"


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_a_question_being_typed_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await at_form(app, pilot)
            await typed(pilot, CLOSE)
            await pilot.press("enter")
            await typed(pilot, "unlikely")
            await pilot.press("tab", "tab")
            await typed(pilot, "end of next month")
            await check_picture(pilot, f"form-{size}-{theme}")

    asyncio.run(story())


def test_the_form_of_an_empty_ledger_as_a_picture(program: Opened, empty: Location) -> None:
    async def story() -> None:
        app = program(empty)
        async with app.run_test(size=(80, 24)) as pilot:
            await at_form(app, pilot)
            await check_picture(pilot, "form-empty")

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
            await pilot.press("f10", "f10")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        found = recorded(article, 21)
        assert (found.question.title, found.statements[0].term) == ("Will it rain?", "unlikely")
        assert found.statements[0].stated.probability == 0.325

    asyncio.run(story())


def test_every_field_is_recorded(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            told = {
                "title": "Will it snow?", "forecast": '"might well" 40-60%', "by": "2027-01-31 18:00",
                "zone": "Europe/Berlin", "criteria": "the weather service", "tags": "snow, alps",
                "source": "https://example.org/x", "forecaster": "Ann", "made_at": "2026-05-03",
            }  # fmt: skip
            for field, text in told.items():
                go_to(form, field)
                await pilot.press("home", "ctrl+k")
                await typed(pilot, text)
            await pilot.press("enter")  # on the last field it saves
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        found = recorded(article, 21)
        asked, said = found.question, found.statements[0]
        assert (asked.zone, list(asked.tags), found.criteria) == ("Europe/Berlin", ["snow", "alps"], told["criteria"])
        assert asked.source is not None
        assert asked.source.url == told["source"]
        assert (said.forecaster, said.hedge, said.stated.low, said.stated.high) == ("Ann", "might well", 0.4, 0.6)
        assert said.timing == "imported"

    asyncio.run(story())


def test_what_is_wrong_is_told_at_each_field_and_nothing_is_lost(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            for field, text in {"forecast": "170%", "by": "someday", "zone": "Mars", "made_at": "tomorrow"}.items():
                go_to(form, field)
                await pilot.press("home", "ctrl+k")
                await typed(pilot, text)
            await pilot.press("f10")
            await settled(pilot)
            assert app.screen is form
            assert echo(form, "title").startswith("✗ say what is asked")
            assert "not between 0 and 1" in echo(form, "forecast")
            assert "not a time zone" in echo(form, "zone")
            assert form.typed().by == "someday"
            assert form.focused in form.query("#title LineInput")
            await check_picture(pilot, "form-wrong")

    asyncio.run(story())


def test_a_refusal_of_the_ledger_is_told_at_its_field(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            for field, text in {"title": "Was it so?", "by": "2026-01-31", "tags": "a;b"}.items():
                go_to(form, field)
                await typed(pilot, text)
            await pilot.press("f10")
            await settled(pilot)
            assert "say when it was made with made at" in echo(form, "by")
            go_to(form, "by")
            await pilot.press("home", "ctrl+k")
            await typed(pilot, "2027-01-31")
            await pilot.press("f10")
            await settled(pilot)
            assert "holds no semicolon" in echo(form, "tags")
            assert "--" not in echo(form, "tags")

    asyncio.run(story())


def test_a_ledger_that_cannot_be_written_is_told_and_the_form_stays(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "Will it rain?")
            go_to(form, "by")
            await typed(pilot, "tomorrow")
            article.path.write_bytes(b"no ledger at all" * 100)
            await pilot.press("f10")
            await settled(pilot)
            assert app.screen is form
            assert "✗" in str(form.query_one("#form-problem", Static).content)

    asyncio.run(story())


def test_escape_asks_only_where_something_was_typed(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            await at_form(app, pilot)
            await pilot.press("escape")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
            form = await at_form(app, pilot)
            await typed(pilot, "x")
            await pilot.press("escape")
            await settled(pilot)
            assert isinstance(app.screen, LeavingScreen)
            await check_picture(pilot, "form-leaving")
            await pilot.press("n")
            await settled(pilot)
            assert app.screen is form
            assert form.typed().title == "x"
            await pilot.press("escape", "y")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)

    asyncio.run(story())


def test_what_was_asked_before_is_opened_and_the_form_stays(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(80, 24)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, CLOSE)
            await settled(pilot)
            close = form.query_one("#title OptionList", OptionList)
            assert "#4 Will Poland commit troops" in str(close.get_option_at_index(0).prompt)
            await pilot.press("tab", "down", "enter")
            await settled(pilot)
            assert isinstance(app.screen, QuestionScreen)
            await pilot.press("escape")
            await settled(pilot)
            assert app.screen is form
            assert form.typed().title == CLOSE

    asyncio.run(story())


def test_the_mouse_chooses_and_saves(program: Opened, article: Location) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=(140, 40)) as pilot:
            form = await at_form(app, pilot)
            await typed(pilot, "Will it rain?")
            await pilot.click("#kind", offset=(24, 0))
            assert form.typed().kind == "ordered"
            await pilot.click("#kind", offset=(3, 0))
            assert form.typed().kind == "binary"
            await pilot.click("#by LineInput")
            await typed(pilot, "tomorrow")
            await pilot.click(Button)
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen)
        assert recorded(article, 21).statements == []

    asyncio.run(story())
