"""Golden pictures of screens: the characters of every line, and below them the colours, short enough to read in a diff.

``UPDATE_GOLDEN=1`` writes them anew; ``PICTURES=folder`` writes an SVG of each beside that, for looking at.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.pilot import Pilot
from textual.timer import Timer
from textual.worker import WorkerCancelled

GOLDEN = Path(__file__).parent / "golden"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def picture(app: App[object]) -> str:
    """What is on the screen: lines between bars, then each line's runs of style, then what the letters mean."""
    strips = app.screen._compositor.render_strips()
    text = [f"│{''.join(segment.text for segment in strip)}│" for strip in strips]
    legend: dict[str, str] = {}
    styles = [_runs(list(strip), legend) for strip in strips]
    return "\n".join([*text, "", *styles, "", *(f"{letter} {told}" for told, letter in legend.items()), ""])


def _runs(segments: list[Segment], legend: dict[str, str]) -> str:
    runs = []
    for told, run in groupby(segments, key=lambda segment: _told(segment.style)):
        letter = legend.setdefault(told, LETTERS[len(legend)] if len(legend) < len(LETTERS) else f"<{len(legend)}>")
        runs.append(f"{letter}{sum(segment.cell_length for segment in run)}")
    return " ".join(runs)


def _told(style: Style | None) -> str:
    if style is None:
        return "plain"
    marks = [name for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, name)]
    colors = [color.name if color else "-" for color in (style.color, style.bgcolor)]
    return " ".join([f"{colors[0]} on {colors[1]}", *marks])


LOOKS = 3
"""So many looks in a row, each after everything was handled that had been posted, must find nothing under way."""

SOON = 0.5
"""A timer of at most so many seconds begins something that a test waits for: it is not over before."""


async def settled(pilot: Pilot[object]) -> None:
    """Wait until no job is under way, no timer is about to begin one, and everything is painted."""
    quiet = 0
    while quiet < LOOKS:
        workers = [worker for worker in pilot.app.workers if worker.group != "noticing" and not worker.is_finished]
        if workers:
            with suppress(WorkerCancelled):  # a later job took its place
                await pilot.app.workers.wait_for_complete(workers)
        await pilot.pause()
        quiet = 0 if workers or _about_to_begin(pilot.app) else quiet + 1


def _about_to_begin(app: App[object]) -> bool:
    widgets = [app, *(widget for screen in app.screen_stack for widget in screen.walk_children(with_self=True))]
    return bool(app.animator._animations) or any(_is_soon(timer) for widget in widgets for timer in widget._timers)


def _is_soon(timer: Timer) -> bool:
    """Whether a timer runs that fires once; ours that repeat are meant too, as they stop themselves when they fire."""
    running = timer._task is not None and not timer._task.done() and timer._active.is_set()
    ours = "ledger.tui.widgets" in getattr(timer._callback, "__module__", "")
    return running and timer._interval <= SOON and (timer._repeat is not None or ours)


async def check_picture(pilot: Pilot[object], name: str) -> None:
    """Compare the screen with the golden picture called ``name``."""
    await settled(pilot)
    if folder := os.environ.get("PICTURES"):
        (Path(folder) / f"{name}.svg").write_text(pilot.app.export_screenshot(), encoding="utf-8")
    told, path = picture(pilot.app), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert path.exists(), f"there is no golden picture {name}; make it with UPDATE_GOLDEN=1 and look at it"
    assert told == path.read_text(encoding="utf-8")
