from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.references import skill_score
from ledger.scoring.rules import brier_score
from ledger.scoring.standing import Standing, crowd_at, crowd_over_time

ROWS = {
    "question": [5, 5, 5, 5, 2],
    "forecaster": [1, 2, 3, 1, 1],
    "forecast": [0.1, 0.3, 0.8, 0.9, 0.4],
    "since": [0, 2, 4, 6, 0],
    "until": [6, 8, 8, 10, 3],
}


@pytest.fixture
def standing() -> Standing:
    return Standing.read(**ROWS)


def test_the_median_of_what_stands(standing: Standing) -> None:
    got = crowd_at(standing, question=[5, 5, 2, 5, 2, 9, 5], at=[5, 8, 2, 0, 3, 0, 10])
    assert got.row.tolist() == [0, 1, 2, 3]
    assert got.forecast.tolist() == [0.3, 0.9, 0.4, 0.1]
    assert got.span.tolist() == [1, 1, 1, 1]


def test_the_mean_and_a_crowd_without_oneself(standing: Standing) -> None:
    assert crowd_at(standing, question=[5], at=[5], by="mean").forecast[0] == pytest.approx(0.4, abs=1e-15)
    got = crowd_at(standing, question=[5, 5], at=[5, 9], leave_out=[1, 1])
    assert got.row.tolist() == [0]
    assert got.forecast.tolist() == [0.55]


def test_a_named_forecaster_is_a_crowd_of_one(standing: Standing) -> None:
    got = crowd_at(standing.only(1), question=[5, 2, 5], at=[6, 2, 5])
    assert got.forecast.tolist() == [0.9, 0.4, 0.1]
    assert crowd_at(standing.only(3), question=[2], at=[2]).row.size == 0


def test_spans_are_cut_where_the_crowd_changes(standing: Standing) -> None:
    got = crowd_over_time(standing, question=[5, 2], since=[1, 1], until=[10, 10])
    assert got.row.tolist() == [0, 0, 0, 0, 0, 1]
    assert got.span.tolist() == [1, 2, 2, 2, 2, 2]
    assert got.forecast.tolist() == [0.1, 0.2, 0.3, 0.8, 0.9, 0.4]


def test_spans_leave_oneself_out(standing: Standing) -> None:
    got = crowd_over_time(standing, question=[5], since=[0], until=[10], by="mean", leave_out=[1])
    assert got.span.tolist() == [2, 2, 2]
    assert got.forecast.tolist() == [0.3, 0.55, 0.55]
    nothing = crowd_over_time(standing, question=[5], since=[3], until=[3])
    assert nothing.row.size == nothing.forecast.size == nothing.span.size == 0


def test_skill_against_the_crowd_is_over_the_same_time(standing: Standing) -> None:
    """Forecaster 3 stood at .8 from 4 to 8; the others' mean was .2, then .6. It happened."""
    crowd = crowd_over_time(standing, question=[5], since=[4], until=[8], by="mean", leave_out=[3])
    own = brier_score(forecast=[0.8], outcome=[1])[crowd.row]
    other = brier_score(forecast=crowd.forecast, outcome=np.ones(crowd.row.size))
    got = skill_score(score=own, reference=other, weight=crowd.span)
    assert crowd.span.tolist() == [2, 2]
    assert got.reference == pytest.approx((0.64 + 0.16) / 2, abs=1e-15)
    assert got.skill == pytest.approx(0.9, abs=1e-15)


def test_nobody_is_left_out_unless_named() -> None:
    said = Standing.read(
        question=[1, 1, 1], forecaster=[0, 1, 2], forecast=[0.0, 0.25, 0.875], since=[0, 0, 0], until=[9, 9, 9]
    )
    for by, expected in (("median", 0.25), ("mean", 0.375)):
        got = crowd_over_time(said, question=[1], since=[2], until=[5], by=by)  # type: ignore[arg-type]
        assert (got.forecast.tolist(), got.span.tolist()) == ([expected], [3])
    without = crowd_over_time(said, question=[1], since=[2], until=[5], leave_out=[0])
    assert without.forecast.tolist() == [0.5625]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"forecast": [0.1, 0.3, 0.8, 0.9, 1.4]}, r"forecast\[4\] is 1.4"),
        ({"until": [6, 8, 8, 10]}, "until has shape"),
        ({"since": [7, 2, 4, 6, 0]}, r"until\[0\] is 6: it ends before it begins"),
        ({"forecaster": ["a"] * 5}, "forecaster must be whole numbers"),
    ],
)
def test_columns_that_cannot_be_are_refused(change: dict[str, list[object]], message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        Standing.read(**(ROWS | change))  # type: ignore[arg-type]


def test_what_is_asked_must_fit(standing: Standing) -> None:
    with pytest.raises(ScoringError, match=r"at has shape \(2,\), question has shape \(1,\)"):
        crowd_at(standing, question=[5], at=[1, 2])
    with pytest.raises(ScoringError, match="leave_out has shape"):
        crowd_at(standing, question=[5], at=[1], leave_out=[1, 2])
    with pytest.raises(ScoringError, match="by median or mean, not by 'mode'"):
        crowd_at(standing, question=[5], at=[1], by="mode")  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0, 1), st.integers(0, 9), st.integers(0, 9)),
        max_size=12,
    ),
    st.integers(0, 2),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_over_time_is_at_each_moment(
    rows: list[tuple[int, int, float, int, int]], question: int, since: int, length: int
) -> None:
    columns = [np.array(column, dtype=float) for column in zip(*rows, strict=True)] or [np.array([])] * 5
    who, asked, start, more = (columns[k].astype(int) for k in (0, 1, 3, 4))
    standing = Standing.read(question=asked, forecaster=who, forecast=columns[2], since=start, until=start + more)
    until = since + length
    cut = crowd_over_time(standing, question=[question], since=[since], until=[until])
    moments = np.arange(since, until)
    each = crowd_at(standing, question=np.full(length, question), at=moments)
    assert np.repeat(cut.forecast, cut.span).tolist() == each.forecast.tolist()
