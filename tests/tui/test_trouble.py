"""A ledger in trouble is opened as far as it can be, with a banner; what others record is shown within two seconds."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.widgets.banner import Banner
from ledger.tui.widgets.question_table import QuestionTable
from tests.tui.conftest import NOW
from tests.tui.pictures import settled

Opened = Callable[[Location], ForecastApp]
FORECAST = Path(sys.executable).with_name("forecast")


def told(app: ForecastApp) -> str:
    """What the banner says; empty while it is hidden."""
    banner = app.screen.query_one(Banner)
    return str(banner.content) if banner.has_class("-shown") else ""


async def until(pilot: Pilot[None], true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so."""
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end
        await pilot.pause(0.05)


def story(app: ForecastApp, tell: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    """Run a story with the program at 80 by 24."""

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await tell(pilot)

    asyncio.run(run())


def _later(location: Location) -> None:
    with sqlite3.connect(location.path) as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")


def _damaged(location: Location) -> None:
    content = bytearray(location.path.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at : at + 64] = b"\xff" * 64
    location.path.write_bytes(content)


def _foreign(location: Location) -> None:
    location.path.unlink()
    with sqlite3.connect(location.path) as store:
        store.execute("CREATE TABLE x (y)")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_later, "was written by a later version"),
        (_damaged, "the file is damaged"),
        (_foreign, "another program's database"),
        (lambda location: location.path.write_text("no ledger"), "not a ledger"),
        (lambda location: location.path.write_bytes(b""), "holds no ledger"),
    ],
)
def test_the_banner_says_what_is_wrong(
    program: Opened, article: Location, harm: Callable[[Location], object], words: str
) -> None:
    harm(article)
    app = program(article)

    async def tell(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: words in told(app))
        for place in "23456":
            await pilot.press(place)
            await settled(pilot)
            assert words in told(app), place
        assert app.is_running

    story(app, tell)


def test_a_later_ledger_is_read_and_recording_is_refused(program: Opened, article: Location) -> None:
    _later(article)
    app = program(article)

    async def tell(pilot: Pilot[None]) -> None:
        assert app.screen.query_one(QuestionTable).total == 20
        await pilot.press("2")
        await settled(pilot)
        await pilot.pause(0.3)
        await pilot.press("n")
        await settled(pilot)
        assert "2 of" not in str(app.screen.query(Static).first().content)

    story(app, tell)
    with sqlite3.connect(article.path) as store:
        assert store.execute("SELECT COUNT(*) FROM resolution").fetchone() == (0,)


def test_a_ledger_that_goes_and_comes_back(program: Opened, article: Location) -> None:
    app, aside = program(article), article.path.with_suffix(".aside")

    async def tell(pilot: Pilot[None]) -> None:
        shutil.move(article.path, aside)
        await until(pilot, lambda: "is gone" in told(app))
        shutil.move(aside, article.path)
        await until(pilot, lambda: told(app) == "")

    story(app, tell)


def test_a_ledger_that_another_program_holds(program: Opened, article: Location) -> None:
    app = program(article)

    async def tell(pilot: Pilot[None]) -> None:
        with sqlite3.connect(article.path, isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            await until(pilot, lambda: "another program holds the ledger" in told(app))
            other.execute("ROLLBACK")
        await until(pilot, lambda: told(app) == "")

    story(app, tell)


def test_a_ledger_that_is_not_ours_to_write(
    program: Opened, article: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if mode & os.W_OK else real(path, mode))
    app = program(article)

    async def tell(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "read-only for you" in told(app))
        assert app.screen.query_one(QuestionTable).total == 20

    story(app, tell)


def test_what_another_process_records_is_shown_within_two_seconds(program: Opened, article: Location) -> None:
    app = program(article)
    env = os.environ | {"FORECAST_LEDGER": str(article.path), "FORECAST_CLOCK": NOW.isoformat()}

    async def tell(pilot: Pilot[None]) -> None:
        table = app.screen.query_one(QuestionTable)
        await pilot.press("end", "up", "up")
        chosen, scroll = table.chosen, table.scroll_y
        assert chosen is not None and scroll > 0
        command = [str(FORECAST), "resolve", "poland-commits-troops", "no"]
        await asyncio.to_thread(subprocess.run, command, env=env, check=True, capture_output=True)
        end = monotonic() + 2
        while app.due != 11:
            assert monotonic() < end, "two seconds have passed"
            await pilot.pause(0.02)
        await settled(pilot)
        assert table.chosen == chosen and table.scroll_y == scroll
        await pilot.press("g")
        await settled(pilot)
        row = table.row_at(3)
        assert row is not None and row.outcome == "no"

    story(app, tell)
