"""A table of one's own: its columns are shown as they were guessed, changed by keyboard, and brought in."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Static

from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens.exchange import ExchangeScreen
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.mapping_rows import MappingRows
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
MINE = (
    "Prediction,My %,Date made,Due,Came true?,Thoughts\n"
    "Will it rain in Bern?,70%,2024-02-01,2024-12-31,yes,likely so\n"
    "Will it [/]snow?,30,2024-02-15,2024-12-31,no,\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the program runs, with a table in it."""
    (tmp_path / "files").mkdir()
    monkeypatch.chdir(tmp_path / "files")
    (tmp_path / "files" / "mine.csv").write_text(MINE)
    return tmp_path / "files"


async def looked(pilot: Pilot[None], name: str) -> ExchangeScreen:
    await settled(pilot)
    await pilot.press("5")
    await settled(pilot)
    await pilot.press("i")
    await pilot.press(*("full_stop" if one == "." else one for one in name))
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)
    assert isinstance(pilot.app.screen, ExchangeScreen)
    return pilot.app.screen


def words(screen: ExchangeScreen) -> str:
    return str(screen.panel.report.query_one("VerticalScroll > Static", Static).render())


def choosers(screen: ExchangeScreen) -> list[Chooser]:
    return list(screen.query_one(MappingRows).query(Chooser))


def titles(location: Location) -> list[str]:
    with closing(sqlite3.connect(str(location.path))) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM question ORDER BY id")]


def test_columns_are_shown_changed_and_brought_in(program: Opened, empty: Location, folder: Path) -> None:
    async def story() -> None:
        app = program(empty)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await looked(pilot, "mine.csv")
            rows = screen.query_one(MappingRows)
            assert rows.has_class("-shown")
            await check_picture(pilot, "exchange-mapping")
            assert [one.value for one in choosers(screen)][:2] == ["Prediction", "My %"]
            assert "would add 2 questions" in words(screen)
            title = choosers(screen)[0]
            title.focus()
            await pilot.press("left", "left")
            await settled(pilot)
            assert title.value == "Thoughts"
            assert "this may not be empty" in words(screen) or "do not say enough" in words(screen)
            assert screen.query_one("#bring", Button).disabled
            await pilot.press("right", "right")
            await settled(pilot)
            assert title.value == "Prediction"
            assert app.focused is title
            screen.query_one("#bring", Button).press()
            await settled(pilot)
            assert "imported" in words(screen)
        assert titles(empty) == ["Will it rain in Bern?", "Will it [/]snow?"]

    asyncio.run(story())


def test_what_the_columns_leave_open_is_chosen(program: Opened, empty: Location, folder: Path) -> None:
    (folder / "odd.csv").write_text("What,Odd,Made,Due\nRain?,0.5,1/2/2024,3/4/2024\nSnow?,0.7,5/6/2024,7/8/2024\n")

    async def story() -> None:
        app = program(empty)
        async with app.run_test(size=(80, 32)) as pilot:
            screen = await looked(pilot, "odd.csv")
            assert "begin with the day or the month" in words(screen)
            assert titles(empty) == []
            order = choosers(screen)[3]
            order.focus()
            await pilot.press("right")
            await settled(pilot)
            assert order.value == "day/month"
            assert "would add 2 questions" in words(screen)
            screen.query_one("#bring", Button).press()
            await settled(pilot)
        assert titles(empty) == ["Rain?", "Snow?"]

    asyncio.run(story())


def test_another_file_has_no_mapping_of_the_last(program: Opened, empty: Location, folder: Path) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await looked(pilot, "mine.csv")
            assert screen.query_one(MappingRows).has_class("-shown")
            await pilot.press("i", "x")
            await settled(pilot)
            assert not screen.query_one(MappingRows).has_class("-shown")
            assert screen.query_one("#bring", Button).disabled

    asyncio.run(story())
