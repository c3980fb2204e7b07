"""Each fault of a file gets one line: where it is, and what to do."""

from __future__ import annotations

import pytest
from csv_files import ALL, read, read_bytes, row, text

from ledger.errors import FileInputError
from ledger.formats.own_csv import NEEDED


def refusal(data: bytes) -> FileInputError:
    with pytest.raises(FileInputError) as caught:
        read_bytes(data)
    assert str(caught.value).isprintable()
    return caught.value


CELLS = [
    ("probability", "1.7", "not between 0 and 1"),
    ("probability", "-0.1", "not a number"),
    ("probability", "NaN", "not a number"),
    ("probability", "inf", "not a number"),
    ("probability", "1_0", "not a number"),
    ("probability", "9" * 5000, "too long"),
    ("probability", "0.5\0", "not a number"),
    ("forecast_at", "2024-02-30T00:00:00Z", "does not exist"),
    ("forecast_at", "2024-02-01", "needs a zone"),
    ("forecast_at", "2024-02-01T00:00:00", "no offset"),
    ("forecast_at", "9" * 5000, "not a time"),
    ("deadline", "2023-02-29T00:00:00Z", "does not exist"),
    ("deadline", "", "may not be empty"),
    ("opened_at", "2024-12-31T23:59:59Z", "not after the opening"),
    ("resolved_at", "2024-12-31T23:59:59Z", "no outcome that could be known"),
    ("outcome", "maybe", "not an outcome of a binary question"),
    ("outcome", "2", "not an outcome"),
    ("title", "", "may not be empty"),
    ("title", "x" * 10_001, "10,001 characters are too many"),
    ("title", "nul\0", "NUL at character 4"),
    ("title", "half\ud83d", "not UTF-8"),
    ("question_id", " ", "may not be empty"),
    ("question_id", "k" * 1001, "too many"),
    ("forecaster", "a\0b", "NUL"),
    ("tags", "a;\udfff", "not UTF-8"),
    ("kind", "binry", "did you mean 'binary'"),
    ("zone", "Europe/Berln", "did you mean 'Europe/Berlin'"),
    ("option", "A", "has no options"),
    ("withdrawn", "perhaps", "neither yes nor no"),
    ("low", "0.1", "needs both low and high"),
    ("condition", "q2", "no condition"),
    ("condition", "=yes", "no condition"),
    ("quantile", "0.5", "has no quantile"),
    ("value", "3", "has no value"),
    ("comment", "a\0", "NUL"),
]


@pytest.mark.parametrize(("column", "cell", "problem"), CELLS)
def test_a_bad_cell_is_named_by_file_line_and_column(column: str, cell: str, problem: str) -> None:
    error = refusal(text(row(forecaster="bob"), row(**{"question_id": "q2", column: cell})))
    at = "high" if column == "low" else "deadline" if column == "opened_at" else column
    assert (error.file, error.line, error.column) == ("f.csv", 3, at)
    assert problem in error.problem
    assert len(str(error)) < 300


def test_a_byte_that_is_not_utf_8_is_named_by_its_column() -> None:
    error = refusal(text(row(title="caf\xe9")).replace("é".encode(), b"\xe9"))
    assert (error.line, error.column, error.problem) == (2, "title", "character 4 is not UTF-8: save the file as UTF-8")


@pytest.mark.parametrize("missing", NEEDED)
def test_a_missing_column_is_named(missing: str) -> None:
    error = refusal(text(columns=tuple(column for column in ALL if column != missing)))
    assert error.problem.startswith(f"there is no column {missing}")
    assert error.line == 1


def test_what_a_missing_column_may_be_called_instead() -> None:
    header = tuple("dead_line" if column == "deadline" else column for column in ALL)
    assert "did you mean 'dead_line'?" in refusal(text(columns=header)).problem


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b"\n\r\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"question_id;title;forecaster\n", "separated by ';'"),
        (b"question_id\ttitle\tforecaster\n", "separated by '\\t'"),
        (b'{"question_id": 1}\n', "this is JSON"),
        ("question_id,title\n".encode("utf-16"), "this is UTF-16"),
        (text(columns=(*ALL, "title")), "there twice"),
        (b"," * 1000, "1,001 columns are too many"),
        (b"\x1f\x8b\x08rubbish", "damaged or cut short"),
        (b"\x1f\x8b", "damaged or cut short"),
    ],
)
def test_a_file_that_is_something_else(data: bytes, problem: str) -> None:
    assert problem in refusal(data).problem


@pytest.mark.parametrize(("rest", "count"), [(",x", "28 cells"), (",,", "29 cells")])
def test_a_row_that_is_too_long(rest: str, count: str) -> None:
    error = refusal(text(row(), row() + rest))
    assert error.line == 3
    assert error.problem.startswith(f"{count} where the first line has {len(ALL)} columns")


