"""Servers that restart and processes that are killed: what was acknowledged is there, and all of it once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from postgresql_servers import Cluster
from postgresql_stories import asked, recorded, said
from reminder_worker import CHANNELS
from test_reminders_killed import check, delivered

from ledger.services.maintain import verify
from ledger.services.opening import opened
from ledger.services.reminding import pending
from ledger.storage.location import Location

WORKER = Path(__file__).with_name("postgresql_worker.py")


def work(act: str, url: str, *arguments: object) -> Any:
    """What the worker answers."""
    environment = {"PATH": "", "PYTHONPATH": str(WORKER.parents[2]), "FORECAST_ZONE": "UTC"}
    told = [sys.executable, str(WORKER), act, url, *map(str, arguments)]
    done = subprocess.run(told, capture_output=True, timeout=600, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_of_eight_reminders_at_once_each_thing_is_said_once(url: str, tmp_path: Path) -> None:
    location, file = asked(url, 1), tmp_path / "said.txt"
    assert work("together", url, file, 8) == [0] * 8
    for name in CHANNELS:
        assert [sorted(items) for items in delivered(file, name)] == [[("due", number, 0) for number in (1, 2, 3)]]
        assert len(recorded(location, name)) == 1
    with opened(location, "2027-01-01T12:00:00Z") as book:
        assert [pending(book, name).message for name in CHANNELS] == [None, None]
    assert verify(location).ok


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_a_reminder_killed_at_any_point(url: str, tmp_path: Path, kills: int) -> None:
    location, file = asked(url, kills + 1), tmp_path / "said.txt"
    work("killed", url, file, kills, kills)
    lost = 0
    for name in CHANNELS:
        messages = delivered(file, name)
        lost += check(messages, recorded(location, name))
        assert {number for items in messages for _, number, _ in items} == set(range(1, 3 * kills + 4))
    assert lost <= kills, "each kill repeats no more than the one message that was in flight"
    assert verify(location).ok
    print(f"{kills} reminders killed: {lost} messages in flight were said again")


class Writers:
    """Processes that state forecasts as fast as they can, until they are told to stop."""

    def __init__(self, url: str, folder: Path, how_many: int) -> None:
        self._stop = folder / "stop"
        self._files = [folder / f"w{one}.txt" for one in range(how_many)]
        self._running = [self._writer(url, file) for file in self._files]

    def _writer(self, url: str, file: Path) -> subprocess.Popen[bytes]:
        environment = {"PATH": "", "PYTHONPATH": str(WORKER.parents[2]), "FORECAST_ZONE": "UTC"}
        told = [sys.executable, str(WORKER), "write", url, file.stem, str(self._stop)]
        with file.open("w") as out:
            return subprocess.Popen(told, stdout=out, stderr=subprocess.PIPE, env=environment)

    def lines(self) -> list[str]:
        """What they have said so far."""
        return [line for file in self._files for line in file.read_text().splitlines()]

    def end(self) -> tuple[list[str], list[str]]:
        """What was acknowledged, and what was refused."""
        self._stop.touch()
        for one in self._running:
            _, err = one.communicate(timeout=120)
            assert (one.returncode, err) == (0, b"")
        lines = self.lines()
        return [line.split()[1] for line in lines if line.startswith("ok ")], [
            line for line in lines if not line.startswith("ok ")
        ]


def hold_to_it(location: Location, acknowledged: list[str], refused: list[str]) -> None:
    """What was acknowledged is there, and nothing is there twice."""
    there = Counter(said(location))
    assert [token for token in acknowledged if there[token] != 1] == [], "lost or doubled"
    assert max(there.values()) == 1
    unknown = {line.split()[1] for line in refused if "is not known" in line}
    assert set(there) - set(acknowledged) <= unknown, "nothing is there that was refused"
    assert verify(location).ok


@pytest.mark.slow
def test_restarts_under_writers_lose_nothing_and_double_nothing(
    cluster: Cluster, rain: Location, url: str, tmp_path: Path
) -> None:
    writers, random = Writers(url, tmp_path, 4), Random(27)
    for number in range(5):
        before = len(writers.lines())
        while len(writers.lines()) < before + 40:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.1))
        cluster.restart("immediate" if number % 2 else "fast")
    acknowledged, refused = writers.end()
    hold_to_it(rain, acknowledged, refused)
    assert refused == [], "what was lost was done again before anybody heard of it"
    print(f"5 restarts: {len(acknowledged)} acknowledged, {len(said(rain))} there, {len(refused)} refused")


@pytest.mark.slow
def test_connections_that_are_ended_lose_nothing_and_double_nothing(
    cluster: Cluster, rain: Location, url: str, tmp_path: Path
) -> None:
    writers, random = Writers(url, tmp_path, 4), Random(40)
    ended = 0
    query = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'forecast: update%'"
    while ended < 40:
        time.sleep(random.uniform(0.0, 0.05))
        pids = [pid for (pid,) in cluster.sql(query)]
        if pids:
            [(hit,)] = cluster.sql(f"SELECT pg_terminate_backend({random.choice(pids)})")
            ended += bool(hit)
    acknowledged, refused = writers.end()
    hold_to_it(rain, acknowledged, refused)
    assert refused == []
    print(f"{ended} connections ended: {len(acknowledged)} acknowledged, {len(said(rain))} there")


def test_many_writers_at_once_take_their_turns(rain: Location, url: str, tmp_path: Path) -> None:
    writers = Writers(url, tmp_path, 2)
    while len(writers.lines()) < 60:
        time.sleep(0.02)
    acknowledged, refused = writers.end()
    hold_to_it(rain, acknowledged, refused)
    assert refused == []
