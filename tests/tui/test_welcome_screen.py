"""The welcome: what this is, where the ledger will be, three ways to begin; nothing half-made is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ledger.services.opening import opened
from ledger.services.paging import ordering
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens.ledger_screen import LedgerScreen
from ledger.tui.screens.welcome import WelcomeScreen
from ledger.tui.themes import DARK, LIGHT
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
GOOD = """\
question_id,title,deadline,outcome,forecaster,forecast_at,probability
rain,Will it rain?,2026-12-31T23:59:59Z,,me,2026-11-01T00:00:00Z,0.3
"""


@pytest.fixture
def nowhere(tmp_path: Path) -> Location:
    return Location(tmp_path / "new" / "ledger.db")


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*({" ": "space"}.get(one, one) for one in text))


def told(app: ForecastApp) -> str:
    return str(app.screen.query_one("#told", Static).content)


def count(location: Location) -> int:
    with opened(location) as book:
        return len(ordering(book))


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_welcome_as_a_picture(
    program: Opened, theme: str, size: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    async def story() -> None:
        app = program(Location(Path("ledger.db")))
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await check_picture(pilot, f"welcome-{size}-{theme}")

    asyncio.run(story())


def test_enter_begins_with_the_article(program: Opened, nowhere: Location) -> None:
    async def story() -> None:
        app = program(nowhere)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert isinstance(app.screen, WelcomeScreen)
            await pilot.press("enter")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen), told(app)
        assert count(nowhere) == 20

    asyncio.run(story())


def test_e_begins_empty_and_q_leaves_without_a_ledger(program: Opened, nowhere: Location) -> None:
    async def story() -> None:
        app = program(nowhere)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("q")
            await settled(pilot)
        assert not nowhere.path.exists()
        app = program(nowhere)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("e")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen), told(app)
        assert count(nowhere) == 0

    asyncio.run(story())


def test_a_file_is_brought_in_with_its_path_completed(
    program: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    nowhere = Location(Path("new/ledger.db"))
    (tmp_path / "forecasts-of-old.csv").write_text(GOOD)

    async def story() -> None:
        app = program(nowhere)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("i")
            await typed(pilot, "forec")
            await settled(pilot)
            await check_picture(pilot, "welcome-importing")
            await pilot.press("right", "enter")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen), told(app)
        assert count(nowhere) == 1

    asyncio.run(story())


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "there is no file"), ("key,title\nx\n", "bad.csv"), ("", "bad.csv"), ("{}\n", "bad.csv")],
)
def test_a_file_that_is_refused_leaves_no_ledger(
    program: Opened, nowhere: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / "bad.csv").write_text(content)

    async def story() -> None:
        app = program(nowhere)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("i")
            await typed(pilot, "bad.csv")
            await pilot.press("enter")
            await settled(pilot)
            assert isinstance(app.screen, WelcomeScreen)
            assert said in told(app) and "✗" in told(app)
            assert not list(nowhere.path.parent.glob("*")) if nowhere.path.parent.exists() else True
            await pilot.press("escape", "e")
            await settled(pilot)
            assert isinstance(app.screen, LedgerScreen), told(app)

    asyncio.run(story())


def test_a_place_that_cannot_be_made_is_told_in_place(program: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    async def story() -> None:
        app = program(Location(tmp_path / "file" / "ledger.db"))
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert "cannot be made" in told(app)

    asyncio.run(story())
