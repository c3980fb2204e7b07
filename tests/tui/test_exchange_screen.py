"""Import and export: what is seen before anything is written, what comes in, and what goes out."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Static

from ledger.domain.filters import Filters
from ledger.services import exporting, transfer
from ledger.services.export_forms import EXPORT_FORMS
from ledger.services.opening import Book
from ledger.services.progressing import Pace
from ledger.services.starting import initialise
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens import exchange_export
from ledger.tui.screens.exchange import ExchangeScreen
from ledger.tui.screens.exchange_export import ExportPanel, carried
from ledger.tui.screens.exchange_import import ImportPanel
from ledger.tui.themes import DARK, LIGHT
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
HEAD = "question_id,title,forecaster,forecast_at,probability,deadline,outcome,resolved_at\n"
ROWS = (
    "rain,Will it rain?,Ann,2026-10-01T09:00:00Z,0.7,2026-11-01T00:00:00Z,1,2026-11-01T12:00:00Z\n"
    "snow,Will it snow?,Ann,2026-10-01T09:00:00Z,0.2,2026-12-31T00:00:00Z,,\n"
    "snow,Will it snow?,Bob,2026-10-02T09:00:00Z,0.4,2026-12-31T00:00:00Z,,\n"
)


@pytest.fixture
def weather(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small CSV in a folder where the program runs."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "weather.csv").write_text(HEAD + ROWS)
    monkeypatch.setattr(exchange_export, "EXPORT_NAMES", ("csv", "jsonl", "ics"))  # a new format changes no picture
    return folder


async def exchange(pilot: Pilot[None]) -> ExchangeScreen:
    """Go to the exchange."""
    await settled(pilot)
    await pilot.press("5")
    await settled(pilot)
    assert isinstance(pilot.app.screen, ExchangeScreen)
    return pilot.app.screen


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type, key by key."""
    await pilot.press(*("full_stop" if one == "." else "slash" if one == "/" else one for one in text))
    await settled(pilot)


def words(screen: ExchangeScreen) -> str:
    """What the report in front says."""
    return str(screen.panel.report.query_one("VerticalScroll > Static", Static).render())


def entries(location: Location) -> int:
    """How many entries the journal has."""
    with sqlite3.connect(location.path) as connection:
        found: int = connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0]
    connection.close()
    return found


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_a_look_at_a_file_as_a_picture(
    program: Opened, article: Location, weather: Path, theme: str, size: str
) -> None:
    async def story() -> None:
        app = program(article)
        async with app.run_test(size=SIZES[size]) as pilot:
            app.theme = theme
            await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "wea")
            await check_picture(pilot, f"exchange-path-{size}-{theme}")
            await pilot.press("tab", "enter")
            await check_picture(pilot, f"exchange-look-{size}-{theme}")

    asyncio.run(story())


def test_empty_and_hostile_and_export_as_pictures(
    program: Opened, empty: Location, hostile: Location, weather: Path
) -> None:
    async def on_the_empty_one() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            await exchange(pilot)
            await check_picture(pilot, "exchange-empty")
            await pilot.press("e")
            await type_in(pilot, "weather.csv")
            await check_picture(pilot, "exchange-export")
            await pilot.press("enter")
            await check_picture(pilot, "exchange-replace")

    async def on_the_hostile_one() -> None:
        (weather / "[red]x[-] \x1b[31m.csv").write_text(HEAD + "[/],esc \x1b]52;c;aGk=\x07,Ann,then,2,never,,\n")
        (weather / "bidi \u202egnp.exe").write_text("")
        (weather / "emoji 👩‍👩‍👧‍👦 ❤️ 漢字").mkdir()
        async with program(hostile).run_test(size=(80, 24)) as pilot:
            await exchange(pilot)
            await pilot.press("i", "full_stop", "slash", "down", "down")
            await check_picture(pilot, "exchange-hostile")
            await pilot.press("up", "tab", "enter")
            await check_picture(pilot, "exchange-hostile-error")

    asyncio.run(on_the_empty_one())
    asyncio.run(on_the_hostile_one())


