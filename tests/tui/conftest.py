"""The terminal UI under test: a clock that stands still, settings of its own, ledgers made by the program itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold the clock, and keep settings, logs and data in the test's own folder."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("FORECAST_ZONE", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr("ledger.tui.screens.review_cards.GUARD", 0.0)  # keys of tests come as fast as they are read
    with clock.set_to(NOW):
        yield


@pytest.fixture(scope="session")
def _article_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("article") / "korybko.db"
    with clock.set_to(datetime(2024, 11, 12, 12, tzinfo=UTC)):
        initialise(Location(path), "korybko-2024-11-11", print)
    return path


@pytest.fixture
def article(_article_made: Path, tmp_path: Path) -> Location:
    """The shipped article's ledger, a copy for this test."""
    return Location(Path(shutil.copy(_article_made, tmp_path / "korybko.db")))


@pytest.fixture
def empty(tmp_path: Path) -> Location:
    """A ledger without questions."""
    location = Location(tmp_path / "empty.db")
    initialise(location, None, print)
    return location


Opened = Callable[[Location], ForecastApp]


@pytest.fixture
def program(tmp_path: Path) -> Opened:
    """The program on a ledger, not yet running: ``async with program(article).run_test(size=(80, 24)) as pilot``."""
    return lambda location: ForecastApp(location, tmp_path / "config.toml")


HOSTILE = (
    "[bold red]markup[/] [/foo] [link=x]",
    "esc \x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07 \x9b31m",
    "bidi \u202egnp.exe\u202c \u2066x\u2069 זמן עברי مرحبا",
    "emoji 👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈 漢字テスト e\u0301\u0302\u0303",
    "long " + "x" * 9_900,
    "tab\tline\nfeed \x00 \u200b\u00ad\ufeff \u2028",
    "=cmd|' /C calc'!A0 @SUM(1) %s %(x)s {0} {x} $(id) `id`",
)


@pytest.fixture
def hostile(tmp_path: Path) -> Location:
    """A ledger whose every field holds what tries to be more than text."""
    location = Location(tmp_path / "hostile.db")
    initialise(location, None, print)
    for at, text in enumerate(HOSTILE):
        words = text.replace("\n", " ").replace("\x00", "")
        asked = Asked(
            title=words, stated=Stated(probability=f"{10 + 10 * at}%"), by="2027-01-31" if at % 2 else "2026-11-24",
            zone="UTC", criteria=words, tags=(words[:60].replace(";", ","),), forecaster=words[:200],
        )  # fmt: skip
        add(location, asked, lambda _: None)
    resolve(location, "#1", "yes", lambda _: None, known_at="now", note=HOSTILE[1])
    return location
