"""The figures as tables: numbers are numbers, times have their zone, and what is read back is what the ledger says."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from running import Quick

DEADLINE = datetime(2026, 3, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def files(two: Quick, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report in each form that is a table."""
    folder = tmp_path_factory.mktemp("tables")
    made = {form: folder / f"r.{form}" for form in ("csv", "xlsx", "json", "parquet")}
    for path in made.values():
        two("report", "-o", path)
    return made


def test_parquet_reads_back_in_pandas_with_types_and_zones(two: Quick, files: dict[str, Path]) -> None:
    frame = pd.read_parquet(files["parquet"])
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert types["deadline"] == types["made_at"] == types["known_at"] == "datetime64[us, UTC]"
    assert (types["score"], types["question"]) == ("float64", "int64")
    asked = frame[frame.question_id == "q3"]
    assert set(asked.forecaster) == {"Ann", "Bo"}
    assert asked.deadline.iloc[0] == pd.Timestamp(DEADLINE)
    assert list(asked.tags.iloc[0]) == ["t0", "all"]
    scored = frame.dropna(subset="score")
    weighted = (scored.score * scored.weight).sum() / scored.weight.sum()
    assert weighted == pytest.approx(two("score", "--json").json()["overall"]["brier"], abs=1e-12)


def test_parquet_reads_back_in_duckdb_with_types_and_zones(files: dict[str, Path]) -> None:
    told = duckdb.sql(f"DESCRIBE SELECT * FROM '{files['parquet']}'").fetchall()
    types = {name: kind for name, kind, *_ in told}
    assert types["deadline"] == "TIMESTAMP WITH TIME ZONE"
    assert (types["tags"], types["withdrawn"], types["score"]) == ("VARCHAR[]", "BOOLEAN", "DOUBLE")
    sql = f"SELECT count(*), count(DISTINCT question), epoch(max(deadline)) FROM '{files['parquet']}'"
    assert duckdb.sql(sql).fetchall() == [(71, 41, datetime(2027, 1, 1, 23, 59, 59, tzinfo=UTC).timestamp())]


def test_csv_has_the_same_rows_as_parquet(files: dict[str, Path]) -> None:
    with files["csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    frame = pd.read_parquet(files["parquet"])
    assert list(rows[0]) == list(frame.columns)
    assert [row["question_id"] for row in rows] == list(frame.question_id)
    told = [float(row["score"]) for row in rows if row["score"]]
    assert told == frame.score.dropna().tolist()
    assert {row["deadline"] for row in rows} >= {"2026-03-15T00:00:00Z"}


def test_a_workbook_has_a_sheet_for_each_part(two: Quick, files: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.sheetnames == [
        "summary", "questions", "statements", "reliability", "trend", "slices", "words", "calls", "credibility",
    ]  # fmt: skip
    card = two("score", "--json").json()
    summary = {row[0]: row for row in book["summary"].iter_rows(values_only=True)}
    assert summary["brier"][1:4] == (card["overall"]["brier"], *card["overall"]["brier_interval"])
    assert summary["journal head"][1] == two("verify", "--json").json()["head"]
    questions = list(book["questions"].iter_rows(values_only=True))
    headings = dict(zip(questions[0], questions[1], strict=True))
    assert isinstance(headings["score"], float)
    assert headings["deadline (UTC)"] == datetime(2026, 2, 15)  # noqa: DTZ001
    assert len(questions) == 72
    assert len(list(book["statements"].iter_rows())) == 1 + card["counts"]["statements"]
    credibility = dict(book["credibility"].iter_rows(min_row=2, values_only=True))
    assert {name: credibility[name] for name in card["counts"]} == card["counts"]


def test_libreoffice_reads_the_same_figures(files: dict[str, Path], tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is absent")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2")
    command = [office, profile, "--headless", *convert, "--outdir", str(tmp_path), str(files["xlsx"])]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (made,) = tmp_path.glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8"))))
    frame = pd.read_parquet(files["parquet"])
    told = [float(row["score"]) for row in rows if row["score"]]
    assert told == pytest.approx(frame.score.dropna().tolist(), abs=1e-9)


def test_json_has_every_figure_and_null_for_what_is_not_there(two: Quick, files: dict[str, Path]) -> None:
    def never(word: str) -> Any:
        raise AssertionError(word)

    told = json.loads(files["json"].read_text(encoding="utf-8"), parse_constant=never)
    card = two("score", "--json").json()
    assert told["card"] == card["overall"]
    assert told["credibility"]["counts"] == card["counts"]
    assert {one["by"] for one in told["slices"]} == {"tag", "source", "forecaster", "horizon", "class"}
    by_tag = two("score", "--by", "tag", "--json").json()["groups"]
    slices = {one["by"]: one["rows"] for one in told["slices"]}
    assert [(one["label"], one["brier"]) for one in slices["tag"]] == [(one["value"], one["brier"]) for one in by_tag]
    assert len(told["questions"]) == 41
    assert told["questions"][0]["deadline"] == "2026-02-15T00:00:00Z"
    assert len(told["statements"]) == card["counts"]["statements"]


def test_an_empty_ledger_has_its_tables_too(empty: Quick, tmp_path: Path) -> None:
    for form in ("csv", "xlsx", "json", "parquet"):
        empty("report", "-o", tmp_path / f"e.{form}")
    assert len(pd.read_parquet(tmp_path / "e.parquet")) == 0
