"""A field for a path: what it offers, what Tab and the mouse take, and hostile names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.widgets.path_input import PathField
from tests.tui.pictures import picture, settled

Opened = Callable[[Location], ForecastApp]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program runs."""
    place = tmp_path / "files"
    (place / "data" / "deep").mkdir(parents=True)
    for name in ("one.csv", "other.csv", "data/deep/a.csv", "data/deep/b.csv"):
        (place / name).write_text("x")
    monkeypatch.chdir(place)
    return place


async def field(pilot: Pilot[None]) -> PathField:
    """The field of the import, with the focus."""
    await settled(pilot)
    await pilot.press("5")
    await settled(pilot)
    await pilot.press("i")
    await pilot.pause()
    return pilot.app.screen.query_one("#source", PathField)


def test_tab_walks_into_folders_and_then_on(program: Opened, empty: Location, folder: Path) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            path = await field(pilot)
            await pilot.press("d")
            await settled(pilot)
            await pilot.press("tab")
            await settled(pilot)
            assert path.value == "data/"
            await pilot.press("tab")
            await settled(pilot)
            await pilot.press("down", "tab")
            await settled(pilot)
            assert path.value == "data/deep/b.csv" and path.names.chosen is None
            assert path.line.has_focus
            await pilot.press("tab")
            assert not path.line.has_focus

    asyncio.run(story())


def test_escape_puts_the_names_away_before_it_leaves(program: Opened, empty: Location, folder: Path) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            path = await field(pilot)
            await pilot.press("o")
            await settled(pilot)
            assert path.names.display and path.names.chosen is not None
            await pilot.press("escape")
            assert path.names.chosen is None and path.line.has_focus and path.value == "o"
            await pilot.press("escape")
            assert not path.line.has_focus
            await pilot.press("1")
            await settled(pilot)
            assert pilot.app.current_mode == "ledger"

    asyncio.run(story())


def test_a_name_is_taken_by_the_mouse(program: Opened, empty: Location, folder: Path) -> None:
    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            path = await field(pilot)
            await pilot.press("o")
            await settled(pilot)
            await pilot.click(path.names, offset=(4, 1))
            await settled(pilot)
            assert path.value == "other.csv" and path.line.has_focus

    asyncio.run(story())


@pytest.mark.parametrize(
    "name",
    ["[bold red]x[-].csv", "\x1b[31m\x1b]52;c;aGk=\x07.csv", "\u202egnp.exe", "new\nline.csv", "\x9b31m\udcff.csv",
     "👩\u200d👩\u200d👧 ❤️ 漢字", "y" * 250, "-", "%s{0}$(id)"],
)  # fmt: skip
def test_a_hostile_name_is_taken_whole_and_drives_nothing(
    program: Opened, empty: Location, folder: Path, name: str
) -> None:
    (folder / "data" / name).write_text("x")

    async def story() -> None:
        async with program(empty).run_test(size=(80, 24)) as pilot:
            path = await field(pilot)
            await pilot.press(*"data", "slash")
            await settled(pilot)
            while path.names.chosen is not None and path.names.chosen.name != name:
                await pilot.press("down")
            shown = picture(pilot.app).partition("\n\n")[0]
            assert not {one for one in shown if not one.isprintable()} - {"\n"}
            assert all(len(line) >= 10 for line in shown.splitlines())
            await pilot.press("tab")
            await settled(pilot)
            assert path.value == f"data/{name}"
            shown = picture(pilot.app).partition("\n\n")[0]
            assert not {one for one in shown if not one.isprintable()} - {"\n"}
            await pilot.press("enter")
            await settled(pilot)
            shown = picture(pilot.app).partition("\n\n")[0]
            assert "cannot come in" in shown
            assert not {one for one in shown if not one.isprintable()} - {"\n"}

    asyncio.run(story())
