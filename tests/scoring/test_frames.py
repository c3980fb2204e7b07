"""Tallies from frames, from chunks of them, and from what a database has added up."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring._frames import read_columns
from ledger.scoring.tally import PARTS, Tally

ROWS: dict[str, list[Any]] = {
    "p": [0.7, 0.2, 0.7, 0.5],
    "came": [1, 0, 1, 0],
    "w": [1.0, 0.5, 2.0, 1.0],
    "q": [3, 1, 3, 2],
    "who": ["ann", "bob", "ann", "bob"],
}
NAMES: dict[str, Any] = {"forecast": "p", "outcome": "came", "weight": "w", "question": "q", "group": "who"}
WHOLE = Tally.count(forecast=ROWS["p"], outcome=ROWS["came"], weight=ROWS["w"], question=ROWS["q"], group=ROWS["who"])
RECORDS = np.array(
    [*zip(*ROWS.values(), strict=True)], dtype=[("p", "f8"), ("came", "i4"), ("w", "f8"), ("q", "i8"), ("who", "U3")]
)


@pytest.mark.parametrize(
    "frame",
    [
        ROWS,
        pd.DataFrame(ROWS),
        pd.DataFrame(ROWS).convert_dtypes(),
        pd.DataFrame(ROWS).astype({"came": bool, "who": "category", "q": float}),
        pd.DataFrame(ROWS).astype({"came": "boolean", "q": "Int64"}),
        pd.DataFrame(ROWS, index=["a", "b", "c", "d"]),
        pd.DataFrame({**ROWS, "p": [Decimal("0.7"), Decimal("0.2"), Decimal("0.7"), Decimal("0.5")]}),
        RECORDS,
    ],
    ids=["mapping", "frame", "nullable", "other kinds", "booleans", "labelled", "decimals", "records"],
)
def test_columns_are_taken_by_name(frame: Any) -> None:
    assert Tally.of_frame(frame, **NAMES) == WHOLE
    plain = Tally.of_frame(frame, forecast="p", outcome="came")
    assert plain == Tally.count(forecast=ROWS["p"], outcome=ROWS["came"])


@pytest.mark.parametrize(
    ("kind", "values", "read", "expected"),
    [
        ("Int64", [2**60 + 1, 3], np.int64, [2**60 + 1, 3]),
        ("UInt16", [7, 3], np.int64, [7, 3]),
        ("Int64", [7, None], np.float64, [7, np.nan]),
        ("UInt8", [7, None], np.float64, [7, np.nan]),
        ("Float64", [0.5, None], np.float64, [0.5, np.nan]),
        ("Float64", [0.5, 0.25], np.float64, [0.5, 0.25]),
        ("boolean", [True, None], np.float64, [1, np.nan]),
        ("boolean", [True, False], np.float64, [1, 0]),
    ],
)
def test_numbers_of_a_frames_own_kind_are_read_as_numbers(kind: str, values: Any, read: type, expected: Any) -> None:
    """What is missing among them is NaN; whole ones of which none is missing keep every digit."""
    got = read_columns(pd.DataFrame({"q": pd.array(values, dtype=kind)}), {"forecast": "q", "question": None})
    column = got["forecast"]
    assert column is not None and column.dtype == read
    np.testing.assert_array_equal(column, np.array(expected, dtype=read))


def test_what_is_missing_among_a_frames_own_numbers_is_named() -> None:
    frame = pd.DataFrame({"p": pd.array([0.25, None], dtype="Float64"), "came": [0, 1]})
    with pytest.raises(ScoringError, match=r"^column 'p', row 1 is nan: it must be a finite number$"):
        Tally.of_frame(frame, forecast="p", outcome="came")


def test_a_method_called_index_labels_no_row() -> None:
    class Columns(dict[str, Any]):
        def index(self) -> None:
            """As lists have."""

    with pytest.raises(ScoringError, match=r"^column 'forecast', row 1 is 2\.0: it must lie between 0 and 1$"):
        Tally.of_frame(Columns(forecast=[0.5, 2.0], outcome=[0, 1]))


def test_columns_are_called_forecast_and_outcome_unless_told() -> None:
    frame = pd.DataFrame({"forecast": [0.3, 0.6], "outcome": [0, 1], "weight": [2, 3], "question": [1, 1]})
    assert Tally.of_frame(frame) == Tally.count(forecast=[0.3, 0.6], outcome=[0, 1])
    assert Tally.of_chunks([frame, frame]) == Tally.count(forecast=[0.3, 0.6] * 2, outcome=[0, 1] * 2)


def test_a_frame_of_another_library_is_read_by_the_same_means() -> None:
    polars = pytest.importorskip("polars")
    assert Tally.of_frame(polars.DataFrame(ROWS), **NAMES) == WHOLE
    with pytest.raises(ScoringError, match=r"^column 'p', row 1 is nan: it must be a finite number$"):
        Tally.of_frame(polars.DataFrame({"p": [0.1, None], "came": [0, 1]}), forecast="p", outcome="came")


@given(st.lists(st.integers(0, 4), max_size=6))
def test_chunks_are_as_one(cuts: list[int]) -> None:
    frame = pd.DataFrame(ROWS)
    ends = [0, *sorted(cuts), 4]
    chunks = (frame.iloc[a:b] for a, b in pairwise(ends))
    assert Tally.of_chunks(chunks, **NAMES) == WHOLE


def test_many_chunks_are_merged_a_few_times_each(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(9)
    p, y = random.random(3200), random.integers(0, 2, 3200)
    merged: list[int] = []
    merge = Tally.merge

    def noted(*several: Tally) -> Tally:
        merged.append(sum(map(len, several)))
        return merge(*several)

    monkeypatch.setattr(Tally, "merge", staticmethod(noted))
    chunks = ({"forecast": p[k : k + 100], "outcome": y[k : k + 100]} for k in range(0, 3200, 100))
    assert Tally.of_chunks(chunks) == Tally.count(forecast=p, outcome=y)
    assert sum(merged) <= 3200 * 5  # each cell once for each doubling of 32 chunks
    sizes = [200, 90, 40, 10]  # each more than twice the next: nothing is merged before the end
    ends = np.cumsum([0, *sizes]).tolist()
    merged.clear()
    chunks = ({"forecast": p[a:b], "outcome": y[a:b]} for a, b in pairwise(ends))
    assert Tally.of_chunks(chunks) == Tally.count(forecast=p[:340], outcome=y[:340])
    assert merged == [340]


def test_a_file_is_read_in_chunks() -> None:
    text = pd.DataFrame(ROWS).to_csv(index=False)
    got = Tally.of_chunks(pd.read_csv(StringIO(text), chunksize=3), **NAMES)
    assert got == WHOLE
    assert got.pooled().card(resamples=0).n == 4


def test_no_chunks_are_the_empty_tally() -> None:
    assert Tally.of_chunks([]) == Tally.merge()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"p": [0.7, 0.2, 1.5, 0.5]}, "column 'p', row 2 is 1.5: it must lie between 0 and 1"),
        ({"p": [0.7, 0.2, 0.1, -0.5]}, "column 'p', row 3 is -0.5: it must lie between 0 and 1"),
        ({"p": [0.7, None, 0.1, 2]}, "column 'p', row 1 is nan: it must be a finite number"),
        ({"p": ["0.7", 0.2, 0.1, 0.5]}, "column 'p', row 0 is '0.7': it must be a finite number"),
        ({"p": [0.7, object, 0.1, 0.5]}, "column 'p', row 1 is <class 'object'>: it must be a finite number"),
        ({"came": [0, 1, float("inf"), 0]}, "column 'came', row 2 is inf: it must be a finite number"),
        ({"came": [0, 1, 2, 0]}, "column 'came', row 2 is 2: it must lie between 0 and 1"),
        ({"w": [1, -0.5, 1, 1]}, "column 'w', row 1 is -0.5: it must be from 0 to 2**31 units"),
        ({"w": [1, 0, 1, 2.0**31]}, "column 'w', row 3 is 2147483648.0: it must be from 0 to 2**31 units"),
        ({"q": [1, 2, None, 3]}, "column 'q', row 2 is nan: it must be a finite number"),
        ({"q": [1, 2, 2.5, 3]}, "column 'q', row 2 is 2.5: a question is a whole number"),
        ({"q": [True, False, True, True]}, "column 'q', row 0 is True: a question is a whole number"),
        (
            {"q": ["a", "b", "c", "d"]},
            "column 'q', row 0 is 'a': a question is a whole number: number them first, as pandas.factorize does",
        ),
        ({"who": ["ann", None, "ann", "bob"]}, "column 'who', row 1 is nan: a group is a whole number or text"),
        ({"who": [True, False, True, True]}, "column 'who', row 0 is True: a group is a whole number or text"),
        ({"w": [2.0**30, 2.0**30, 2.0**30, 1]}, "the weights together pass 2**31 units: more than a tally holds"),
    ],
)
def test_a_refusal_names_the_column_and_the_row(change: dict[str, list[Any]], message: str) -> None:
    frame = pd.DataFrame({**ROWS, **change})
    with pytest.raises(ScoringError) as caught:
        Tally.of_frame(frame, **NAMES)
    assert str(caught.value) == message
    labelled = frame.set_axis(["a", "b", "c", "d"], axis=0)
    with pytest.raises(ScoringError) as caught:
        Tally.of_chunks([labelled.iloc[:0], labelled], **NAMES)
    row = message.partition(", row ")[2][:1]
    label = f", row {row} (labelled {'abcd'[int(row)]!r})" if row else ""
    assert str(caught.value) == message.replace(f", row {row}", label) if row else message


def test_a_row_of_a_later_chunk_is_told_by_its_label_too() -> None:
    frame = pd.DataFrame({"p": [0.1, 0.2, 0.3, 1.4], "came": [0, 0, 1, 1]})
    with pytest.raises(ScoringError, match=r"^column 'p', row 1 \(labelled 3\) is 1\.4: "):
        Tally.of_chunks([frame.iloc[:2], frame.iloc[2:]], forecast="p", outcome="came")


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame(ROWS), "there is no column 'forecast': the columns are 'p', 'came', 'w', 'q', 'who'"),
        (ROWS, "there is no column 'forecast': the columns are 'p', 'came', 'w', 'q', 'who'"),
        (RECORDS, "there is no column 'forecast': the columns are 'p', 'came', 'w', 'q', 'who'"),
        ({}, "there is no column 'forecast': the columns are none"),
        (
            pd.DataFrame([[0.1, 0.2, 1]], columns=["forecast", "forecast", "outcome"]),
            "there is more than one column 'forecast'",
        ),
    ],
)
def test_a_column_that_is_not_there_once_is_named(frame: Any, message: str) -> None:
    with pytest.raises(ScoringError) as caught:
        Tally.of_frame(frame)
    assert str(caught.value) == message


def test_columns_of_different_lengths_are_told_apart() -> None:
    with pytest.raises(ScoringError, match=r"^outcome has shape \(1,\), forecast has shape \(2,\)"):
        Tally.of_frame({"forecast": [0.1, 0.2], "outcome": [1]})


def test_what_a_database_added_up_is_what_the_rows_are() -> None:
    """Any ``GROUP BY`` over forecast and outcome will do, finer or coarser, in any order."""
    book = sqlite3.connect(":memory:")
    book.execute("CREATE TABLE said (question INTEGER, forecast REAL, outcome REAL, parts INTEGER)")
    random = np.random.default_rng(5)
    p, y, q = random.integers(0, 101, 500) / 100, random.integers(0, 2, 500), random.integers(0, 40, 500)
    units = random.integers(1, 5, 500) / 4
    parts = (units * PARTS).astype(np.int64)
    book.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?)", zip(q.tolist(), p.tolist(), y.tolist(), parts.tolist(), strict=True)
    )
    added = book.execute("SELECT forecast, outcome, SUM(parts), COUNT(*) FROM said GROUP BY forecast, outcome")
    forecast, outcome, weight, rows = zip(*added, strict=True)
    got = Tally.of_parts(forecast=forecast, outcome=outcome, parts=weight, rows=rows)
    assert got == Tally.count(forecast=p, outcome=y, weight=units)
    finer = book.execute(
        "SELECT question, forecast, outcome, SUM(parts), COUNT(*) FROM said"
        " GROUP BY question, forecast, outcome ORDER BY RANDOM()"
    )
    question, forecast, outcome, weight, rows = zip(*finer, strict=True)
    keyed = Tally.of_parts(forecast=forecast, outcome=outcome, parts=weight, rows=rows, question=question)
    assert keyed == Tally.count(forecast=p, outcome=y, weight=units, question=q)
    assert keyed.pooled() == got
    assert keyed.card(resamples=50).brier == got.card(resamples=0).brier
    book.close()


def test_no_library_of_frames_is_loaded_for_it() -> None:
    code = (
        "import sys; from ledger.scoring import Tally; Tally.of_frame({'forecast': [0.3], 'outcome': [1]});"
        "assert not {'pandas', 'polars', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