@pytest.mark.parametrize("size", SIZES)
def test_an_error_and_progress_as_pictures(program: Opened, article: Location, weather: Path, size: str) -> None:
    (weather / "bad.csv").write_text(HEAD + ROWS.replace("0.2", "often"))

    async def story() -> None:
        async with program(article).run_test(size=SIZES[size]) as pilot:
            screen = await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "bad.csv")
            await pilot.press("enter")
            await check_picture(pilot, f"exchange-error-{size}")
            assert "bad.csv, line 3, column probability" in words(screen)
            assert not screen.query_one("#bring", Button).display
            screen.panel.report.begin("recording")
            screen.panel.report.tell(430, 1000)
            await check_picture(pilot, f"exchange-progress-{size}")

    asyncio.run(story())


def test_the_same_file_twice(program: Opened, empty: Location, weather: Path) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "weather.csv")
            await pilot.press("enter")
            await settled(pilot)
            assert "would add 2 questions and 3 statements" in words(screen)
            assert "a CSV of forecasts" in words(screen)
            assert entries(empty) == 0
            await pilot.press("enter")
            await check_picture(pilot, "exchange-done")
            assert "added 2 questions and 3 statements" in words(screen)
            there = entries(empty)
            assert there > 0
            await pilot.press("enter")
            await settled(pilot)
            assert "would add 0 questions and 0 statements" in words(screen)
            assert "3 statements were there already" in words(screen)
            await pilot.press("enter")
            await settled(pilot)
            assert "added 0 questions" in words(screen)
            assert entries(empty) == there
            await pilot.press("escape", "1")
            await settled(pilot)
            assert "2 questions" in str(pilot.app.screen.query_one("#counts", Static).render())

    asyncio.run(story())


def test_what_differs_is_refused_until_one_says_to_record_it(program: Opened, empty: Location, weather: Path) -> None:
    transfer.import_file(
        empty, weather / "weather.csv", origin=None, dry_run=False, supersede=False, tell=lambda _: None
    )
    (weather / "weather.csv").write_text(HEAD + ROWS.replace("Will it rain?", "Will it pour?"))
    before = entries(empty)

    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "weather.csv")
            await pilot.press("enter")
            await check_picture(pilot, "exchange-differs")
            assert "line 2: rain differs in title" in words(screen)
            assert "Refused as it is" in words(screen) and "--supersede" not in words(screen)
            assert screen.query_one("#bring", Button).disabled
            await pilot.press("right")
            await settled(pilot)
            assert not screen.query_one("#bring", Button).disabled
            await pilot.press("enter")
            await settled(pilot)
            assert "✓ imported" in words(screen)
            assert entries(empty) == before + 1

    asyncio.run(story())


def test_an_import_called_off_writes_nothing(
    program: Opened, empty: Location, weather: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, record = threading.Event(), transfer.record

    def slowly(work: object, plan: object, told: Callable[[int], None]) -> None:
        reached.set()
        for _ in range(400):
            threading.Event().wait(0.01)
            told(0)
        record(work, plan, told)  # type: ignore[arg-type]

    monkeypatch.setattr(transfer, "record", slowly)

    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "weather.csv")
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("enter")
            while not reached.is_set():
                await pilot.pause(0.01)
            assert screen.panel.busy
            await pilot.press("enter", "escape")
            await settled(pilot)
            assert not screen.panel.busy
            assert "called off; nothing was written" in words(screen)
            assert entries(empty) == 0

    asyncio.run(story())


def test_an_export_with_a_filter_comes_into_an_empty_ledger(
    program: Opened, article: Location, empty: Location, weather: Path
) -> None:
    async def out() -> None:
        async with program(article).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("e", "shift+tab")
            await pilot.press(*"status", "colon", *"due", "enter")
            await type_in(pilot, "due.csv.gz")
            await pilot.press("enter")
            await settled(pilot)
            assert "the filters left out 8 questions" in words(screen)

    async def back() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "due.csv.gz")
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert "added 12 questions" in words(screen)

    asyncio.run(out())
    asyncio.run(back())


