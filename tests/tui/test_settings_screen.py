"""The settings: checked, applied and written as they are changed; keys rebound without locking anybody in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ledger.errors import LedgerError
from ledger.services.settings import load
from ledger.storage.location import Location
from ledger.tui.actions import REGISTRY, Action
from ledger.tui.app import ForecastApp
from ledger.tui.key_map import rebound
from ledger.tui.screens.ledger_screen import LedgerScreen
from ledger.tui.screens.settings import SettingsScreen
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.key_list import KeyList
from tests.tui.pictures import check_picture, settled

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
ACTIONS = {one.name: one for actions in REGISTRY.values() for one in actions}


async def at_settings(app: ForecastApp, pilot: Pilot[None]) -> SettingsScreen:
    await settled(pilot)
    await pilot.press("6")
    await settled(pilot)
    assert isinstance(app.screen, SettingsScreen)
    return app.screen


def echo(screen: SettingsScreen, field: str) -> str:
    return str(screen.query_one(f"#{field} .field-echo", Static).content)


@pytest.fixture
def here(article: Location, monkeypatch: pytest.MonkeyPatch) -> Location:
    """The article under a name that is the same on every computer."""
    monkeypatch.chdir(article.path.parent)
    return Location(Path(article.path.name))


@pytest.fixture
def opened_here(here: Location) -> ForecastApp:
    return ForecastApp(here, Path("config.toml"))


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_settings_as_a_picture(opened_here: ForecastApp, theme: str, size: str) -> None:
    async def story() -> None:
        async with opened_here.run_test(size=SIZES[size]) as pilot:
            opened_here.theme = theme
            await at_settings(opened_here, pilot)
            await check_picture(pilot, f"settings-{size}-{theme}")

    asyncio.run(story())


def test_a_choice_holds_at_once_and_is_kept(opened_here: ForecastApp) -> None:
    async def story() -> None:
        async with opened_here.run_test(size=(80, 24)) as pilot:
            await at_settings(opened_here, pilot)
            await pilot.press("right", "right")
            await settled(pilot)
            assert opened_here.theme == LIGHT
            await pilot.press("down", *"Europe/B", "right", "enter")
            await settled(pilot)
            assert opened_here.settings.zone == "Europe/Belfast"
        assert load(Path("config.toml")).settings.theme == LIGHT
        assert load(Path("config.toml")).settings.zone == "Europe/Belfast"

    asyncio.run(story())


def test_a_zone_that_is_none_is_told_beside_its_field(opened_here: ForecastApp) -> None:
    async def story() -> None:
        async with opened_here.run_test(size=(80, 24)) as pilot:
            screen = await at_settings(opened_here, pilot)
            await pilot.press("down")
            await settled(pilot)
            await pilot.press(*"Mars", "enter")
            await settled(pilot)
            assert "'Mars' is not a time zone" in echo(screen, "zone")
            assert opened_here.settings.zone is None
        assert not Path("config.toml").exists()

    asyncio.run(story())


def test_a_file_that_cannot_be_written_is_told(opened_here: ForecastApp) -> None:
    Path("config.toml").mkdir()

    async def story() -> None:
        async with opened_here.run_test(size=(80, 24)) as pilot:
            screen = await at_settings(opened_here, pilot)
            await pilot.press("right")
            await settled(pilot)
            assert "not kept" in echo(screen, "theme")

    asyncio.run(story())


def test_a_key_is_rebound_works_and_is_given_back(opened_here: ForecastApp) -> None:
    async def story() -> None:
        async with opened_here.run_test(size=(80, 24)) as pilot:
            screen = await at_settings(opened_here, pilot)
            names = list(ACTIONS)
            await pilot.press("k")
            screen.query_one(KeyList).highlighted = names.index("everywhere.review")
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("f9")
            await settled(pilot)
            assert opened_here.settings.keys == {"everywhere.review": "f9"}
            assert load(Path("config.toml")).settings.keys == {"everywhere.review": "f9"}
            await check_picture(pilot, "settings-rebound")
            await pilot.press("delete")
            await settled(pilot)
            assert opened_here.settings.keys == {}
            await pilot.press("1")
            await settled(pilot)
            assert isinstance(opened_here.screen, LedgerScreen)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("name", "key", "keys", "said"),
    [
        ("ledger.add", "ctrl+q", {}, "always quits"),
        ("everywhere.quit", "f9", {}, "always quits"),
        ("ledger.add", "u", {}, "“ledger: Update”"),
        ("ledger.add", "x", {"ledger.update": "x"}, "“ledger: Update”"),
        ("ledger.add", "f1", {}, "“everywhere: Help”"),
        ("everywhere.help", "u", {}, "give that one another key first"),
        ("ledger.add", "escape", {}, "goes back"),
        ("ledger.add", "ctrl+b", {}, "does not come through"),
        ("ledger.add", "alt+x", {}, "does not come through"),
        ("form.save", "x", {}, "is typed in fields"),
    ],
)
def test_a_key_that_is_taken_is_refused_with_what_has_it(
    name: str, key: str, keys: Mapping[str, str], said: str
) -> None:
    with pytest.raises(LedgerError, match=said):
        rebound(ACTIONS[name], key, keys)


def test_a_free_key_is_given_and_the_own_one_needs_no_line() -> None:
    changed = rebound(ACTIONS["ledger.add"], "x", {"ledger.update": "y"})
    assert changed == {"ledger.update": "y", "ledger.add": "x"}
    assert rebound(ACTIONS["ledger.update"], "u", changed) == {"ledger.add": "x"}
    assert rebound(ACTIONS["ledger.add"], "u", {"ledger.update": "y"})["ledger.add"] == "u"


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_no_action_uses_a_key_that_terminals_swallow(action: Action) -> None:
    for key in action.keys.split(","):
        assert "alt+" not in key
        assert key not in {f"ctrl+{letter}" for letter in "bashzijm"} | {"ctrl+enter"}
