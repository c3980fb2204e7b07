"""A hundred hostile texts through the real program on a pseudo-terminal: no crash, no control that came from data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.services.values import Stated
from ledger.storage.location import Location
from tests.terminal import Terminal
from tests.tui.conftest import NOW
from tests.tui.hostile import controls_from_data, hundred

FORECAST = Path(sys.executable).with_name("forecast")
DOWN, PAGE_DOWN, END, ESCAPE, TAB = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b", "\t"


def _storable(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A ledger of a hundred questions, due and settled, with a hostile text wherever there is a text."""
    location = Location(tmp_path / "ledger.db")
    initialise(location, None, print)
    with clock.set_to(NOW.replace(year=2025)):
        for at, text in enumerate(map(_storable, hundred())):
            asked = Asked(
                title=text, criteria=text, source=text, comment=text,
                forecaster=text[:200], by="2026-03-01", zone="UTC",
                tags=(text[:60].replace(";", ","),), stated=Stated(probability=f"{at}%"),
            )  # fmt: skip
            add(location, asked, lambda _: None)
    for at in range(1, 41):
        text = _storable(hundred()[at])
        resolve(
            location,
            f"#{at}",
            "yes" if at % 3 else "no",
            lambda _: None,
            known_at="2026-03-02",
            evidence=text,
            note=text,
        )
    return tmp_path


STORY = {
    "the ledger": (DOWN * 5, PAGE_DOWN, END, "/", "tag:", TAB, "[/", ESCAPE, "s", "s", "s"),
    "a question": ("g", "\r", PAGE_DOWN, PAGE_DOWN, END, ESCAPE, END, "\r", PAGE_DOWN, ESCAPE),
    "the review": ("2", "s", "s", "y", "n", "z", "s", "\r", ESCAPE),
    "the calibration": ("3", "t", "r", "s", "w", "c", "o", "d"),
    "the journal": ("4", END, "\r", ESCAPE, "v"),
    "the exchange": ("5", TAB, TAB),
    "the settings": ("6", TAB, DOWN),
    "help and palette": ("1", "\x1bOP", PAGE_DOWN, ESCAPE, ":", "led", DOWN, ESCAPE),
    "the form": ("a", "[/\u202e", TAB, "unlikely", TAB, "tomorrow", TAB, ESCAPE, ESCAPE, "y"),
}
"""What is pressed where; a place that a key means nothing in ignores it."""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_no_control_comes_from_data(home: Path, size: tuple[int, int]) -> None:
    env = {
        "FORECAST_LEDGER": str(home / "ledger.db"), "FORECAST_CLOCK": NOW.isoformat(), "FORECAST_ZONE": "UTC",
        "HOME": str(home), "PATH": os.environ["PATH"], "FORECAST_CONFIG": str(home / "config.toml"),
    }  # fmt: skip
    with Terminal([str(FORECAST)], env, *size) as terminal:
        terminal.until("question", seconds=60)
        for place, keys in STORY.items():
            for key in keys:
                terminal.send(key)
                terminal.quiet(0.25, most=15)
                assert controls_from_data(terminal.output) == [], f"in {place}, after {key!r}"
        terminal.send("\x11")
        assert terminal.ended() == 0, terminal.output[-2000:]