def test_a_row_that_is_too_short() -> None:
    assert refusal(text("q1")).problem.startswith("1 cell where")
    assert "add the missing ones" in refusal(text("q1,two")).problem


@pytest.mark.parametrize("after", ["", row(), row(comment='"fine"'), "\n" * 200_000, row(title="x" * 200_000)])
def test_an_open_quote_is_told_on_the_line_where_it_began(after: str) -> None:
    error = refusal(text(row(), row(question_id='"two\nlines"', title='"open'), after))
    assert (error.line, error.column) == (4, None)
    assert error.problem.startswith("a quote opens a cell here and is not closed")


def test_a_quote_that_swallowed_rows_is_told_by_its_record() -> None:
    first, second = row(title='"open'), row(title='" x"')
    error = refusal(text(first, row(), second.replace('" x"', 'x",closed')))
    assert error.line == 2
    assert "runs to line 4, so a quote may have been left open" in error.problem


def test_text_after_a_closing_quote() -> None:
    assert refusal(text(row(), row(title='"a" b'))).line == 3


def test_a_cell_beyond_all_measure() -> None:
    error = refusal(text(row(), row(title="x" * 200_000)))
    assert (error.line, error.problem) == (3, "a cell is longer than 131,072 characters: shorten it")


CONTRADICTIONS = [
    ("outcome", {"outcome": "1"}, {"outcome": "0"}, "has 'no' here, but 'yes' on line 2"),
    ("outcome", {"outcome": "1"}, {}, "has nothing here, but 'yes' on line 2"),
    ("title", {}, {"title": "Will it snow?"}, "has 'Will it snow?' here, but 'Will it rain?' on line 2"),
    ("deadline", {}, {"deadline": "2025-01-01T00:00:00Z"}, "has 2025-01-01T00:00:00Z here"),
    ("tags", {"tags": "a"}, {"tags": "b;c"}, "has 'b;c' here, but 'a' on line 2"),
    ("resolved_at", {"outcome": "1"}, {"outcome": "1", "resolved_at": "2024-06-01T00:00:00Z"}, "but nothing on line 2"),
    ("condition", {"condition": "q2=yes"}, {"condition": "q2=no"}, "'q2=no' here, but 'q2=yes' on line 2"),
    ("evidence", {"outcome": "void"}, {"outcome": "void", "evidence": "x"}, "has 'x' here, but nothing on line 2"),
    ("kind", {}, {"kind": "choice"}, "has 'choice' here, but 'binary' on line 2"),
]


@pytest.mark.parametrize(("column", "first", "second", "problem"), CONTRADICTIONS)
def test_rows_that_contradict_each_other(
    column: str, first: dict[str, str], second: dict[str, str], problem: str
) -> None:
    error = refusal(text(row(**first), row(**second)))
    assert (error.line, error.column) == (3, column)
    assert problem in error.problem


FORMS = [
    ("probability", {"probability": ""}, "needs its probability"),
    ("forecast_at", {"forecast_at": ""}, "needs its forecast_at"),
    ("probability", {"withdrawn": "1"}, "a withdrawal states nothing"),
    ("forecast_at", {"withdrawn": "1", "probability": "", "forecast_at": ""}, "a withdrawal needs its time"),
    ("probability", {"low": "0.1", "high": "0.2"}, "0.7 is not in its range, 0.1 to 0.2"),
    ("probability", {"low": "0.9", "high": "0.2"}, "not in its range"),
]


@pytest.mark.parametrize(("column", "cells", "problem"), FORMS)
def test_rows_that_are_no_whole_statement(column: str, cells: dict[str, str], problem: str) -> None:
    error = refusal(text(row(**cells)))
    assert (error.line, error.column) == (2, column)
    assert problem in error.problem


def test_conditions_that_loop_are_told_with_their_chain() -> None:
    loop = [row(question_id=f"q{step}", condition=f"q{(step + 1) % 3}=yes") for step in range(3)]
    error = refusal(text(row(question_id="q9", condition="q0=yes"), *loop))
    assert (error.line, error.column) == (3, "condition")
    assert error.problem.startswith("these conditions loop: 'q0' → 'q1' → 'q2' → 'q0'")
    assert refusal(text(row(condition="q1=no"))).problem.startswith("these conditions loop: 'q1' → 'q1'")


def test_a_chain_of_ten_thousand_conditions_is_followed_once() -> None:
    chain = [row(question_id=f"q{step}", condition=f"q{step + 1}=yes") for step in range(10_000)]
    assert len(read(*chain).questions) == 10_000
    error = refusal(text(*chain, row(question_id="q10000", condition="q0=1")))
    assert error.problem.startswith("these conditions loop: 'q0' → 'q1' → 'q2' → … → 'q9999'")
    assert len(error.problem) < 200
