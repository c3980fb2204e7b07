"""Real forecasts with known scores, from file to figures and back.

The figures are those of ``expected.json`` beside each file; for Niamey also the published decomposition, README
of reliabilitydiag (Dimitriadis, Gneiting and Jordan 2021), in full digits by R's ``isoreg``.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import COMMAND, Process, Quick, Surroundings

SETS = ("niamey2016/forecasts.csv", "replication_markets/forecasts.csv", "replication_markets/survey_forecasts.csv")
SMALL = (SETS[0], SETS[2])
NFL = "nfl_elo/forecasts.csv"
FTE = "fte_big/forecasts.csv.gz"
POLICIES = ("time-average", "last", "first", "all")
ONE_WORKER = pytest.mark.xdist_group("million")  # so that what takes longest is imported once
BIG = pytest.param(NFL, marks=pytest.mark.slow)
PRICES = pytest.param(SETS[1], marks=pytest.mark.slow)
MEMORY = 500_000
"""Kilobytes that the import of a million forecasts may hold."""


class Sets:
    """Ledgers that hold one set each, imported when first asked for."""

    def __init__(self, shared: Path, folder: Path) -> None:
        self.shared, self._folder, self._made = shared, folder, dict[str, Quick]()

    def file(self, name: str) -> Path:
        return self.shared / name

    def expected(self, name: str) -> dict[str, Any]:
        told = json.loads((self.shared / name).with_name("expected.json").read_text())
        found: dict[str, Any] = told["ledger"][Path(name).name]
        return found

    def new(self, name: str) -> Quick:
        quick = Quick(Surroundings(self._folder, self._folder / f"{name.replace('/', '-')}.db"))
        quick("init")
        return quick

    def __getitem__(self, name: str) -> Quick:
        if name not in self._made:
            quick = self._made[name] = self.new(name)
            quick("import", self.file(name))
        return self._made[name]


@pytest.fixture(scope="module")
def sets(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sets]:
    folder = tmp_path_factory.mktemp("sets")
    yield Sets(shared_data, folder)
    for ledger in folder.glob("*.db"):
        ledger.unlink()


def check_figures(score: dict[str, Any], expected: dict[str, Any], policy: str) -> None:
    """Hold a score against the counts and the figures of one policy."""
    for count, value in expected["counts"].items():
        assert score["counts"][count] == value, count
    card, figures = score["overall"], expected["policies"][policy]
    assert card["n"] == figures["n"]
    assert card["brier"] == pytest.approx(figures["brier"], abs=1e-9, rel=0)
    assert card["brier_original"] == pytest.approx(2 * figures["brier"], abs=1e-9, rel=0)
    if figures["log_score"] == "infinite":
        assert card["log_score"] is None
        assert card["log_score_infinite"] == figures["log_score_infinite_rows"]
    else:
        assert card["log_score"] == pytest.approx(figures["log_score"], abs=1e-9, rel=0)
        assert card["log_score_infinite"] == 0


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", [*SETS, NFL])
def test_counts_and_figures_are_those_expected(sets: Sets, name: str, policy: str) -> None:
    score = sets[name]("score", "--policy", policy, "--resamples", 2, "--json").json()
    check_figures(score, sets.expected(name), policy)


DECOMPOSED = {
    "EMOS": (0.232025179368, 0.018282943343, 0.030468539022, 0.244210775047),
    "ENS": (0.266167674299, 0.066072228280, 0.044115329028, 0.244210775047),
}
PUBLISHED = (0.232, 0.0183, 0.0305, 0.244)
PARTS = ("brier", "miscalibration", "discrimination", "uncertainty")


def test_niamey_has_its_published_decomposition(sets: Sets) -> None:
    score = sets[SETS[0]]("score", "--by", "forecaster", "--policy", "last", "--json").json()
    groups = {group["value"]: group for group in score["groups"]}
    assert groups.keys() == {"EMOS", "ENS", "EPC", "Logistic"}
    for forecaster, figures in DECOMPOSED.items():
        group = groups[forecaster]
        assert group["n"] == 92
        assert group["base_rate"] == pytest.approx(53 / 92, abs=1e-12)
        assert [group[part] for part in PARTS] == pytest.approx(figures, abs=1e-12, rel=0)
    digits = (3, 4, 4, 3)
    assert tuple(round(groups["EMOS"][part], to) for part, to in zip(PARTS, digits, strict=True)) == PUBLISHED


def cells(path: Path) -> list[dict[str, str | float]]:
    """The rows of a CSV: the probability a float64, nobody ``unknown``, other empty cells left out."""
    with path.open(newline="", encoding="utf-8") as stream:
        rows = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(stream)]
    return [{"forecaster": "unknown", **row, "probability": float(row["probability"])} for row in rows]


def without_repeats(rows: list[dict[str, str | float]]) -> list[dict[str, str | float]]:
    """The rows, each identical one of a named forecaster only once."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        told = tuple(sorted(row.items()))
        if row["forecaster"] == "unknown" or told not in seen:
            kept.append(row)
        seen.add(told)
    return kept


@pytest.mark.parametrize("name", [*SETS, BIG])
def test_what_was_imported_comes_out_unchanged(sets: Sets, name: str, tmp_path: Path) -> None:
    sets[name]("export", "-o", tmp_path / "out.csv")
    found, given = cells(tmp_path / "out.csv"), cells(sets.file(name))
    for row in found:
        if row.get("outcome") == "void":
            row.pop("evidence", None)
    assert found == without_repeats(given)


