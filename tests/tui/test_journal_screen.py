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
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ledger import clock
from ledger.errors import Cancelled
from ledger.services import maintain
from ledger.services.editing import redact
from ledger.services.journal_pages import UNREADABLE, Committed
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.journal import JournalScreen
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.entry_detail import EntryDetail
from ledger.tui.widgets.entry_line import EntryLine
from ledger.tui.widgets.verdict import CheckpointInput, VerdictPanel
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


def test_lines_go_to_an_entry_and_narrow(program: Opened, told: Location) -> None:
    async def story() -> None:
        async with program(told).run_test(size=(80, 24)) as pilot:
            screen = await journal(pilot)
            table = screen.table
            assert (table.total, table.cursor) == (42, 41)
            await pilot.press("slash", "4", "enter")
            await settled(pilot)
            assert table.cursor == 3 and "might be unable" in words(screen, EntryDetail)
            await pilot.press("slash", "end", "space", "f", "o", "r", "right", "enter")
            await settled(pilot)
            assert screen.query_one(EntryLine).value == "4 forecast"
            assert table.total == 19 and table.chosen is not None and table.chosen.number == 4
            await pilot.press("slash", *["backspace"] * 10, *"#13", "enter")
            await settled(pilot)
            assert list(table.numbers) == [27, 42]
            await pilot.press("escape")
            await settled(pilot)
            assert table.total == 42 and screen.query_one(EntryLine).value == ""
            assert table.chosen is not None and table.chosen.number == 27
            await pilot.press("slash", *"resolv!", "enter")
            await settled(pilot)
            assert screen.query_one(EntryLine).has_class("-wrong") and table.total == 42

    asyncio.run(story())


def test_what_others_record_appears_and_is_followed_only_at_the_end(program: Opened, told: Location) -> None:
    async def story() -> None:
        app = program(told)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await journal(pilot)
            table = screen.table
            resolve(told, "#12", "no", print, known_at="2025-01-21")
            app.changes.publish(LedgerChanged())
            await settled(pilot)
            assert (table.total, table.cursor) == (43, 42)
            assert "entry 43" in words(screen, EntryDetail)
            await pilot.press("home", "down", "down")
            await settled(pilot)
            resolve(told, "#15", "no", print, known_at="2025-01-21")
            app.changes.publish(LedgerChanged())
            await settled(pilot)
            assert (table.total, table.cursor, round(table.scroll_y)) == (44, 2, 0)
            assert "entry 3" in words(screen, EntryDetail)

    asyncio.run(story())


def test_a_redaction_takes_the_words_of_a_row_in_sight(program: Opened, told: Location) -> None:
    async def story() -> None:
        app = program(told)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await journal(pilot)
            assert "the lines held" in words(screen, EntryDetail)
            redact(told, "entry:42", "wrong", print)
            app.changes.publish(LedgerChanged())
            await settled(pilot)
            await pilot.press("up")
            await settled(pilot)
            row = screen.table.row_at(41)
            assert row is not None and row.committed is Committed.REDACTED and "the lines held" not in row.what
            assert "redacted" in words(screen, EntryDetail)

    asyncio.run(story())


def test_a_verification_is_called_off(program: Opened, told: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []

    def slowly(location: Location, *, checkpoint: str | None, progress: Callable[[int, int], None]) -> None:
        try:
            for done in range(1000):
                progress(done, 1000)
                Event().wait(0.01)
        except Cancelled:
            ended.append(True)
            raise

    async def story() -> None:
        async with program(told).run_test(size=(80, 24)) as pilot:
            screen = await journal(pilot)
            with monkeypatch.context() as patched:
                patched.setattr(maintain, "verify", slowly)
                await pilot.press("v")
                await pilot.pause(0.1)
                assert screen.verifying
                await pilot.press("escape")
                await settled(pilot)
            assert ended and not screen.verifying and "called off" in words(screen, VerdictPanel)
            await pilot.press("escape")
            assert not screen.has_class("-verdict")
            await pilot.press("v")
            await settled(pilot)
            assert "✓ the record verifies" in words(screen, VerdictPanel)

    asyncio.run(story())


def test_a_checkpoint_is_kept_and_held_against(program: Opened, told: Location) -> None:
    async def story() -> None:
        async with program(told).run_test(size=(140, 40)) as pilot:
            screen = await journal(pilot)
            await pilot.press("v")
            await settled(pilot)
            await pilot.press("c")
            kept = pilot.app.clipboard
            assert kept.startswith("forecast-ledger/1 checkpoint size=42 ")
            await pilot.press("escape", "c")
            assert screen.query_one(EntryDetail).card is not None
            assert pilot.app.clipboard in kept
            await pilot.press("h", *"nonsense", "enter")
            await settled(pilot)
            assert "is not a checkpoint" in words(screen, VerdictPanel)
            line = screen.query_one(CheckpointInput)
            line.value = kept
            await pilot.press("enter")
            await settled(pilot)
            assert "it went through the state that your checkpoint tells of" in words(screen, VerdictPanel)
            damage(told, "DELETE FROM entry_text WHERE seq = 42", "DELETE FROM entry WHERE seq = 42")
            await pilot.press("escape", "h")
            line.value = kept
            await pilot.press("enter")
            await settled(pilot)
            assert "is missing: a checkpoint saw it" in words(screen, VerdictPanel)
            await pilot.press("escape")
            assert not line.display

    asyncio.run(story())


def test_a_changed_byte_is_named_and_the_journal_still_opens(program: Opened, told: Location) -> None:
    damage(
        told, "UPDATE entry SET facts = '{\"broken' WHERE seq = 10", "DELETE FROM entry WHERE seq = 20",
        "UPDATE entry SET kind = 'odd', head = 'text', recorded_at = 'then' WHERE seq = 30",
        "UPDATE entry SET facts = CAST(x'7BFF7D' AS TEXT) WHERE seq = 31",
    )  # fmt: skip

    async def story() -> None:
        async with program(told).run_test(size=(80, 24)) as pilot:
            screen = await journal(pilot)
            await pilot.press("home")
            for place, sense in ((9, UNREADABLE), (19, "there is no such entry"), (30, UNREADABLE)):
                await pilot.press("slash", *["backspace"] * 2, *str(place + 1), "enter")
                await settled(pilot)
                row = screen.table.row_at(place)
                assert row is not None and row.what == sense
            assert screen.table.row_at(29) is not None
            await pilot.press("v")
            await settled(pilot)
            said = words(screen, VerdictPanel)
            assert "✗ the record does not verify" in said and "entry 10" in said and "entry 20" in said

    asyncio.run(story())


def test_keys_pressed_on_nothing_do_nothing(program: Opened, empty: Location) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("4", "enter", "c", "escape", "p", "end", "v", "v", "c", "escape", "h", "enter", "escape")
            await settled(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, JournalScreen) and screen.table.total == 0
            assert not screen.has_class("-verdict")

    asyncio.run(story())
