"""A process killed at any moment loses nothing that it acknowledged, and leaves nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from running import Quick

WORKER = Path(__file__).with_name("worker.py")
KILLS = 200
BATCHES = 4
WRITERS = 2


def work(act: str, quick: Quick, *arguments: object) -> Any:
    """What the worker answers."""
    told = [str(argument) for argument in (quick.around.home, quick.ledger, *arguments)]
    done = subprocess.run([sys.executable, WORKER, act, *told], capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def entries(quick: Quick) -> list[dict[str, Any]]:
    return [json.loads(line) for line in quick("export", "--format", "jsonl").out.splitlines()]


def recorded(quick: Quick) -> set[str]:
    """What the journal has, in the words of the worker's acknowledgements."""
    found = set()
    for entry in entries(quick):
        text = entry.get("text", {})
        if entry["kind"] == "question":
            found.add(f"add {text['key']}")
        elif entry["kind"] == "resolve":
            found.add(f"resolve {text['note']}")
        elif text.get("reason"):
            found.add(f"update {text['reason']}")
    return found


@pytest.mark.slow
def test_200_writes_killed_at_random_moments_lose_nothing_acknowledged(empty: Quick) -> None:
    acknowledged: list[str] = []
    for seed in range(BATCHES):
        acknowledged += work("kill", empty, seed, KILLS // BATCHES // WRITERS, WRITERS)
        assert [told for told in acknowledged if told.startswith("failed")] == []
        assert set(acknowledged) <= recorded(empty), f"seed {seed}"
        empty("verify")
    assert len(acknowledged) > KILLS / 4, "most writers were killed before they had written anything"
    _check_that_no_command_is_halved(empty)
    empty("rebuild")
    empty("verify")


def _check_that_no_command_is_halved(quick: Quick) -> None:
    commands = defaultdict(list)
    for entry in entries(quick):
        commands[entry["command"]].append(entry["kind"])
    assert all("forecast" in kinds for kinds in commands.values() if "question" in kinds)
    assert {kind for kinds in commands.values() for kind in kinds} == {"question", "forecast", "forecaster", "resolve"}


def sheet(rows: int) -> str:
    """A CSV of as many statements, ten a question."""
    lines = ["question_id,title,forecaster,probability,forecast_at,deadline,outcome"]
    lines += [
        f"q{row // 10},Is it {row // 10}?,ann,0.{row % 9 + 1},2024-01-01T00:0{row % 10}:00Z,2024-12-31T00:00:00Z,1"
        for row in range(rows)
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.slow
def test_an_import_killed_midway_leaves_nothing(empty: Quick, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(sheet(6000))
    for seed in range(4):
        ended = work("kill-import", empty, seed, 6, file)
        size = len(entries(empty))
        assert size == (7201 if ended[-1] else 0), f"seed {seed}"
        empty("verify")
        if ended[-1]:
            break
    empty("import", file)
    assert len(entries(empty)) == 7201
    empty("verify")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "in.csv", "ledger.db", "ledger.db.lock"]
