"""A report on very many questions: small, in step with ``score``, and never half a file."""

from __future__ import annotations

import csv
import signal
import subprocess
import time
from pathlib import Path

import pytest
from report_ledgers import NAMES, row
from running import COMMAND, Process, Surroundings

QUESTIONS = 20_000
MOST_BYTES, MOST_TIMES = 5_000_000, 20

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Process:
    """A ledger of many questions, settled."""
    folder = tmp_path_factory.mktemp("large")
    forecast = Process(Surroundings(folder, folder / "ledger.db"))
    with (folder / "large.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        for at in range(QUESTIONS):
            writer.writerow(question(at))
    forecast("init")
    forecast("import", folder / "large.csv")
    return forecast


def question(at: int) -> list[str]:
    return row(
        question_id=f"k{at}", title=f"Will the team {at * 7919 % 9973} beat the team {at % 211}?", forecaster="model",
        probability=f"0.{at * 31 % 997:03}", forecast_at="2020-01-01T00:00:00Z", opened_at="2020-01-01T00:00:00Z",
        deadline=f"202{at % 6}-0{1 + at % 9}-02T00:00:00Z", outcome=str(int(at * 37 % 997 < at * 31 % 997)),
        tags=f"league {at % 8}",
    )  # fmt: skip


def taken(forecast: Process, *arguments: object) -> float:
    began = time.perf_counter()
    forecast(*arguments)
    return time.perf_counter() - began


def test_the_page_is_small_and_takes_no_twenty_scores(large: Process, tmp_path: Path) -> None:
    score = taken(large, "score")
    report = taken(large, "report", "-o", tmp_path / "r.html")
    size = (tmp_path / "r.html").stat().st_size
    print(f"score {score:.1f} s, report {report:.1f} s, {size:,} bytes")
    assert size < MOST_BYTES
    assert report < MOST_TIMES * score
    assert f"{QUESTIONS:,} questions" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_kill_leaves_nothing_under_the_name(large: Process, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    process = subprocess.Popen([*COMMAND, "report", "-o", str(path)], env=large.environment(), stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert not path.exists()