def test_the_journal_goes_out_whole_and_comes_in_whole(
    program: Opened, empty: Location, weather: Path, tmp_path: Path
) -> None:
    full = Location(tmp_path / "full.db")
    initialise(full, None, print)
    transfer.import_file(
        full, weather / "weather.csv", origin=None, dry_run=False, supersede=False, tell=lambda _: None
    )
    size = entries(full)

    async def out() -> None:
        async with program(full).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("e")
            await type_in(pilot, "all.jsonl")
            assert isinstance(screen.panel, ExportPanel) and screen.panel.form == "jsonl"
            assert not screen.query_one("#filters").display
            await pilot.press("enter")
            await settled(pilot)
            assert f"{size} entries written" in words(screen)

    async def back() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("i")
            await type_in(pilot, "all.jsonl")
            await pilot.press("enter")
            await settled(pilot)
            assert "the journal of a ledger" in words(screen)
            await pilot.press("enter")
            await settled(pilot)
            assert f"added {size} of its {size} entries" in words(screen)

    asyncio.run(out())
    asyncio.run(back())
    assert entries(empty) == size


def test_a_file_that_is_there_is_replaced_only_when_one_says_so(
    program: Opened, article: Location, weather: Path
) -> None:
    kept = (weather / "weather.csv").read_text()

    async def story() -> None:
        async with program(article).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("e")
            await type_in(pilot, "weather.csv")
            await pilot.press("enter")
            await settled(pilot)
            assert (weather / "weather.csv").read_text() == kept
            await pilot.press("enter")
            await settled(pilot)
            assert (weather / "weather.csv").read_text() == kept
            assert "kept the file" in words(screen)
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("tab", "enter")
            await settled(pilot)
            assert "✓ exported" in words(screen)
            assert (weather / "weather.csv").read_text() != kept

    asyncio.run(story())


def test_an_export_called_off_leaves_no_file(
    program: Opened, article: Location, weather: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, rows = threading.Event(), exporting.csv_rows

    def slowly(book: Book, filters: Filters, pace: Pace) -> Iterator[list[str]]:
        yield from rows(book, filters, pace)
        reached.set()
        for _ in range(400):
            threading.Event().wait(0.01)
            pace.reach(1)

    monkeypatch.setattr(exporting, "csv_rows", slowly)

    async def story() -> None:
        async with program(article).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("e")
            await type_in(pilot, "new.csv")
            await pilot.press("enter")
            while not reached.is_set():
                await pilot.pause(0.01)
            await pilot.press("escape")
            await settled(pilot)
            assert "called off; nothing was written" in words(screen)
            assert [one.name for one in weather.iterdir()] == ["weather.csv"]

    asyncio.run(story())


def test_keys_pressed_too_early_or_on_nothing_do_nothing(program: Opened, empty: Location, weather: Path) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("escape", "enter", "i", "enter", "escape", "e", "enter", "escape", "tab", "enter")
            await settled(pilot)
            assert isinstance(screen.panel, ExportPanel) and not screen.panel.busy
            await pilot.press("i")
            assert isinstance(screen.panel, ImportPanel)
            await type_in(pilot, "nowhere.csv")
            await pilot.press("enter")
            await settled(pilot)
            assert "there is no file" in words(screen)
            await pilot.press(*["backspace"] * 11, *"..", "enter")
            await settled(pilot)
            assert "is a folder" in words(screen)

    asyncio.run(story())


def test_every_format_of_the_table_is_offered_and_told() -> None:
    for one in EXPORT_FORMS:
        assert one.carries in carried(one.name) and "loses nothing" in carried(one.name)
    assert tuple(one.name for one in EXPORT_FORMS) == exchange_export.EXPORT_NAMES


def test_the_name_of_the_file_chooses_a_calendar(program: Opened, empty: Location, weather: Path) -> None:
    transfer.import_file(
        empty, weather / "weather.csv", origin=None, dry_run=False, supersede=False, tell=lambda _: None
    )

    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            screen = await exchange(pilot)
            await pilot.press("e")
            await type_in(pilot, "dates.ics")
            assert isinstance(screen.panel, ExportPanel) and screen.panel.form == "ics"
            assert "deadlines and reviews" in str(screen.query_one("#carries", Static).content)
            assert screen.query_one("#filters").display
            await pilot.press("enter")
            await settled(pilot)
            assert "2 events written" in words(screen)

    asyncio.run(story())
    assert (weather / "dates.ics").read_text().count("BEGIN:VEVENT") == 2
