"""What becomes due while the program is open: one quiet toast, a count at the head, and nothing recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.starting import initialise
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from tests.tui.conftest import NOW
from tests.tui.pictures import settled
from tests.tui.review_ledgers import entries

Opened = Callable[[Location], ForecastApp]


@pytest.fixture
def soon(tmp_path: Path) -> Location:
    """Three questions: one due within the hour, two within two hours."""
    location = Location(tmp_path / "soon.db")
    initialise(location, None, print)
    for title, by in (("[b]Rain?[/b]", "12:30"), ("Snow?", "13:30"), ("Hail?", "13:30")):
        asked = Asked(title=title, by=f"2026-11-23T{by}:00Z", stated=Stated(probability="40%"), forecaster="Ana")
        add(location, asked, lambda _: None)
    return location


def test_one_toast_for_what_came_and_the_count(program: Opened, soon: Location) -> None:
    async def story() -> None:
        async with program(soon).run_test(size=(80, 24)) as pilot:
            app = pilot.app
            assert isinstance(app, ForecastApp)
            await settled(pilot)
            assert app.due == 0
            before = entries(soon)
            for hours, due, words in ((1, 1, "#1 is due: [b]Rain?[/b]"), (2, 3, "2 questions are due")):
                with clock.set_to(NOW + timedelta(hours=hours)):
                    for _ in range(200):
                        if app.due == due:
                            break
                        await pilot.pause(0.05)
                    await settled(pilot)
                    told = [one.message for one in app._notifications]
                    assert (app.due, told[-1], len(told)) == (due, words, hours)
            assert entries(soon) == before, "a toast is not an announcement"

    asyncio.run(story())
