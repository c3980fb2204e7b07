"""A reminder killed at any point says nothing twice but what was in flight, and loses nothing; of eight one speaks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from reminder_worker import CHANNELS
from running import Quick

from ledger.services.opening import opened
from ledger.services.reminding import pending
from ledger.storage.location import Location

WORKER = Path(__file__).with_name("reminder_worker.py")


def work(act: str, quick: Quick, said: Path, *arguments: int) -> Any:
    """What the worker answers."""
    environment = {"PATH": "", "PYTHONPATH": str(WORKER.parents[2]), "FORECAST_ZONE": "UTC"}
    told = [sys.executable, str(WORKER), act, str(quick.ledger), str(said), *map(str, arguments)]
    done = subprocess.run(told, capture_output=True, timeout=600, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def ask(quick: Quick, days: int) -> None:
    """Three questions for each day, due at six in the morning, all asked at once."""
    lines = ["question_id,title,forecaster,probability,forecast_at,opened_at,deadline,outcome"]
    lines += [
        f"d{day}n{one},Is it {day}?,ann,0.5,2026-12-01T00:00:00Z,2026-12-01T00:00:00Z,{_date(day)}T06:00:00Z,"
        for day in range(days)
        for one in range(3)
    ]
    file = quick.ledger.with_name("in.csv")
    file.write_text("\n".join(lines) + "\n")
    quick("import", file, clock="2026-12-31T00:00:00Z")
    quick("rules", "--stale", "off", "--repeat", "3,9", "--zone", "UTC", clock="2026-12-31T00:00:00Z")


def _date(day: int) -> str:
    from datetime import date, timedelta

    return str(date(2027, 1, 1) + timedelta(days=day))


Said = list[tuple[str, int]]


def recorded(quick: Quick, channel: str) -> list[Said]:
    """What the journal says was announced through a channel, message by message."""
    entries = [json.loads(line) for line in quick("export", "--format", "jsonl").out.splitlines()]
    facts = [entry["facts"] for entry in entries if entry["kind"] == "announced"]
    return [[(why, number) for why, number, _ in one["said"]] for one in facts if one["channel"] == channel]


@pytest.mark.parametrize("kills", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_a_reminder_killed_at_any_point(empty: Quick, tmp_path: Path, kills: int) -> None:
    ask(empty, kills + 1)
    said = tmp_path / "said.txt"
    lengths = work("killed", empty, said, kills, kills)
    lost = 0
    for name in CHANNELS:
        messages = delivered(said, name)
        lost += check(messages, recorded(empty, name))
        assert {number for items in messages for _, number, _ in items} == set(range(1, 3 * kills + 4))
    assert (kills > 100) <= lost <= kills, "each kill repeats no more than the one message that was in flight"
    grown = [after - before for before, after in zip([0, *lengths], lengths, strict=False)]
    assert len(set(grown)) > 1, "kills came at different points"
    empty("verify")
    assert sorted(path.name for path in empty.ledger.parent.iterdir() if "room" in path.name) == []


def delivered(said: Path, channel: str) -> list[list[tuple[str, int, int]]]:
    """The messages that came through a channel, as why, question and how often it was said before."""
    lines = [json.loads(line) for line in said.read_text().splitlines()]
    return [[(why, number, repeat) for why, number, repeat in items] for name, _, items in lines if name == channel]


def check(messages: list[list[tuple[str, int, int]]], kept: list[Said]) -> int:
    """Every recorded message was delivered, and no thing is in two of them; how many others were delivered."""
    waiting, each, lost = list(kept), Counter[tuple[str, int, int]](), 0
    for items in messages:
        if waiting and [(why, number) for why, number, _ in items] == waiting[0]:
            waiting.pop(0)
            each.update(items)
        else:
            lost += 1
    assert waiting == [], "nothing is recorded that was not said"
    assert max(each.values()) == 1, "nothing is said twice but what was in flight"
    return lost


def test_of_eight_reminders_at_once_each_thing_is_said_once(empty: Quick, tmp_path: Path) -> None:
    ask(empty, 1)
    said = tmp_path / "said.txt"
    assert work("together", empty, said, 8) == [0] * 8
    for name in CHANNELS:
        assert [sorted(items) for items in delivered(said, name)] == [[("due", number, 0) for number in (1, 2, 3)]]
        assert len(recorded(empty, name)) == 1
    with opened(Location(empty.ledger), "2027-01-01T12:00:00Z") as book:
        assert [pending(book, name).message for name in CHANNELS] == [None, None]
    empty("verify")
