"""What is written is read again: the same sheet, and from that the same bytes."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import replace
from pathlib import Path

import pytest
from csv_files import read_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.instants import EARLIEST, LATEST, SECOND
from ledger.domain.probability import from_float
from ledger.domain.words import clean_input
from ledger.errors import InputError
from ledger.formats.cells import escape
from ledger.formats.own_csv import RowBuilder, read_csv, sheet_columns, sheet_rows, write_csv
from ledger.formats.own_csv.parts import append
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
NOW = 1_700_000_000 * SECOND
LETTERS = st.sampled_from("ab=+-@＝'\t\r\n\",;\\ é雨1\u2028\x0b\x1c") | st.characters(exclude_categories=["Cs"])


def cleaned(text: str) -> str:
    try:
        return clean_input(text, "x")
    except InputError:
        return ""


texts = st.text(LETTERS, max_size=12).map(cleaned)
names = texts.filter(bool)
some_text = texts.map(lambda text: text or None)
instants = st.integers(EARLIEST, LATEST) | st.integers(0, 3).map(lambda seconds: NOW + seconds * SECOND)
probabilities = st.floats(0, 1).map(from_float)


@st.composite
def questions(draw: st.DrawFn, key: str, earlier: list[SheetQuestion]) -> SheetQuestion:
    kind = draw(st.sampled_from(["binary", "binary", "choice", "ordered", "numeric"]))
    options = draw(st.lists(names, min_size=1, max_size=4, unique=True)) if kind in {"choice", "ordered"} else []
    outcomes = {"binary": ["yes", "no", "0.3"], "numeric": ["-12.5", "0"]}.get(kind, options)
    question = SheetQuestion(key, draw(names), draw(st.integers(NOW, LATEST)), kind, options)
    question.outcome = draw(st.sampled_from([None, "void", *outcomes]))
    grounds, question.criteria, question.source_url = draw(some_text), draw(some_text), draw(some_text)
    question.opened_at = draw(st.none() | st.integers(EARLIEST, NOW - 1))
    question.zone = draw(st.sampled_from([None, "Europe/Berlin"]))
    question.tags = tuple(draw(st.lists(names, max_size=3, unique=True)))
    question.evidence, question.void_reason = (None, grounds) if question.outcome == "void" else (grounds, None)
    if question.outcome is not None:
        question.known_at = draw(st.none() | instants)
    if earlier and (needed := draw(st.sampled_from(earlier))).kind != "numeric" and draw(st.booleans()):
        question.condition = needed.key, draw(st.sampled_from(needed.options or ["yes", "no"]))
    return question


def vector(draw: st.DrawFn, options: int) -> tuple[str, ...]:
    certain = draw(st.integers(0, options - 1))
    even = options == 2 and draw(st.booleans())
    return ("0.25", "0.75") if even else tuple("1" if place == certain else "0" for place in range(options))


@st.composite
def statements(draw: st.DrawFn, question: SheetQuestion) -> tuple[object, Extra]:
    extra = Extra(reason=draw(some_text), comment=draw(some_text))
    if draw(st.integers(0, 5)) == 0:
        extra.withdrawn = True
        return None, extra
    extra.hedge, extra.term, extra.scale = draw(some_text), draw(some_text), draw(some_text)
    if question.kind == "numeric":
        extra.quantiles = draw(st.sampled_from([(("0.5", "1"),), (("0.1", "-3.5"), ("0.5", "-3.5"), ("0.9", "100"))]))
        return None, extra
    if question.options:
        extra.vector = vector(draw, len(question.options))
        return None, extra
    low, value, high = sorted((draw(probabilities) for _ in range(3)), key=lambda probability: probability.value)
    if draw(st.booleans()):
        extra.low, extra.high = low, high
    return value, extra


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet; two statements of one moment differ, since a named forecaster's identical ones are merged."""
    sheet = Sheet("f.csv", forecasters=draw(st.lists(names, min_size=1, max_size=3, unique=True)))
    keys = draw(st.lists(names.filter(lambda key: "=" not in key), max_size=4, unique=True))
    moments: set[tuple[int, int, int]] = set()
    for place, key in enumerate(keys):
        question = draw(questions(key, sheet.questions))
        question.first_row = len(sheet)
        sheet.questions.append(question)
        for _ in range(draw(st.integers(0, 3))):
            of = draw(st.integers(0, place))
            who = of, draw(st.integers(0, len(sheet.forecasters) - 1)), draw(instants)
            if who in moments and sheet.forecasters[who[1]] != "unknown":
                continue
            moments.add(who)
            value, extra = draw(statements(sheet.questions[of]))
            row = append(sheet, who, value, 0)  # type: ignore[arg-type]
            if extra != Extra():
                sheet.extras[row] = extra
    return sheet


