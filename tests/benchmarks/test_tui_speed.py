"""Speed of the terminal UI, the program started on a pseudo-terminal: CPU time against named peers in one run.

``pytest tests/benchmarks/test_tui_speed.py -n 0 -s --benchmark-enable --benchmark-only`` prints a line for each.
``LEDGER_QUESTIONS`` names how many questions the large ledger has (1,000,000; making it takes minutes), ``HARLEQUIN``
the program of that name, installed in an environment of its own.
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.processes import FORECAST, PYTHON, compiled, environment, run
from tests.terminal import Terminal

LARGE = int(os.environ.get("LEDGER_QUESTIONS", "1000000"))
SMALL = 10_000
ROUNDS, KEYS = 15, 15
HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello world")
Hello().run()
"""
TABLE = """
from textual.app import App
from textual.widgets import DataTable
class Table(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("#", "question", "forecast", "deadline", "status")
        table.add_rows((n, f"Question {n}: will it happen?", "70 %", "in 3 days", "open") for n in range(1, 1001))
Table().run()
"""
FIRST = "Question 1:"
EVERY_THIRD = "0.{probability:02},2025-06-01T00:00:00Z,2025-05-01T00:00:00Z,{deadline},{known},{outcome},tag{tag}"


def _lines(questions: int) -> Iterator[str]:
    yield "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags\n"
    words = ("rain", "election", "ceasefire", "inflation", "launch", "merger", "treaty", "strike", "verdict", "summit")
    for at in range(1, questions + 1):
        settled = at % 3 == 0
        deadline = f"{2026 if settled or at % 1000 == 1 else 2029}-01-{1 + at % 28:02}T12:00:00Z"
        rest = EVERY_THIRD.format(
            probability=at * 31 % 100, deadline=deadline, known=deadline if settled else "",
            outcome=at * 7919 % 100 < at * 31 % 100 if settled else "", tag=at % 20,
        )  # fmt: skip
        rest = rest.replace("True", "1").replace("False", "0")
        yield f"q{at},Question {at}: will the {words[at % 10]} of {words[at * 7 % 10]} happen?,me,{rest}\n"


def _ledger(folder: Path, questions: int) -> Path:
    """A home with a ledger of so many questions."""
    home = folder / str(questions)
    home.mkdir()
    (home / "many.csv").write_text("".join(_lines(questions)))
    run([*FORECAST, "init"], home)
    run([*FORECAST, "import", str(home / "many.csv")], home)
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Path]]:
    """Ledgers of ten thousand questions and of very many."""
    compiled()
    folder = tmp_path_factory.mktemp("homes")
    yield {questions: _ledger(folder, questions) for questions in (SMALL, LARGE)}
    shutil.rmtree(folder)


def _env(home: Path) -> dict[str, str]:
    told = environment(home) | {"FORECAST_CLOCK": "2026-11-23T12:00:00Z"}
    del told["NO_COLOR"]
    return told


@contextmanager
def opened(command: Sequence[str], home: Path, marker: str) -> Iterator[Terminal]:
    """A program on its own terminal, from the moment that ``marker`` is on its screen."""
    with Terminal(command, _env(home), 120, 36) as terminal:
        terminal.until(marker)
        yield terminal


def first_paint(command: Sequence[str], home: Path, marker: str) -> float:
    """CPU seconds until ``marker`` is on the screen."""
    with opened(command, home, marker) as terminal:
        return terminal.cpu()


