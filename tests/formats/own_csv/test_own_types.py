"""The ledger's own table as a workbook and as Parquet: what goes out comes back, to the last bit."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import which

import duckdb
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import Quick
from test_own_csv_round_trip import sheets, told

from ledger.domain.probability import from_float, parse_probability, shortest_decimal
from ledger.errors import FileInputError, RefusedError
from ledger.formats.cells import escape
from ledger.formats.own_csv import sheet_columns, sheet_rows
from ledger.formats.own_parquet import read_parquet, write_parquet
from ledger.formats.own_table import TEXTS
from ledger.formats.own_xlsx import read_xlsx, write_xlsx
from ledger.formats.parquet_inside import read_rows
from ledger.formats.sheet import Sheet
from ledger.formats.xlsx.numbers import number_text, style_of

FORMS = {"xlsx": (write_xlsx, read_xlsx), "parquet": (write_parquet, partial(read_parquet, rows_of=read_rows))}
HEADER = ["question_id", "title", "forecaster", "probability", "forecast_at", "deadline", "outcome"]
PLAIN = ["q1", "Rain?", "ann", "0.7", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z", "1"]
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "'=1",
    "''",
    "<r><t>x</t></r>",
    "_x000D_",
)


def written(sheet: Sheet, form: str) -> bytes:
    columns, stream = sheet_columns(sheet), io.BytesIO()
    FORMS[form][0](sheet_rows(sheet, columns), columns, stream)
    return stream.getvalue()


def made(form: str, *rows: list[str], columns: list[str] = HEADER) -> bytes:
    stream = io.BytesIO()
    FORMS[form][0](rows, columns, stream)
    return stream.getvalue()


@pytest.mark.parametrize("form", FORMS)
@given(sheet=sheets())
@settings(max_examples=50, deadline=None)
def test_any_sheet_is_read_as_it_was_written(form: str, sheet: Sheet) -> None:
    data = written(sheet, form)
    again = FORMS[form][1](io.BytesIO(data), name="f.csv")
    assert told(again) == told(sheet)
    assert written(again, form) == data


def _small(bits: int) -> float:
    """A float64 between 0 and 1 by its bits: the tiny ones are as likely as the others."""
    return struct.unpack("<d", struct.pack("<Q", bits % 0x3FF0000000000001))[0]


@pytest.mark.parametrize("form", FORMS)
@given(values=st.lists(st.floats(0, 1) | st.integers(0, 2**62).map(_small), min_size=20, max_size=20))
@settings(max_examples=15, deadline=None)
def test_a_probability_comes_back_to_the_last_bit(form: str, values: list[float]) -> None:
    stated = [from_float(value) for value in values]
    data = made(form, *([f"q{at}", *PLAIN[1:3], one.decimal, *PLAIN[4:]] for at, one in enumerate(stated)))
    again = FORMS[form][1](io.BytesIO(data), name="f")
    assert [one and one.decimal for one in again.probability] == [one.decimal for one in stated]
    assert [struct.pack("<d", one.value) for one in again.probability if one] == [
        struct.pack("<d", one.value) for one in stated
    ]


@given(st.floats(0, 1))
def test_percent_is_the_same_number(value: float) -> None:
    text = number_text(repr(value), "percent")
    assert text is not None
    assert parse_probability(text).value == value


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("General", "number"),
        ("0.00%", "percent"),
        ("dd/mm/yyyy", "day"),
        ('yyyy\\-mm\\-dd"T"hh:mm:ss"Z"', "utc"),
        ("[$-409]d\\-mmm\\-yy;@", "day"),
        ("h:mm", "time"),
        ('0.0" days"', "number"),
        ("[h]:mm", "time"),
        ("#,##0", "number"),
        ("yyyy-mm-dd hh:mm", "time"),
    ],
)
def test_a_number_format_says_what_a_number_is(code: str, style: str) -> None:
    assert style_of(code) == style


@pytest.mark.parametrize(
    ("serial", "style", "text"),
    [
        ("45291", "day", "2023-12-31"),
        ("45291.75", "day", "2023-12-31T18:00:00"),
        ("45291.75", "utc", "2023-12-31T18:00:00Z"),
        ("60", "day", None),
        ("-1", "day", None),
        ("1e400", "number", None),
        ("1_0", "number", None),
        ("nan", "number", None),
        ("0.1", "number", "0.1"),
        ("7E-2", "percent", "7%"),
        ("1", "percent", "100%"),
        ("0.005", "percent", "0.5%"),
    ],
)
def test_a_number_is_the_text_that_people_would_write(serial: str, style: str, text: str | None) -> None:
    assert number_text(serial, style) == text  # type: ignore[arg-type]


def test_a_workbook_has_numbers_times_and_texts_and_no_formula() -> None:
    rows = [[f"q{at}", text, text, *PLAIN[3:]] for at, text in enumerate(HOSTILE)]
    data = made("xlsx", *(_escaped(row) for row in rows))
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}
    assert page["D2"].value == 0.7
    assert page["E2"].value == datetime(2024, 1, 1)  # noqa: DTZ001
    dangerous = [row for row in page.iter_rows(min_row=2, max_col=2, min_col=2) if str(row[0].value)[:1] in "=+-@"]
    assert len(dangerous) == 4
    assert all(row[0].quotePrefix for row in dangerous)
    again = read_xlsx(io.BytesIO(data), name="f")
    assert [question.title for question in again.questions] == [text.strip() for text in HOSTILE]


def _escaped(row: list[str]) -> list[str]:
    return [escape(cell) if name in TEXTS else cell for cell, name in zip(row, HEADER, strict=True)]


def test_parquet_has_types_and_zones_for_pandas_and_duckdb(tmp_path: Path) -> None:
    file = tmp_path / "x.parquet"
    file.write_bytes(made("parquet", PLAIN, ["q2", *PLAIN[1:3], "", "", PLAIN[5], ""]))
    frame = pd.read_parquet(file)
    assert str(frame["deadline"].dtype) == "datetime64[us, UTC]"
    assert frame["probability"].dtype == "float64"
    assert frame["forecast_at"][0] == datetime(2024, 1, 1, tzinfo=UTC)
    assert frame["forecast_at"].isna().tolist() == [False, True]
    found = duckdb.sql(f"SELECT typeof(deadline), typeof(probability), outcome FROM '{file}'").fetchall()
    assert found[0] == ("TIMESTAMP WITH TIME ZONE", "DOUBLE", "1")


def test_a_workbook_from_another_program_is_read() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([*HEADER, "zone"])
    page.append(["q1", "Rain?", "ann", 0.7, "2024-01-01T00:00:00Z", datetime(2024, 12, 31), True, "Europe/Berlin"])  # noqa: DTZ001
    page["F2"].number_format = "dd/mm/yyyy"
    page["D2"].number_format = "0%"
    book.create_sheet("notes").append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    sheet = read_xlsx(stream, name="mine.xlsx")
    stated = sheet.probability[0]
    assert stated is not None
    assert (sheet.questions[0].outcome, stated.value, stated.typed) == ("yes", 0.7, "70%")
    assert sheet.questions[0].deadline == 1_735_685_999_000_000
    assert sheet.notes == ["only the sheet 'Sheet' was read, not 'notes'"]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("=1/0", "the formula has no value"),
        ("#DIV/0!", "an error of the spreadsheet"),
        ("2", "is not between 0 and 1"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_its_place(cell: str, problem: str) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADER)
    page.append([*PLAIN[:3], cell, *PLAIN[4:]])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(FileInputError) as refused:
        read_xlsx(stream, name="mine.xlsx")
    assert str(refused.value).startswith("mine.xlsx, line 2, column probability: ")
    assert problem in str(refused.value)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("keep", [0.3, 0.7, 0.99])
def test_a_file_that_is_cut_short_is_refused(form: str, keep: float) -> None:
    data = made(form, PLAIN)
    with pytest.raises(FileInputError, match=r"damaged|no Parquet"):
        FORMS[form][1](io.BytesIO(data[: int(len(data) * keep)]), name="x")


def test_a_workbook_keeps_to_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.formats.xlsx.writing.MOST_ROWS", 2)
    with pytest.raises(RefusedError, match="export --format parquet"):
        made("xlsx", PLAIN, PLAIN, PLAIN)


def test_the_same_rows_give_the_same_bytes() -> None:
    for form in FORMS:
        assert made(form, PLAIN) == made(form, PLAIN)
    assert {info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(made("xlsx", PLAIN))).infolist()} == {1980}


@given(st.floats(-1e15, 1e15))
def test_numbers_of_a_workbook_are_decimals(value: float) -> None:
    assert number_text(repr(value), "number") == shortest_decimal(value)


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not at hand")
def test_a_workbook_comes_back_from_libreoffice(article: Quick, templates: dict[str, Path], tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.xlsx", tmp_path / "theirs"
    article("export", "-o", mine)
    told = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "xlsx"]
    subprocess.run([*told, "--outdir", str(theirs), str(mine)], check=True, capture_output=True, timeout=120)
    other = article.on(tmp_path / "other.db")
    other.ledger.write_bytes(templates["empty"].read_bytes())
    other("import", theirs / "mine.xlsx")
    assert other("export").out == article("export").out