def written(sheet: Sheet) -> bytes:
    columns, stream = sheet_columns(sheet), io.StringIO(newline="")
    write_csv(sheet_rows(sheet, columns), columns, stream)
    return stream.getvalue().encode()


def told(sheet: Sheet) -> list[object]:
    """A sheet in the words of its statements, whatever the places and lines."""
    said = [
        (sheet.questions[question].key, sheet.forecasters[forecaster], made_at, probability and probability.value)
        for question, forecaster, made_at, probability in zip(
            sheet.question_of, sheet.forecaster_of, sheet.made_at, sheet.probability, strict=True
        )
    ]
    return [[replace(question, line=0) for question in sheet.questions], said, sheet.extras, sheet.notes]


@given(sheets())
@settings(max_examples=120, deadline=None)
def test_any_sheet_is_read_as_it_was_written(sheet: Sheet) -> None:
    data = written(sheet)
    again = read_bytes(data)
    assert told(again) == told(sheet)
    assert written(again) == data


@given(sheets())
@settings(max_examples=40, deadline=None)
def test_no_cell_that_is_written_is_a_formula_but_for_numbers(sheet: Sheet) -> None:
    numbers = {"outcome", "value", "quantile", "probability"}
    for row in csv.DictReader(io.StringIO(written(sheet).decode(), newline="")):
        texts = [cell for column, cell in row.items() if column not in numbers]
        assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) for cell in texts)


def test_the_bytes_are_plain() -> None:
    sheet = read_bytes(
        b"question_id,title,forecaster,probability,forecast_at,deadline,outcome,evidence\r\n"
        b'q1,"A, or ""B""?",,70%,2024-01-01T01:00:00+01:00,2024-12-31T00:00:00Z,yes,-\r\n'
    )
    assert written(sheet).decode() == (
        "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags,evidence\n"
        'q1,"A, or ""B""?",unknown,0.7,2024-01-01T00:00:00Z,,2024-12-31T00:00:00Z,,1,,\'-\n'
    )


def test_a_carriage_return_in_a_cell_is_quoted() -> None:
    stream = io.StringIO(newline="")
    assert write_csv([["a\rb", "c"], ["", "\n"]], ["x", "y"], stream) == 2
    assert stream.getvalue() == 'x,y\n"a\rb",c\n,"\n"\n'


def test_a_value_without_a_column_is_not_written() -> None:
    question = SheetQuestion("q1", "=Title", NOW, criteria="some")
    builder = RowBuilder(["forecaster", "title", "probability", "forecast_at"])
    assert builder.plain(question, "@ann", NOW, "0.7") == ["'@ann", escape("=Title"), "0.7", "2023-11-14T22:13:20Z"]
    assert builder.plain(question, "bob", NOW, "1")[0] == "bob"


@pytest.mark.parametrize(
    ("file", "statements", "questions", "merged"),
    [
        ("niamey2016/forecasts.csv", 368, 92, 0),
        ("nfl_elo/forecasts.csv", 16_810, 16_810, 0),
        ("replication_markets/forecasts.csv", 7_848, 103, 1),
        ("replication_markets/survey_forecasts.csv", 7_377, 103, 0),
    ],
)
def test_real_files_are_read_whole_and_come_out_as_they_were(
    file: str, statements: int, questions: int, merged: int
) -> None:
    if not (DATA / file).exists():
        pytest.skip(f"shared/data/{file} is not at hand")
    sheet = read_csv(DATA / file)
    assert (len(sheet), len(sheet.questions), len(sheet.notes)) == (statements, questions, merged)
    data = written(sheet)
    assert written(read_bytes(gzip.compress(data))) == data
    given_rows = csv.DictReader(io.StringIO((DATA / file).read_text("utf-8"), newline=""))
    stated = [
        (row["question_id"], row["probability"], row["forecast_at"])
        for row in csv.DictReader(io.StringIO(data.decode()))
    ]
    assert len(stated) == statements
    assert {(row["question_id"], float(row["probability"]), row["forecast_at"]) for row in given_rows} == {
        (key, float(probability), time) for key, probability, time in stated
    }