def medians(*timed: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """The medians of several measurements taken in turn, after one round that does not count."""
    taken = [[one() for one in timed] for _ in range(rounds + 1)][1:]
    return [statistics.median(times) for times in zip(*taken, strict=True)]


def told(benchmark: Any, name: str, limit: float, mine: float, theirs: float) -> None:
    """Keep and print a ratio beside the limit that the project set itself."""
    benchmark.extra_info.update(ours=mine, peer=theirs, ratio=mine / theirs, limit=limit)
    print(
        f"\n{name}: {mine * 1000:.1f} ms against {theirs * 1000:.1f} ms, ratio {mine / theirs:.2f} (at most {limit:g})"
    )


def _measured(benchmark: Any, measure: Callable[[], list[float]]) -> list[float]:
    found: list[list[float]] = []
    benchmark.pedantic(lambda: found.append(measure()), rounds=1, iterations=1)
    return found[0]


def test_first_paint_against_a_textual_hello_world(benchmark: Any, homes: dict[int, Path]) -> None:
    hello = [PYTHON, "-c", HELLO]

    def measure() -> list[float]:
        return medians(
            lambda: first_paint(hello, homes[SMALL], "hello world"),
            lambda: first_paint(FORECAST, homes[SMALL], FIRST),
            lambda: first_paint(FORECAST, homes[LARGE], FIRST),
        )

    peer, small, large = _measured(benchmark, measure)
    told(benchmark, f"first paint of {SMALL:,} questions / hello world", 1.3, small, peer)
    told(benchmark, f"first paint of {LARGE:,} questions / of {SMALL:,}", 1.25, large, small)


def test_first_paint_against_harlequin(benchmark: Any, homes: dict[int, Path]) -> None:
    harlequin = os.environ.get("HARLEQUIN") or shutil.which("harlequin")
    if harlequin is None:
        pytest.skip("harlequin is not installed; HARLEQUIN names it")
    peer = [harlequin, "-a", "sqlite", str(homes[SMALL] / "ledger.db")]

    def measure() -> list[float]:
        return medians(
            lambda: first_paint(peer, homes[SMALL], "Query Editor"),
            lambda: first_paint(FORECAST, homes[SMALL], FIRST),
            rounds=5,
        )

    theirs, mine = _measured(benchmark, measure)
    told(benchmark, f"first paint of {SMALL:,} questions / harlequin", 0.5, mine, theirs)


def _key_costs(command: Sequence[str], home: Path, key: str, back: str) -> float:
    """CPU seconds from a key to its repaint, the median of several; ``back`` is pressed between them, untimed.

    What follows once the cursor rests (our preview) is no part of it.
    """
    with opened(command, home, FIRST) as terminal:
        terminal.quiet(1.0)
        costs = []
        for _ in range(KEYS):
            before = terminal.cpu()
            terminal.send(key)
            while not terminal.read(1):
                pass
            terminal.quiet(0.05)
            costs.append(terminal.cpu() - before)
            terminal.send(back)
            terminal.quiet(0.6)
        return statistics.median(costs)


DOWN, UP, PAGE_DOWN, PAGE_UP, END, HOME = "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "\x1b[F", "\x1b[H"
CTRL_END, CTRL_HOME = "\x1b[1;5F", "\x1b[1;5H"
MOVES = {
    "Down": ((DOWN, UP), (DOWN, UP)),
    "Page Down": ((PAGE_DOWN, PAGE_UP), (PAGE_DOWN, PAGE_UP)),
    "End": ((END, HOME), (CTRL_END, CTRL_HOME)),
}
"""A move and the way back, by our keys and by the stock table's."""


@pytest.mark.parametrize("move", MOVES)
def test_key_to_repaint_against_a_stock_table(benchmark: Any, homes: dict[int, Path], move: str) -> None:
    table, (ours, stock) = [PYTHON, "-c", TABLE], MOVES[move]

    def measure() -> list[float]:
        mine = [_key_costs(FORECAST, homes[questions], *ours) for questions in (SMALL, LARGE)]
        return [_key_costs(table, homes[SMALL], *stock), *mine]

    peer, small, large = _measured(benchmark, measure)
    told(benchmark, f"{move} in {SMALL:,} questions / stock DataTable of 1,000", 1.2, small, peer)
    told(benchmark, f"{move} in {LARGE:,} questions / stock DataTable of 1,000", 1.2, large, peer)


RESULTS = {
    "tag:tag3": "Question 3:",
    "status:due": "Question 1001:",
    "of treaty": "Question 8:",
    f"question {LARGE - 1}:": f"Question {LARGE - 1}:",
    "zebra": "0 questions found",
}
"""The first result of a filter line, as it stands in the table and not in the line; the last one has none."""


@pytest.mark.parametrize("line", RESULTS)
def test_filter_to_first_result(benchmark: Any, homes: dict[int, Path], line: str) -> None:
    def measure() -> list[float]:
        costs = []
        for _ in range(5):
            with opened(FORECAST, homes[LARGE], FIRST) as terminal:
                terminal.quiet(1.5)
                terminal.send("/")
                at, before = terminal.quiet(0.3), terminal.cpu()
                terminal.send(line)
                terminal.until(RESULTS[line], after=at)
                costs.append(terminal.cpu() - before)
        return [statistics.median(costs)]

    (mine,) = _measured(benchmark, measure)
    told(benchmark, f"filter {line!r} of {LARGE:,} questions, to the first result / 200 ms", 1, mine, 0.2)


def test_idle(benchmark: Any, homes: dict[int, Path]) -> None:
    def measure() -> list[float]:
        with opened(FORECAST, homes[LARGE], FIRST) as terminal:
            terminal.quiet(3)
            before = terminal.cpu()
            terminal.quiet(20, most=20)
            return [(terminal.cpu() - before) / 20]

    (mine,) = _measured(benchmark, measure)
    told(benchmark, "idle, per second / 1 % of a core", 1, mine, 0.01)
