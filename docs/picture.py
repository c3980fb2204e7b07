"""Draws the pictures of the README: the real program on the shipped article's ledger, some of it settled.

``python docs/picture.py`` writes them; with ``--check`` it only compares, and fails where one differs.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ledger import clock
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp

HERE = Path(__file__).parent
WRITTEN = datetime(2024, 11, 12, 12, tzinfo=UTC)
NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
SETTLED = {
    "front-collapses": "no",
    "cuban-like-crisis": "no",
    "russia-maximum-victory": "no",
    "poland-commits-troops": "no",
    "us-joins-mission": "no",
    "israel-or-iran-strikes": "yes",
}
"""Outcomes made up for the pictures, so that every part of a score has something to show."""

SIZE = (126, 30)
PICTURES = {"forecast": (), "review": ("2",), "calibration": ("3",)}
"""The keys that lead to each."""

FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def main() -> int:
    """Draw or compare; the exit status."""
    os.environ |= {"FORECAST_ZONE": "UTC", "COLORTERM": "truecolor"}
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as folder:
        location = ledger_in(Path(folder))
        with clock.set_to(NOW):
            drawn = {name: asyncio.run(picture(location, keys)) for name, keys in PICTURES.items()}
    if "--check" not in sys.argv:
        for name, svg in drawn.items():
            (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")
        return 0
    stale = [name for name, svg in drawn.items() if (HERE / f"{name}.svg").read_text(encoding="utf-8") != svg]
    sys.stdout.write(
        f"stale: {', '.join(stale)}; run python docs/picture.py\n" if stale else "the pictures are current\n"
    )
    return 1 if stale else 0


def ledger_in(folder: Path) -> Location:
    """The article's ledger, some of it settled."""
    location = Location(folder / "korybko.db")
    with clock.set_to(WRITTEN):
        initialise(location, "korybko-2024-11-11", print)
    with clock.set_to(NOW):
        for key, outcome in SETTLED.items():
            resolve(location, key, outcome, lambda _: None)
    return location


async def picture(location: Location, keys: tuple[str, ...]) -> str:
    """The screen that ``keys`` lead to, as an SVG that needs no font and no network."""
    program = ForecastApp(location, location.path.with_name("no-config.toml"))
    async with program.run_test(size=SIZE) as pilot:
        await at_rest(program)
        await pilot.press(*keys)
        await at_rest(program)
        drawn = program.export_screenshot(title="forecast")
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"font-family: ?[^;]*;", f"font-family: {FONTS};", drawn)
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


async def at_rest(program: ForecastApp) -> None:
    """Wait until what was asked for is on the screen."""
    for _ in range(6):
        await asyncio.sleep(0.3)
        busy = [worker for worker in program.workers if worker.group != "noticing"]
        if busy:
            await program.workers.wait_for_complete(busy)


if __name__ == "__main__":
    raise SystemExit(main())
