"""Five hundred hostile texts go out in every form of the ledger's table and come back; no cell is ever evaluated."""

from __future__ import annotations

import csv
import io
import random
import signal
import subprocess
import time
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from running import COMMAND, Process, Quick

from ledger.domain.words import clean_input
from ledger.formats.cells import escape

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    "'=",
    "''@",
    ";=",
    ",=",
    "|=",
    "%0A=",
    '"=',
    " =",
)
BODIES = (
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x")',
    "1+1",
    "SUM(A1:A9)",
    "<r><t>x</t></r>",
    "_x000D_",
    "<script>x</script>",
    "../../etc/passwd",
    "\x1b]52;c;eA==\x07",
    "\u202egpj.exe",
    "\\;a",
    "x\x0by",
    "é́",
    "名前",
    "😀",
    "{=1}",
    "&amp;",
    "--",
    "a\r\nb",
)
ENDS = ("", "\n=2+2")
HOSTILE = sorted({clean_input(start + body + end, "x") for start in STARTS for body in BODIES for end in ENDS})
COLUMNS = (
    "question_id",
    "title",
    "forecaster",
    "probability",
    "forecast_at",
    "deadline",
    "outcome",
    "tags",
    "comment",
    "criteria",
)
TEXTS = ("question_id", "title", "forecaster", "tags", "comment", "criteria")
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def table() -> bytes:
    """A ledger of those texts, each in every place where text goes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for at, text in enumerate(HOSTILE):
        tag = text.replace("\\", "\\\\").replace(";", "\\;")
        cells = [
            f"{text}{at}",
            text,
            text[:100],
            "0.7",
            "2024-01-01T00:00:00Z",
            "2024-12-31T00:00:00Z",
            "1",
            tag,
            text,
            text,
        ]
        writer.writerow([escape(cell) if name in TEXTS else cell for name, cell in zip(COLUMNS, cells, strict=True)])
    return stream.getvalue().encode()


@pytest.fixture
def hostile(empty: Quick, tmp_path: Path) -> Quick:
    """A ledger that holds them."""
    (tmp_path / "hostile.csv").write_bytes(table())
    empty("import", tmp_path / "hostile.csv")
    return empty


def test_they_go_out_as_text_and_come_back_as_they_were(
    hostile: Quick, templates: dict[str, Path], tmp_path: Path
) -> None:
    assert len(HOSTILE) >= 500
    out = {form: tmp_path / f"out.{form}" for form in ("csv", "xlsx", "parquet")}
    for file in out.values():
        hostile("export", "-o", file)
        assert file.stat().st_mode & 0o777 == 0o600
    for row in csv.DictReader(io.StringIO(out["csv"].read_bytes().decode(), newline="")):
        assert not any(str(row[name]).startswith(DANGEROUS) for name in TEXTS)
    page = openpyxl.load_workbook(out["xlsx"]).active
    assert page is not None
    for cells in page.iter_rows(min_row=2):
        assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
        assert all(
            cell.quotePrefix for cell in cells if str(cell.value).startswith(DANGEROUS) and cell.data_type == "s"
        )
    titles = pq.read_table(out["parquet"])["title"].to_pylist()
    assert sorted(set(titles)) == HOSTILE
    for form, file in out.items():
        other = hostile.on(tmp_path / f"{form}.db")
        other.ledger.write_bytes(templates["empty"].read_bytes())
        other("import", file)
        other("export", "-o", tmp_path / f"again-{form}.csv")
        assert (tmp_path / f"again-{form}.csv").read_bytes() == out["csv"].read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_nothing_is_overwritten_or_put_elsewhere(form: str, article: Quick, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / f"out.{form}", tmp_path / "elsewhere"
    target.write_text("mine")
    assert "is there already" in article("export", "-o", target, status=1).err
    assert target.read_text() == "mine"
    target.unlink()
    elsewhere.write_text("theirs")
    target.symlink_to(elsewhere)
    article("export", "-o", target, "--force")
    assert elsewhere.read_text() == "theirs"
    assert not target.is_symlink()
    article("export", "-o", tmp_path / "no" / f"x.{form}", status=1)
    assert sorted(path.name for path in tmp_path.glob("*.partial")) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_kill_leaves_no_part_of_a_file(form: str, forecast: Process, quick: Quick, tmp_path: Path) -> None:
    quick("init")
    head, row = ",".join(COLUMNS[:7]), "0.7,2024-01-01T00:00:00Z,2024-12-31T00:00:00Z,1"
    (tmp_path / "many.csv").write_text(head + "\n" + "".join(f"q{at},Rain {at}?,ann,{row}\n" for at in range(8_000)))
    quick("import", tmp_path / "many.csv")
    rng, target, killed = random.Random(5), tmp_path / f"out.{form}", 0
    for _ in range(15):
        told = [*COMMAND, "export", "-o", str(target), "--force"]
        child = subprocess.Popen(told, env=forecast.environment(), stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.3, 1.5))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        if target.exists():
            quick.on(quick.ledger)("import", target, "--dry-run")
            target.unlink()
    assert killed > 3
    quick("export", "-o", target)


@pytest.mark.parametrize("form", ["csv.gz", "xlsx", "parquet"])
def test_a_ledger_that_packs_well_is_no_bomb(
    form: str, empty: Quick, templates: dict[str, Path], tmp_path: Path
) -> None:
    criteria = "Yes if the sun rises; no otherwise. " * 250
    rows = (
        f"q1,Sun?,ann,0.5,2024-01-01T{at // 60:02}:{at % 60:02}:00Z,2025-01-01T00:00:00Z,,{criteria}"
        for at in range(1200)
    )
    (tmp_path / "long.csv").write_text(",".join((*COLUMNS[:7], "criteria")) + "\n" + "\n".join(rows) + "\n")
    empty("import", tmp_path / "long.csv")
    empty("export", "-o", tmp_path / f"out.{form}")
    assert (tmp_path / f"out.{form}").stat().st_size * 100 < (tmp_path / "long.csv").stat().st_size
    other = empty.on(tmp_path / "other.db")
    other.ledger.write_bytes(templates["empty"].read_bytes())
    other("import", tmp_path / f"out.{form}")
    assert other("export").out == empty("export").out
