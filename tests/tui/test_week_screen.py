"""The weekly review as a guided pass: its parts, what is done in them, its end, and leaving half-way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.review_ruling import Changes, set_rules
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens import week_following
from ledger.tui.screens.review import ReviewScreen
from ledger.tui.screens.week import WeekScreen
from ledger.tui.themes import DARK, LIGHT
from tests.tui.pictures import check_picture, picture, settled
from tests.tui.review_ledgers import states

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
QUESTIONS = (
    ("Will the bridge open by March?", "2026-03-31", "70%"),
    ("Will the ferry run in winter?", "2026-11-01", "40%"),
    ("Will the vote be repeated?", "2026-11-10", "20%"),
    ("Will the museum open on time?", "2026-11-26", "60%"),
    ("Will the tunnel open by 2028?", "2027-12-31", "20%"),
    ("Will the tram reach the harbour by summer?", "2027-02-01", "45%"),
)


@pytest.fixture
def town(tmp_path: Path) -> Location:
    """Two settled, one of them this week; two due, one closing, two stale; the weekly day is Monday."""
    location = Location(tmp_path / "town.db")
    initialise(location, None, print)
    with clock.set_to(datetime(2026, 1, 10, 12, tzinfo=UTC)):
        set_rules(location, Changes(weekly="mon@09:00", zone="UTC"), lambda _: None)
        for title, by, probability in QUESTIONS:
            asked = Asked(title=title, by=by, zone="UTC", forecaster="Ana", stated=Stated(probability=probability))
            add(location, asked, lambda _: None)
    for day, number, outcome in ((5, 1, "yes"), (20, 2, "no")):
        with clock.set_to(datetime(2026, 11, day, 12, tzinfo=UTC)):
            resolve(location, f"#{number}", outcome, lambda _: None)
    return location


def _story(app: ForecastApp, story: Callable[[Pilot[None]], object], size: tuple[int, int] = (80, 24)) -> None:
    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            told = story(pilot)
            assert asyncio.iscoroutine(told)
            await told

    asyncio.run(run())


async def _press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press keys one by one, each when the one before has done its work; what begins with a colon is typed."""
    for key in keys:
        if key == "y":
            await pilot.pause(0.25)  # a card takes no outcome before it was seen
        await pilot.press(*([*key[1:]] if key.startswith(":") else [key]))
        await settled(pilot)


def _week(pilot: Pilot[None]) -> WeekScreen:
    assert isinstance(pilot.app.screen, WeekScreen)
    return pilot.app.screen


def _told(pilot: Pilot[None]) -> str:
    return picture(pilot.app).partition("\n\n")[0]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_week_as_pictures(program: Opened, town: Location, theme: str, size: str) -> None:
    async def story(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await _press(pilot, ["W", "d"])
        await check_picture(pilot, f"week-due-{size}-{theme}")
        await _press(pilot, ["e"])
        await check_picture(pilot, f"week-score-{size}-{theme}")

    _story(program(town), story, SIZES[size])


@pytest.mark.parametrize("name", ["empty", "hostile"])
def test_an_empty_and_a_hostile_week_as_pictures(program: Opened, request: pytest.FixtureRequest, name: str) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _press(pilot, ["W", *(["c"] if name == "hostile" else [])])
        await check_picture(pilot, f"week-{name}")
        await _press(pilot, ["e"])
        await check_picture(pilot, f"week-{name}-score")

    _story(program(request.getfixturevalue(name)), story)


def test_a_guided_pass_from_the_first_part_to_the_score(program: Opened, town: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _press(pilot, ["W"])
        screen = _week(pilot)
        assert [len(getattr(screen.week.week, name)) for name in ("settled", "due", "closing", "stale")] == [1, 1, 1, 3]
        assert "16 November 2026 – 30 November 2026" in _told(pilot)
        assert "✓ no " in _told(pilot) and "Will the ferry run" in _told(pilot) and "bridge" not in _told(pilot)
        await _press(pilot, ["right", "r"])
        assert isinstance(pilot.app.screen, ReviewScreen) and "Will the vote be repeated?" in _told(pilot)
        await _press(pilot, ["y"])
        assert "That was all: 1 recorded" in _told(pilot) and "Escape goes back to the week" in _told(pilot)
        await _press(pilot, ["escape"])
        assert _week(pilot) is screen and "nothing is due" in _told(pilot) and "Settled 2" in _told(pilot)
        await _press(pilot, ["right", "right", "w", ":next", "space", ":monday", "enter"])
        assert "Stale 2" in _told(pilot) and "museum" not in _told(pilot)
        await _press(pilot, ["right"])
        assert screen.at == "score"
        assert "Brier score 0.0900 → 0.2967 (0–1, lower is better): worse by 0.2067." in _told(pilot)
        assert "The next weekly review is due on 30 November 2026." in _told(pilot)

    _story(program(town), story)
    assert states(town)[3] == "yes"


def test_it_goes_on_where_it_was_left(program: Opened, town: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _press(pilot, ["2", "W", "t", "down", "enter"])
        assert "#6 Will the tram" in _told(pilot)
        await _press(pilot, ["escape"])
        assert _week(pilot).at == "stale" and _week(pilot).chosen.number == 6
        await _press(pilot, ["escape"])
        assert isinstance(pilot.app.screen, ReviewScreen)
        await _press(pilot, ["1", "W"])
        assert _week(pilot).at == "stale"

    _story(program(town), story)


def test_a_card_half_filled_is_kept_for_the_next_visit(program: Opened, town: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _press(pilot, ["W", "d", "r", "t", ":seen", "enter", "escape"])
        assert _week(pilot).at == "due"
        await _press(pilot, ["r"])
        assert "note: seen" in _told(pilot)

    _story(program(town), story)


def test_a_long_journal_is_told_anew_only_when_asked(
    program: Opened, town: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.tui.screens.week_reading.AT_ONCE", 5)
    asked: list[int] = []
    real = week_following.read_before
    monkeypatch.setattr(week_following, "read_before", lambda *told, **more: asked.append(1) or real(*told, **more))

    async def story(pilot: Pilot[None]) -> None:
        await _press(pilot, ["W", "e"])
        assert "x works it out" in " ".join(_told(pilot).replace("│", "").split()) and not asked
        await _press(pilot, ["x"])
        assert "Brier score 0.0900 → " in _told(pilot) and asked == [1]

    _story(program(town), story)