@pytest.mark.parametrize("name", [*SETS, BIG])
def test_csv_out_and_in_and_out_again_is_byte_equal(sets: Sets, name: str, tmp_path: Path) -> None:
    sets[name]("export", "-o", tmp_path / "first.csv")
    again = sets[name].on(tmp_path / "again.db")
    again("init")
    again("import", tmp_path / "first.csv")
    again("export", "-o", tmp_path / "second.csv.gz")
    assert gzip.decompress((tmp_path / "second.csv.gz").read_bytes()) == (tmp_path / "first.csv").read_bytes()
    assert again("score", "--json").json()["overall"] == sets[name]("score", "--json").json()["overall"]


@pytest.mark.parametrize("name", [*SMALL, PRICES, BIG])
def test_the_journal_out_and_in_has_the_same_chain_head_and_scores(sets: Sets, name: str, tmp_path: Path) -> None:
    first = sets[name]
    first("export", "-o", tmp_path / "first.jsonl")
    again = first.on(tmp_path / "again.db")
    again("init")
    again("import", tmp_path / "first.jsonl")
    again("export", "-o", tmp_path / "second.jsonl")
    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
    for reading in (("journal", "--limit", 3, "--json"), ("score", "--json"), ("due", "--json")):
        assert again(*reading).out == first(*reading).out
    assert again("verify", "--json").json()["head"] == first("verify", "--json").json()["head"]


def size(quick: Quick) -> int:
    found: int = quick("journal", "--limit", 1, "--json").json()["size"]
    return found


@pytest.mark.parametrize("name", [*SMALL, PRICES, BIG])
def test_importing_again_adds_nothing(sets: Sets, name: str, tmp_path: Path) -> None:
    """Neither the same file, nor the ledger's own export, nor its journal."""
    ledger = sets[name]
    before = size(ledger)
    ledger("export", "-o", tmp_path / "own.csv")
    ledger("export", "-o", tmp_path / "own.jsonl")
    for file in (sets.file(name), tmp_path / "own.csv", tmp_path / "own.jsonl"):
        answer = ledger("import", file, "--json").json()
        assert answer.get("statements", 0) == answer.get("entries", 0) == 0
        assert size(ledger) == before


def test_a_dry_run_says_what_would_come_in_and_writes_nothing(sets: Sets, tmp_path: Path) -> None:
    quick = sets[SETS[0]].on(tmp_path / "new.db")
    quick("init")
    before = quick.ledger.read_bytes()
    answer = quick("import", sets.file(SETS[0]), "--dry-run", "--json").json()
    assert (answer["questions"], answer["statements"]) == (92, 368)
    assert quick.ledger.read_bytes() == before


CHANGES = {
    "title": (b"Will it rain at Niamey on 2016-07-01?", b"Does it rain at Niamey on 2016-07-01?"),
    "deadline": (b"2016-07-01T23:59:59Z,2016-07-01T23:59:59Z", b"2016-07-02T23:59:59Z,2016-07-01T23:59:59Z"),
    "outcome": (b"2016-07-01T23:59:59Z,2016-07-01T23:59:59Z,0", b"2016-07-01T23:59:59Z,2016-07-01T23:59:59Z,1"),
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_later_file_that_says_otherwise_is_refused_unless_it_supersedes(
    sets: Sets, field: str, tmp_path: Path
) -> None:
    quick = sets[SETS[0]].on(tmp_path / "new.db")
    quick.ledger.write_bytes(sets[SETS[0]].ledger.read_bytes())
    before, changed = CHANGES[field]
    content = sets.file(SETS[0]).read_bytes()
    assert content.count(before) == 4
    (tmp_path / "later.csv").write_bytes(content.replace(before, changed))

    unchanged = quick.ledger.read_bytes()
    refusal = quick("import", tmp_path / "later.csv", status=1).err
    assert refusal.count("\n") == 1
    for word in ("later.csv, line 2", "niamey-2016-07-01", field, "--supersede"):
        assert word in refusal
    assert "without --supersede" in quick("import", tmp_path / "later.csv", "--dry-run").err
    assert quick.ledger.read_bytes() == unchanged

    entries = size(quick)
    quick("import", tmp_path / "later.csv", "--supersede")
    assert size(quick) == entries + 1
    assert quick("import", tmp_path / "later.csv", "--json").json()["changes"] == 0
    assert size(quick) == entries + 1
    quick("verify")


@pytest.fixture(scope="module")
def big(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, int]]:
    """A ledger of a million forecasts, and the most memory that its import held, in kilobytes."""
    folder = tmp_path_factory.mktemp("big")
    forecast = Process(Surroundings(folder, folder / "ledger.db"))
    forecast("init")
    yield forecast, _peak(forecast, "import", shared_data / FTE)
    forecast.ledger.unlink()


@pytest.mark.slow
@ONE_WORKER
def test_the_import_of_a_million_forecasts_stays_within_its_memory(big: tuple[Process, int]) -> None:
    assert big[1] < MEMORY


@pytest.mark.slow
@ONE_WORKER
@pytest.mark.parametrize("policy", POLICIES)
def test_the_figures_of_a_million_forecasts(big: tuple[Process, int], sets: Sets, policy: str) -> None:
    score = big[0]("score", "--policy", policy, "--resamples", 2, "--json").json()
    check_figures(score, sets.expected(FTE), policy)


@pytest.mark.slow
@ONE_WORKER
def test_a_million_forecasts_verify(big: tuple[Process, int]) -> None:
    assert _peak(big[0], "verify") < MEMORY


def _peak(forecast: Process, *arguments: object) -> int:
    """Run a command that must succeed; the most memory that it held, in kilobytes."""
    told = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(told, env=forecast.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        assert run.stderr is not None
        said = run.stderr.read()
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0, said.decode()
    return usage.ru_maxrss
