"""The terminal UI on a ledger that is on a server: it opens, shows, records, and notices what others record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgresql_servers import Cluster
from textual.pilot import Pilot

from ledger import clock
from ledger.services.opening import opened
from ledger.services.starting import initialise
from ledger.services.stating import update
from ledger.services.values import Stated
from ledger.storage.location import Location, locate
from ledger.tui.app import ForecastApp
from ledger.tui.widgets.question_table import QuestionTable


@pytest.fixture(autouse=True)
def _still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("FORECAST_ZONE", "UTC")
    monkeypatch.setattr("ledger.tui.noticing.EVERY", 0.05)
    with clock.set_to(datetime(2024, 11, 23, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def article(cluster: Cluster) -> Location:
    location = locate(cluster.url(cluster.ledger()))
    initialise(location, "korybko-2024-11-11", print)
    return location


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    for _ in range(400):
        await pilot.pause(0.05)
        if true():
            return
    pytest.fail("it did not come to pass within 20 seconds:\n" + text_of(pilot.app))


def text_of(app: ForecastApp) -> str:
    """All that stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def test_it_opens_shows_and_notices(article: Location, tmp_path: Path) -> None:
    async def story() -> None:
        app = ForecastApp(article, tmp_path / "config.toml")
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: bool(app.screen.query(QuestionTable)))
            table = app.screen.query_one(QuestionTable)
            await until(pilot, lambda: table.total == 20)
            assert "geheim" not in text_of(app)
            await asyncio.to_thread(
                update, article, "#4", Stated("77%"), lambda _: None, forecaster="bob", reason="news"
            )
            await until(pilot, lambda: "77" in text_of(app))
            await pilot.press("enter")
            await until(pilot, lambda: "Poland" in text_of(app) or "mission" in text_of(app))

    asyncio.run(story())
    with opened(article) as book:
        assert book.last_entry == 43


def test_a_server_without_a_ledger_or_gone_is_told_in_a_line(cluster: Cluster, tmp_path: Path) -> None:
    async def story(url: str, said: str) -> None:
        app = ForecastApp(locate(url), tmp_path / "config.toml")
        async with app.run_test(size=(140, 30)) as pilot:
            await until(pilot, lambda: said in text_of(app))
            assert "geheim" not in text_of(app)

    asyncio.run(story(cluster.url(cluster.database()), "holds no ledger"))
    asyncio.run(story("postgresql://ann:geheim@127.0.0.1:1/db", "does not answer"))
