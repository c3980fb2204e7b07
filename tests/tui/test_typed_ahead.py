"""Keys that come faster than the screen: the real program, and everything typed at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ledger.storage.location import Location
from tests.terminal import Terminal
from tests.tui.conftest import NOW

FORECAST = Path(sys.executable).with_name("forecast")


def test_what_follows_the_slash_is_the_filters(article: Location, tmp_path: Path) -> None:
    env = {
        "FORECAST_LEDGER": str(article.path), "FORECAST_CLOCK": NOW.isoformat(), "FORECAST_ZONE": "UTC",
        "HOME": str(tmp_path), "PATH": os.environ["PATH"], "FORECAST_CONFIG": str(tmp_path / "config.toml"),
    }  # fmt: skip
    with Terminal([str(FORECAST)], env, 120, 36) as terminal:
        terminal.until("Will no Western")
        terminal.send("/au")  # as keys of the table they would ask a new question
        terminal.until("found")
        terminal.send("\x11")
        assert terminal.ended() == 0
        assert "New question" not in terminal.output.decode(errors="replace")
