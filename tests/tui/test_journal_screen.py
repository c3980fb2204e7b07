"""The journal: what it shows, how it follows, and what verifying tells."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ledger import clock
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens.journal import JournalScreen
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.entry_detail import EntryDetail
from ledger.tui.widgets.verdict import VerdictPanel
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """Salts and ids that are the same in every run, so that hashes are."""
    turn = count()
    monkeypatch.setattr(os, "urandom", lambda size: hashlib.shake_256(str(next(turn)).encode()).digest(size))


@pytest.fixture
def told(steady: None, tmp_path: Path) -> Location:
    """The shipped article with one outcome, the same to the last byte in every run."""
    location = Location(tmp_path / "korybko.db")
    with clock.set_to(datetime(2024, 11, 11, 12, tzinfo=UTC)):
        initialise(location, "korybko-2024-11-11", print)
    with clock.set_to(datetime(2025, 1, 22, 12, tzinfo=UTC)):
        resolve(location, "#13", "no", print, known_at="2025-01-21", note="the lines held")
    return location


def damage(location: Location, *statements: str) -> None:
    """Change the file behind the program's back."""
    with sqlite3.connect(location.path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


async def journal(pilot: Pilot[None]) -> JournalScreen:
    """Go to the journal."""
    await settled(pilot)
    await pilot.press("4")
    await settled(pilot)
    assert isinstance(pilot.app.screen, JournalScreen)
    return pilot.app.screen


def words(screen: JournalScreen, where: type[EntryDetail | VerdictPanel]) -> str:
    """The text of the detail or the verdict."""
    return str(screen.query_one(where).query_one(Static).render())


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_article_as_a_picture(program: Opened, told: Location, theme: str, size: str) -> None:
    async def story() -> None:
        app = program(told)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await journal(pilot)
            await check_picture(pilot, f"journal-{size}-{theme}")
            await pilot.press("v")
            await check_picture(pilot, f"journal-verified-{size}-{theme}")

    asyncio.run(story())


@pytest.mark.parametrize("name", ["empty", "hostile"])
def test_empty_and_hostile_as_pictures(
    program: Opened, steady: None, request: pytest.FixtureRequest, name: str
) -> None:
    async def story() -> None:
        async with program(request.getfixturevalue(name)).run_test(size=(80, 24)) as pilot:
            screen = await journal(pilot)
            await check_picture(pilot, f"journal-{name}")
            await pilot.press("v")
            await settled(pilot)
            assert "✓ the record verifies" in words(screen, VerdictPanel)

    asyncio.run(story())


@pytest.mark.parametrize("size", SIZES)
def test_a_verification_under_way_and_damage_as_pictures(program: Opened, told: Location, size: str) -> None:
    damage(told, "UPDATE entry SET facts = replace(facts, '0.375', '0.975') WHERE seq = 4",
           "UPDATE question SET title = 'Another' WHERE id = 2")  # fmt: skip

    async def story() -> None:
        async with program(told).run_test(size=SIZES[size]) as pilot:
            screen = await journal(pilot)
            screen.add_class("-verdict")
            screen.panel.begin()
            screen.panel.told(430, 1000)
            await check_picture(pilot, f"journal-verifying-{size}")
            await pilot.press("v")
            await check_picture(pilot, f"journal-damaged-{size}")
            said = words(screen, VerdictPanel)
            assert "✗ the record does not verify" in said and "entry 4" in said and "guard" in said

    asyncio.run(story())
