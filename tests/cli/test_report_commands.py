"""``report`` and ``plot``: the form by the name, no file replaced unasked, nothing half-written, no word too many."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from running import COMMAND, Process, Quick

MAGIC = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<?xml"}
BEGINS = {"html": b"<!DOCTYPE html>", "md": b"# ", "csv": b"question,", "xlsx": b"PK", "json": b"{", "parquet": b"PAR1"}


@pytest.fixture
def settled(article: Quick) -> Quick:
    article("resolve", "cuban-like-crisis", "no")
    article("resolve", "israel-or-iran-strikes", "yes", "--evidence", "https://example.org/x")
    return article


@pytest.mark.parametrize("form", list(BEGINS))
def test_the_name_says_the_form(settled: Quick, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"report.{form}"
    answer = settled("report", "-o", path)
    assert path.read_bytes().startswith(BEGINS[form])
    assert answer.err == f"{form} report on 20 questions written to {path}\n"
    assert answer.out == b""
    assert settled("report", "--format", form).out == path.read_bytes()


def test_a_name_that_says_nothing_is_refused_with_those_that_do(settled: Quick, tmp_path: Path) -> None:
    answer = settled("report", "-o", tmp_path / "report.doc", status=1)
    assert "ends in none of .html, .md, .csv, .xlsx, .json, .parquet: end it in one, or say --format" in answer.err
    settled("report", "-o", tmp_path / "report.doc", "--format", "md")
    assert (tmp_path / "report.doc").read_bytes().startswith(b"# ")


def test_no_file_is_replaced_unless_by_force(settled: Quick, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("mine")
    assert "is there already" in settled("report", "-o", path, status=1).err
    assert path.read_text() == "mine"
    settled("report", "-o", path, "--force")
    assert path.read_text().startswith("# ")
    assert "is there already" in settled("plot", "reliability", "-o", _there(tmp_path / "x.png"), status=1).err


def _there(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--compare", "a", "b", "--question", "1"), "ask for one of them"),
        (("--question", "1", "--tag", "x"), "leave the filters out"),
        (("--compare", "a", "b", "--forecaster", "a"), "leave --forecaster out"),
        (("--question", "nothing-like-it"), "nothing-like-it"),
        (("--compare", "Andrew Korybko", "nobody"), "nobody"),
        (("--as-of", "99999"), "no such entry"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    settled: Quick, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = settled("report", *arguments, "-o", tmp_path / "r.html", status=1)
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert list(tmp_path.glob("*r.html*")) == []


def test_an_earlier_entry_has_its_own_report(settled: Quick) -> None:
    before = settled("report", "--as-of", "40", "--format", "json").json()
    assert (before["about"]["entry"], before["card"]["n"]) == (40, 0)
    assert settled("report", "--format", "json").json()["card"]["n"] == 2


@pytest.mark.parametrize("form", list(MAGIC))
@pytest.mark.parametrize("what", [("reliability",), ("trend",), ("history", "cuban-like-crisis")])
def test_a_single_picture(settled: Quick, tmp_path: Path, form: str, what: tuple[str, ...]) -> None:
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    settled("plot", *what, "-o", first)
    settled("plot", *what, "-o", second)
    assert first.read_bytes().startswith(MAGIC[form])
    assert first.read_bytes() == second.read_bytes()
    if form == "svg":
        root = ElementTree.parse(first).getroot()
        title, description = root[0], root[1]
        assert (title.tag.rpartition("}")[2], description.tag.rpartition("}")[2]) == ("title", "desc")
        assert len(description.text or "") > 30


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("history", "-o", "x.png"), 2, "needs its number or key"),
        (("trend", "3", "-o", "x.png"), 2, "narrow it with filters"),
        (("trend", "-o", "x.gif"), 1, "ends in none of .png, .svg, .pdf"),
        (("history", "front-collapses", "-o", "x.png"), 1, "no forecast that is a probability"),
        (("trend", "--tag", "none-such", "-o", "x.png"), 1, "no binary question is settled"),
    ],
)
def test_what_cannot_be_drawn_is_said(settled: Quick, arguments: tuple[str, ...], status: int, said: str) -> None:
    assert said in settled("plot", *arguments, status=status).err
    assert not Path("x.png").exists()


def test_ctrl_c_leaves_no_file(article: Quick, forecast: Process, tmp_path: Path) -> None:
    assert article.ledger == forecast.ledger
    path = tmp_path / "out" / "r.html"
    path.parent.mkdir()
    process = subprocess.Popen(
        [*COMMAND, "report", "-o", str(path)], env=forecast.environment(), stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not list(path.parent.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert said.strip() == "forecast: cancelled; nothing was written"
    assert list(path.parent.iterdir()) == []


def test_help_loads_neither_figures_nor_templates(forecast: Process) -> None:
    code = "import sys; from ledger.cli.app import forecast\ntry:\n forecast(['report', '--help'])\nfinally:\n"
    code += " sys.stderr.write(' '.join(sorted(set(sys.modules) & {'matplotlib', 'jinja2', 'numpy', 'xlsxwriter'})))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=forecast.environment(), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
