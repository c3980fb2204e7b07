"""Speed of the command line: ratios of CPU time against a named peer in one run, never asserted by the clock.

``pytest tests/benchmarks/test_processes.py -n 0 -s --benchmark-enable --benchmark-only`` prints a line for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.processes import FORECAST, PYTHON, compiled, in_turn, run

DATA = Path(__file__).parents[3] / "shared" / "data" / "fte_big" / "forecasts.csv.gz"
QUESTIONS = 10_000
HELLO = "import click\n@click.command()\ndef hello():\n    click.echo('hello')\nhello()"
JRNL = """
version: {version}
journals: {{default: {{journal: {journal}}}}}
editor: ''
encrypt: false
template: false
default_hour: 9
default_minute: 0
timeformat: '%F %H:%M'
tagsymbols: '@'
highlight: true
linewrap: 79
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
"""
PANDAS = """
import sqlite3, sys, pandas
frame = pandas.read_csv(sys.argv[1])
store = sqlite3.connect(sys.argv[2])
frame.to_sql("forecasts", store, if_exists="replace")
store.commit()
"""
GROUP = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
rows = store.execute(
    "SELECT f.probability, q.value, COUNT(*) FROM forecast f NOT INDEXED JOIN question q ON q.id = f.question_id "
    "GROUP BY 1, 2"
).fetchall()
print(len(rows))
"""


def told(benchmark: Any, name: str, limit: float, ours: Sequence[str], peer: Sequence[str], home: Path, n: int) -> None:
    """Time both in turn, and tell the ratio beside the limit that the project set itself."""
    times: list[tuple[float, float]] = []
    benchmark.pedantic(lambda: times.append(in_turn(ours, peer, home, n)), rounds=1, iterations=1)
    mine, theirs = times[0]
    benchmark.extra_info.update(ours=mine, peer=theirs, ratio=mine / theirs, limit=limit)
    print(f"\n{name}: {mine:.3f} s against {theirs:.3f} s, ratio {mine / theirs:.2f} (at most {limit:g})")


def once(benchmark: Any, name: str, limit: float, ours: Sequence[str], theirs: float, home: Path) -> None:
    """Time a long command once, against what the peer took just before."""
    times: list[float] = []
    benchmark.pedantic(lambda: times.append(run(ours, home)), rounds=1, iterations=1)
    mine = times[0]
    benchmark.extra_info.update(ours=mine, peer=theirs, ratio=mine / theirs, limit=limit)
    print(f"\n{name}: {mine:.1f} s against {theirs:.1f} s, ratio {mine / theirs:.2f} (at most {limit:g})")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A ledger of ten thousand questions, and a journal of ten thousand entries for jrnl."""
    pytest.importorskip("jrnl")
    folder = tmp_path_factory.mktemp("home")
    compiled()
    header = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags\n"
    lines = (
        f"q{at},Will thing number {at} happen before the end of the year?,me,0.{1 + at % 9},2024-01-01T00:00:00Z,"
        f",2024-{1 + at % 12:02}-28T00:00:00Z,,{'' if at % 3 else at % 2},t{at % 7}\n"
        for at in range(QUESTIONS)
    )
    (folder / "many.csv").write_text(header + "".join(lines))
    run([*FORECAST, "init"], folder)
    run([*FORECAST, "import", str(folder / "many.csv")], folder)
    entries = (
        f"[2024-01-{1 + at % 28:02} 09:00] Thing number {at}.\nIt may happen @t{at % 7}\n\n" for at in range(QUESTIONS)
    )
    (folder / "journal.txt").write_text("".join(entries))
    (folder / "jrnl.yaml").write_text(JRNL.format(version=version("jrnl"), journal=folder / "journal.txt"))
    yield folder


def test_help_against_a_click_hello_world(benchmark: Any, home: Path) -> None:
    told(benchmark, "forecast --help / click", 2, [*FORECAST, "--help"], [PYTHON, "-c", HELLO], home, 15)


@pytest.mark.parametrize("command", [("list",), ("due",), ("show", "q77")])
def test_reading_against_jrnl(benchmark: Any, home: Path, command: tuple[str, ...]) -> None:
    peer = [PYTHON, "-m", "jrnl", "--config-file", str(home / "jrnl.yaml"), "-n", "3"]
    told(benchmark, f"forecast {command[0]} / jrnl -n 3", 0.5, [*FORECAST, *command], peer, home, 5)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder for the ledger of 1.17 million forecasts."""
    if not DATA.exists():
        pytest.skip("../shared/data/fte_big is not here")
    compiled()
    return tmp_path_factory.mktemp("big")


def test_import_against_pandas_to_sql(benchmark: Any, big: Path) -> None:
    run([*FORECAST, "init"], big)
    peer = [PYTHON, "-c", PANDAS, str(DATA), str(big / "pandas.db")]
    once(benchmark, "import of fte_big / pandas", 6, [*FORECAST, "import", str(DATA)], run(peer, big), big)


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_checking_against_the_import(benchmark: Any, big: Path, command: str) -> None:
    fresh = big / "again"
    fresh.mkdir(exist_ok=True)
    (fresh / "ledger.db").unlink(missing_ok=True)
    run([*FORECAST, "init"], fresh)
    imported = run([*FORECAST, "import", str(DATA)], fresh)
    once(benchmark, f"{command} / import", 1, [*FORECAST, command], imported, fresh)


def test_score_of_last_statements_against_grouping_all(benchmark: Any, big: Path) -> None:
    peer = [PYTHON, "-c", GROUP, str(big / "ledger.db")]
    ours = [*FORECAST, "score", "--policy", "last", "--json"]
    told(benchmark, "score --policy last / GROUP BY", 1.5, ours, peer, big, 7)
