"""The stories of the terminal UI, told once through tmux with the real program."""

from __future__ import annotations

import csv
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.tmux import Tmux

FORECAST = Path(sys.executable).with_name("forecast")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A machine of somebody who was never here before."""
    told = {f"XDG_{name}_HOME": str(tmp_path) for name in ("DATA", "CONFIG", "STATE")}
    return told | {"FORECAST_ZONE": "UTC", "FORECAST_CLOCK": "2026-11-23T12:00:00Z", "HOME": str(tmp_path)}


def test_from_nothing_to_a_scored_article(env: dict[str, str], tmp_path: Path) -> None:
    with Tmux(str(FORECAST), env, tmp_path) as tmux:
        tmux.until("Your ledger will be the file", "start with the shipped article")
        tmux.press("Enter")
        tmux.until("Review (12)", "20 questions · 12 due")
        tmux.press("2")
        tmux.until("1 of 12", "Did it happen?", "front-collapses")
        for recorded in range(1, 14):
            tmux.glance()
            tmux.press("n")
            tmux.until(f"{recorded + 1} of", f"{recorded} recorded", "Did it happen?")
        tmux.glance()
        tmux.press("n")
        tmux.until("That was all: 14 recorded", "0.113 (0–1, lower is better), 13 of 19 scored")
        tmux.press("3")
        tmux.until("Brier 0.1133 (0–1, lower is better)", "0.0872–0.1352", "0 of 11")
        assert tmux.keys <= 60, "three minutes leave three seconds for each key"
        tmux.press("C-q")
    ledger = next(tmp_path.rglob("ledger.db"))
    states = dict(sqlite3.connect(ledger).execute("SELECT state, COUNT(*) FROM question GROUP BY state"))
    assert states == {"resolved": 14, "void": 6}


def test_a_review_with_an_undo_a_correction_and_a_snooze_then_a_filter(env: dict[str, str], tmp_path: Path) -> None:
    with Tmux(str(FORECAST), env, tmp_path) as tmux:

        def settle(key: str, *then: str) -> None:
            tmux.glance()
            tmux.press(key)
            tmux.until(*then)

        tmux.until("start with the shipped article")
        tmux.press("Enter")
        tmux.until("Review (12)")
        tmux.press("2")
        tmux.until("front-collapses", "Did it happen?")
        settle("n", "cuban-like-crisis", "1 recorded", "1 question fell with it: #14")
        settle("y", "russia-maximum-victory", "2 recorded")
        settle("z", "cuban-like-crisis", "due again")
        settle("n", "russia-maximum-victory", "2 recorded")
        settle("y", "west-asia-takes-priority", "3 recorded")
        settle("b", "russia-maximum-victory")
        settle("n", "Settled already: yes", "u put yours in its place")
        settle("u", "west-asia-takes-priority", "russia-maximum-victory: no")
        tmux.glance()
        tmux.press("w")
        tmux.until("in 2 weeks")
        tmux.type("in 2 weeks")
        tmux.press("Enter")
        tmux.until("israel-or-iran-strikes", "Did it happen?")
        tmux.press("1")
        tmux.until("20 questions")
        tmux.until("filter: tag:x")
        tmux.press("/")
        tmux.until("/ Filter  f1 Help")
        tmux.type('status:due "Will Poland"')
        tmux.until("1 question found", "very tough sell")
        tmux.press("Enter")
        tmux.until("⏎ Open", "very tough sell")
        tmux.press("Enter")
        tmux.until("#4 Will Poland commit troops", "criteria", "forecasts over time")
        tmux.press("C-q")
    with sqlite3.connect(next(tmp_path.rglob("ledger.db"))) as store:
        outcomes = dict(store.execute("SELECT key, outcome FROM question WHERE outcome IS NOT NULL"))
        snoozed = store.execute("SELECT COUNT(*) FROM snooze").fetchone()
    assert outcomes == {"front-collapses": "no", "cuban-like-crisis": "no", "russia-maximum-victory": "no"}
    assert snoozed == (1,)


def test_a_filter_an_edit_with_its_reason_and_an_export(env: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with Tmux(str(FORECAST), env, tmp_path) as tmux:
        tmux.until("start with the shipped article")
        tmux.press("Enter")
        tmux.until("20 questions · 12 due")
        tmux.until("filter: tag:x")
        tmux.press("/")
        tmux.until("/ Filter  f1 Help")
        tmux.type('"Will Poland"')
        tmux.until("1 question found", "very tough sell")
        tmux.press("Enter")
        tmux.until("⏎ Open", "very tough sell")
        tmux.press("Enter")
        tmux.until("#4 Will Poland commit troops", "forecasts over time")
        tmux.press("e")
        tmux.until("Edit #4 Will Poland", "Record the edit", "nothing changes yet")
        tmux.press("End")
        tmux.type(" (told plainly)")
        tmux.until("+ title:")
        tmux.press("Enter")
        tmux.until("is empty: say why")
        tmux.type("the wording was loose")
        tmux.until("the wording was loose")
        tmux.press("Enter")
        tmux.until("#4 Will Poland commit troops", "(told plainly)", "forecasts over time")
        tmux.press("5")
        tmux.until("● import", "○ export")
        tmux.press("e")
        tmux.until("● export", "to file")
        tmux.type(str(target))
        tmux.until("out.csv")
        tmux.press("Enter")
        tmux.until("✓ exported", "20 rows written to")
        tmux.press("C-q")
    with target.open(encoding="utf-8", newline="") as lines:
        titles = {row["question_id"]: row["title"] for row in csv.DictReader(lines)}
    assert len(titles) == 20
    [told] = [title for title in titles.values() if title.startswith("Will Poland")]
    assert told.endswith(" (told plainly)")
    with sqlite3.connect(next(tmp_path.rglob("ledger.db"))) as store:
        assert store.execute("SELECT question_id, reason FROM edit").fetchall() == [(4, "the wording was loose")]
