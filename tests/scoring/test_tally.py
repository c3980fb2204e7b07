from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring import _plain
from ledger.scoring._cells import Cells, coded_cells, condense
from ledger.scoring.tally import PARTS, Tally

PROBABILITIES = st.sampled_from([0.0, 0.1, 0.30000000000000004, 0.3, 0.5, 1.0, 1 / 3])
OUTCOMES = st.sampled_from([0.0, 1.0, 0.25])
ROWS = st.lists(
    st.tuples(PROBABILITIES, OUTCOMES, st.floats(0, 2), st.integers(0, 3), st.sampled_from(["a", "bb"])), max_size=30
)
Row = tuple[float, float, float, int, str]


def tally(rows: list[Row]) -> Tally:
    p, y, w, q, g = ([row[k] for row in rows] for k in range(5))
    return Tally.count(forecast=p, outcome=y, weight=w, question=q, group=g)


def columns(one: Tally) -> dict[str, object]:
    return {name: None if (a := getattr(one, name)) is None else a.tolist() for name in Tally.__dataclass_fields__}


def test_cells_are_distinct_sorted_and_weighed_in_parts() -> None:
    got = Tally.count(forecast=[0.7, 0.2, 0.7, 0.7, 0.7], outcome=[1, 0, 1, 0, 0.5])
    assert columns(got) == {
        "forecast": [0.2, 0.7, 0.7, 0.7],
        "outcome": [0, 0, 0.5, 1],
        "weight": [PARTS, PARTS, PARTS, 2 * PARTS],
        "rows": [1, 1, 1, 2],
        "question": None,
        "group": None,
    }
    assert len(got) == 4
    assert got.weight.dtype == got.rows.dtype == np.int64


def test_group_sorts_before_question_and_question_before_forecast() -> None:
    got = Tally.count(
        forecast=[0.1, 0.2, 0.3, 0.4], outcome=[0, 1, 0, 1], question=[2, 1, 1, 9], group=["b", "b", "b", "a"]
    )
    assert columns(got)["group"] == ["a", "b", "b", "b"]
    assert columns(got)["question"] == [9, 1, 1, 2]
    assert columns(got)["forecast"] == [0.4, 0.2, 0.3, 0.1]


def test_weight_is_rounded_once_a_row_to_parts() -> None:
    got = Tally.count(forecast=[0.5, 0.5], outcome=[1, 1], weight=[1 / 3, 1 / 3])
    assert got.weight.tolist() == [2 * round(PARTS / 3)]
    assert got.rows.tolist() == [2]


def test_cells_already_added_up_are_taken_as_they_are() -> None:
    got = Tally.of_parts(forecast=[0.5, 0.5, 0.6], outcome=[1, 1, 0], parts=[5, 7, 0], rows=[2, 3, 1])
    assert got.weight.tolist() == [12, 0]
    assert got.rows.tolist() == [5, 1]
    plain = Tally.of_parts(forecast=[0.5], outcome=[1], parts=None, rows=[3])
    assert plain.weight.tolist() == [3 * PARTS]


def test_a_negative_zero_is_zero() -> None:
    got = Tally.count(forecast=[-0.0, 0.0], outcome=[-0.0, 0.0])
    assert len(got) == 1
    assert not np.signbit(got.forecast).any()
    assert not np.signbit(got.outcome).any()


def test_a_tally_of_nothing() -> None:
    empty = Tally.count(forecast=[], outcome=[])
    assert len(empty) == 0
    assert Tally.merge() == empty
    assert empty.points().forecast.size == 0
    keyed = Tally.count(forecast=[], outcome=[], question=[], group=[])
    assert keyed != empty
    assert keyed.pooled() == empty


def test_arrays_cannot_be_changed() -> None:
    got = Tally.count(forecast=[0.5], outcome=[1], question=[1])
    with pytest.raises(ValueError, match="read-only"):
        got.weight[0] = 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(got)


@given(ROWS, st.integers(0, 30), st.randoms())
def test_any_order_and_any_split_give_the_same_bits(rows: list[Row], cut: int, random: object) -> None:
    whole = tally(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    a, b = tally(shuffled[:cut]), tally(shuffled[cut:])
    for other in (tally(shuffled), a + b, b + a, Tally.merge(b, a)):
        assert other == whole
        for name in Tally.__dataclass_fields__:
            if name != "group":
                assert getattr(other, name).tobytes() == getattr(whole, name).tobytes()
    assert whole.pooled() == a.pooled() + b.pooled()


@given(ROWS, st.integers(0, 30))
def test_a_part_is_taken_out_and_put_back(rows: list[Row], cut: int) -> None:
    whole, part = tally(rows), tally(rows[:cut])
    assert whole - part == tally(rows[cut:])
    assert (whole - part) + part == whole


@pytest.mark.parametrize(
    ("forecast", "outcome", "weight"),
    [([0.5], [1], [2]), ([0.4], [1], [1]), ([0.5], [0], [1]), ([0.5, 0.5], [1, 1], [0.5, 0.5]), ([0.5], [1], [0.5])],
)
def test_what_is_not_there_is_not_taken_out(forecast: list[float], outcome: list[float], weight: list[float]) -> None:
    whole = Tally.count(forecast=[0.5], outcome=[1])
    with pytest.raises(ScoringError, match=r"cannot take out what is not there: forecast 0\.\d, outcome [01]"):
        whole - Tally.count(forecast=forecast, outcome=outcome, weight=weight)


def test_tallies_keyed_otherwise_do_not_merge() -> None:
    plain = Tally.count(forecast=[0.5], outcome=[1])
    keyed = Tally.count(forecast=[0.5], outcome=[1], question=[1])
    assert plain != keyed
    assert plain != "tally"
    with pytest.raises(ScoringError, match=r"^tallies must be keyed alike, by question and by group, to be added or "):
        plain + keyed
    with pytest.raises(ScoringError, match=r"^tallies must be keyed alike, by question and by group, to be added or "):
        plain - keyed


def test_groups_come_apart() -> None:
    whole = Tally.count(forecast=[0.1, 0.2, 0.1], outcome=[0, 1, 0], group=[7, 5, 7], question=[1, 2, 3])
    got = dict(whole.groups())
    assert list(got) == [5, 7]
    assert got[7] == Tally.count(forecast=[0.1, 0.1], outcome=[0, 0], question=[1, 3])
    with pytest.raises(ScoringError, match="not keyed by group"):
        list(whole.pooled().groups())


def test_points_leave_out_what_has_no_weight() -> None:
    got = Tally.count(
        forecast=[0.2, 0.2, 0.2, 0.9], outcome=[1, 0, 0, 1], weight=[0.5, 1, 0.25, 0], question=[1, 2, 3, 4]
    ).points()
    assert got.forecast.tolist() == [0.2]
    assert got.weight.tolist() == [1.75]
    assert got.happened.tolist() == [0.5]
    assert got.rows.tolist() == [3]
    assert got.parts.tolist() == [7 * PARTS // 4]
    assert got.happened_parts is not None
    assert got.happened_parts.tolist() == [PARTS // 2]


def test_points_of_shares() -> None:
    got = Tally.count(forecast=[0.2, 0.2, 0.9], outcome=[1, 0.25, 0.5]).points()
    assert got.happened.tolist() == [1.25, 0.5]
    assert got.weight.tolist() == [2, 1]
    assert got.happened_parts is None
    assert (got.forecast.tolist(), got.rows.tolist()) == ([0.2, 0.9], [2, 1])
    assert got.parts.tolist() == [2 * PARTS, PARTS]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"forecast": [0.1, float("nan")]}, r"forecast\[1\] is nan: it must be a finite number"),
        ({"forecast": [0.1, 1.5]}, r"forecast\[1\] is 1.5: it must lie between 0 and 1"),
        ({"outcome": [0, -1]}, r"outcome\[1\] is -1.0: it must lie between 0 and 1"),
        ({"outcome": [0]}, r"outcome has shape \(1,\), forecast has shape \(2,\): they must be the same"),
        ({"outcome": ["0", "1"]}, "outcome must be an array of real numbers"),
        ({"outcome": [0j, 1j]}, "outcome must be an array of real numbers"),
        ({"outcome": [object(), 1]}, "outcome must be an array of real numbers"),
        ({"outcome": np.array(["0", 1], dtype=object)}, "outcome must be an array of real numbers"),
        ({"forecast": np.array([0.5, b"1"], dtype=object)}, "forecast must be an array of real numbers"),
        ({"outcome": [[0], [1]]}, "outcome must have one dimension, not 2"),
        ({"weight": [1, float("nan")]}, r"^weight\[1\] is nan: it must be a finite number$"),
        ({"weight": [1, -0.5]}, r"weight\[1\] is -0.5: it must be from 0 to 2\*\*31 units"),
        ({"weight": [2.0**31, 0]}, r"weight\[0\] is 2147483648.0: it must be from 0"),
        ({"weight": [2.0**30, 2.0**30]}, "pass 2\\*\\*31 units"),
        ({"question": [1, 2, 3]}, r"question has shape \(3,\)"),
        ({"group": [1, 2, 3]}, r"^group has shape \(3,\)"),
        ({"question": [1.0, 2.0]}, "question must be whole numbers in one dimension"),
        ({"group": [1.5, 2]}, "group must be whole numbers or text in one dimension"),
        ({"group": [["a"], ["b"]]}, "group must be whole numbers or text in one dimension"),
        ({"group": [[1], [2]]}, "group must be whole numbers in one dimension"),
        ({"forecast": np.ma.array([0.1, 0.2], mask=[True, False])}, r"forecast\[0\] is nan"),
    ],
)
def test_a_refusal_names_the_element(columns: dict[str, object], message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        Tally.count(**{"forecast": [0.1, 0.2], "outcome": [0, 1], **columns})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["parts", "rows"])
def test_counts_are_not_negative(name: str) -> None:
    with pytest.raises(ScoringError, match=rf"{name}\[1\] is -1: it must not be negative"):
        Tally.of_parts(**{"forecast": [0.1, 0.2], "outcome": [0, 1], "parts": [1, 1], name: [1, -1]})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"rows": [1.5, 2]}, "rows must be whole numbers in one dimension"),
        ({"parts": [1.5, 2]}, "parts must be whole numbers in one dimension"),
        ({"rows": [1]}, r"rows has shape \(1,\), forecast has shape \(2,\): they must be the same"),
        ({"parts": [1]}, r"parts has shape \(1,\), forecast has shape \(2,\): they must be the same"),
        ({"rows": [1, -1]}, r"rows\[1\] is -1: it must not be negative"),
        ({"parts": [-1, 1]}, r"parts\[0\] is -1: it must not be negative"),
    ],
)
def test_a_refusal_of_cells_names_the_element(columns: dict[str, Any], message: str) -> None:
    with pytest.raises(ScoringError, match=f"^{message}$"):
        Tally.of_parts(**{"forecast": [0.5, 0.6], "outcome": [1, 0], "parts": [1, 1], **columns})


def test_a_cell_of_no_rows_is_none() -> None:
    got = Tally.of_parts(forecast=[0.5, 0.6], outcome=[1, 0], parts=[0, 1], rows=[0, 1])
    assert got.rows.tolist() == [0, 1]


PLAIN = st.lists(st.tuples(PROBABILITIES | st.floats(0, 1), st.sampled_from([0, 1]), st.integers(-3, 3)), max_size=40)
GRIDDED = st.lists(
    st.tuples(st.integers(0, 10_000).map(lambda k: k / 10_000), st.sampled_from([0, 1]), st.integers(-3, 3)),
    max_size=40,
)


def one_by_one(rows: list[tuple[float, int, int]], *, keyed: bool, far: int = 1) -> Tally:
    """Count with a dictionary: the plainest way."""
    counts: dict[tuple[int, float, float], int] = {}
    for p, y, q in rows:
        key = (q * far if keyed else 0, p + 0.0, float(y))
        counts[key] = counts.get(key, 0) + 1
    keys = sorted(counts)
    rows_of = np.array([counts[key] for key in keys], dtype=np.int64)
    question = np.array([q for q, _, _ in keys], dtype=np.int64) if keyed else None
    return Tally(
        np.array([p for _, p, _ in keys]), np.array([y for _, _, y in keys]), rows_of * PARTS, rows_of, question
    )


@given(PLAIN | GRIDDED, st.booleans(), st.sampled_from([1, 2**40, 2**60]))
def test_rows_of_one_unit_are_counted(rows: list[tuple[float, int, int]], keyed: bool, far: int) -> None:
    p, y, q = ([row[k] for row in rows] for k in range(3))
    question = np.array(q, dtype=np.int64) * far if keyed else None
    got = Tally.count(forecast=p, outcome=y, question=question)
    assert got == one_by_one(rows, keyed=keyed, far=far)
    weighed = Tally.count(forecast=p, outcome=y, question=question, weight=np.ones(len(rows)))
    assert weighed == got
    twice = Tally.of_parts(
        forecast=p, outcome=y, question=question, parts=np.full(len(rows), 2 * PARTS), rows=np.full(len(rows), 2)
    )
    assert got + weighed == twice
    assert twice - got == got


def many(seed: int, grid: int | None = 10_000, n: int = 300_000) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    p = random.random(n) if grid is None else random.integers(0, grid + 1, n) / grid
    return p, (random.random(n) < p).astype(np.float64)


@pytest.mark.parametrize("n", [1999, 2000, 70_000, 300_000])
@pytest.mark.parametrize("grid", [100, 10_000, 1024, None])
def test_many_rows_are_counted_as_few_are(grid: int | None, n: int) -> None:
    p, y = many(1, grid, n)
    whole = Tally.count(forecast=p, outcome=y)
    assert whole == Tally.merge(
        *(Tally.count(forecast=p[k : k + 1000], outcome=y[k : k + 1000]) for k in range(0, len(p), 1000))
    )
    assert whole.rows.sum() == len(p)
    known = set(vars(whole)) - set(Tally.__dataclass_fields__)
    on_grid = grid in (100, 10_000) and n >= 2000
    assert known == {"why_dependent", "_points"} if on_grid or grid is None else {"why_dependent"}
    if on_grid or grid is None:
        assert set(vars(whole.points())) - {one.name for one in fields(whole.points())} == (
            {"whole", "logs"} if on_grid else {"whole"}
        )
    alike(whole)
    for kind in (bool, int, np.int8, np.uint16, np.float32):
        assert whole == Tally.count(forecast=p, outcome=y.astype(kind))


def test_plain_rows_are_counted_on_the_plain_way() -> None:
    whole = Tally.count(forecast=np.array([0.3, 0.3, 0.7]), outcome=np.array([0.0, 1.0, 1.0]))
    assert set(vars(whole)) - set(Tally.__dataclass_fields__) == {"why_dependent"}  # one forecast with both outcomes
    distinct = Tally.count(forecast=np.array([0.3, 0.3, 0.7]), outcome=np.array([1, 1, 0]))
    assert set(vars(distinct)) - set(Tally.__dataclass_fields__) == {"why_dependent", "_points"}


def alike(whole: Tally) -> None:
    """What counting works out along the way is what the cells alone would give."""
    slow = replace(whole)
    assert whole.why_dependent == slow.why_dependent
    for field in fields(slow.points()):
        got, expected = (getattr(points, field.name) for points in (whole.points(), slow.points()))
        assert got.dtype == expected.dtype
        assert np.array_equal(got, expected)
    for name in ("logs", "whole"):
        for got, expected in zip(getattr(whole.points(), name), getattr(slow.points(), name), strict=True):
            assert got.dtype == expected.dtype
            assert np.array_equal(got, expected)


@given(PLAIN)
def test_few_plain_rows_know_what_many_do(rows: list[tuple[float, int, int]]) -> None:
    p, y = (np.array([row[k] for row in rows], dtype=float) for k in range(2))
    alike(Tally.count(forecast=p, outcome=y))


@pytest.mark.parametrize("n", [10, 3000, 300_000])
@pytest.mark.parametrize("grid", [10_000, None])
def test_what_is_masked_is_refused_however_many(grid: int | None, n: int) -> None:
    p, y = many(6, grid, n)
    mask = np.arange(n) == 7
    with pytest.raises(ScoringError, match=r"^forecast\[7\] is nan: it must be a finite number$"):
        Tally.count(forecast=np.ma.array(p, mask=mask), outcome=y)
    with pytest.raises(ScoringError, match=r"^outcome\[7\] is nan: it must be a finite number$"):
        Tally.count(forecast=p, outcome=np.ma.array(y, mask=mask))


@pytest.mark.parametrize("n", [10, 3000])
def test_negative_zeros_among_many_are_zeros(n: int) -> None:
    p, y = many(7, 100, n)
    p[:2], y[:2], y[2] = -0.0, [0.0, 1.0], -0.0
    got = Tally.count(forecast=p, outcome=y)
    assert not np.signbit(got.forecast).any()
    assert not np.signbit(got.outcome).any()
    assert got == Tally.count(forecast=np.abs(p), outcome=np.abs(y))


def test_counting_leaves_the_columns_as_they_are() -> None:
    for grid in (10_000, None):
        p, y = many(8, grid, 3000)
        before = (p.copy(), y.copy())
        for step in (1, 2):
            assert Tally.count(forecast=p[::step], outcome=y[::step]).rows.sum() == 3000 // step
        assert np.array_equal(p, before[0])
        assert np.array_equal(y, before[1])


@pytest.mark.parametrize("place", [0, 70_000, 299_999])
def test_one_row_off_the_grid_keeps_its_last_bit(place: int) -> None:
    p, y = many(2)
    p[place] = 0.1 + 0.2
    got = Tally.count(forecast=p, outcome=y)
    assert 0.30000000000000004 in got.forecast
    assert got.rows.sum() == len(p)
    share = y.copy()
    share[place] = 0.5
    assert 0.5 in Tally.count(forecast=p, outcome=share).outcome


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("forecast", 1.0001, r"^forecast\[70000\] is 1\.0001: it must lie between 0 and 1$"),
        ("forecast", -0.0001, r"^forecast\[70000\] is -0\.0001: it must lie between 0 and 1$"),
        ("forecast", float("nan"), r"^forecast\[70000\] is nan: it must be a finite number$"),
        ("forecast", float("inf"), r"^forecast\[70000\] is inf: it must be a finite number$"),
        ("outcome", 2.0, r"^outcome\[70000\] is 2\.0: it must lie between 0 and 1$"),
        ("outcome", -1.0, r"^outcome\[70000\] is -1\.0: it must lie between 0 and 1$"),
        ("outcome", float("nan"), r"^outcome\[70000\] is nan: it must be a finite number$"),
    ],
)
def test_one_wrong_row_among_many_is_named(name: str, value: float, message: str) -> None:
    p, y = many(3)
    columns = {"forecast": p, "outcome": y}
    columns[name][70_000] = value
    with pytest.raises(ScoringError, match=message):
        Tally.count(**columns)


def test_many_rows_must_match() -> None:
    p, y = many(4)
    with pytest.raises(ScoringError, match=r"^outcome has shape \(299999,\), forecast has shape \(300000,\)"):
        Tally.count(forecast=p, outcome=y[1:])
    with pytest.raises(ScoringError, match=r"^forecast must have one dimension, not 2$"):
        Tally.count(forecast=p[None], outcome=y[None])
    text = y.astype(str)
    with pytest.raises(ScoringError, match=r"^outcome must be an array of real numbers$"):
        Tally.count(forecast=p, outcome=text)


def test_single_precision_is_what_it_is() -> None:
    p, y = many(5, 100)
    got = Tally.count(forecast=p.astype(np.float32), outcome=y)
    assert float(np.float32(0.1)) in got.forecast
    assert 0.1 not in got.forecast


def test_weights_groups_and_questions_go_together() -> None:
    keys = {"group": ["b", "a"], "question": [7, 8]}
    tally = Tally.count(forecast=[0.2, 0.3], outcome=[0, 1], weight=[1, 0.5], **keys)
    assert tally.group is not None and tally.question is not None
    assert [*tally.group] == ["a", "b"] and [*tally.question] == [8, 7]
    assert [*tally.weight] == [PARTS // 2, PARTS]
    assert tally.ungrouped().group is None
    assert len(tally.points().forecast) == 2


def test_the_cell_that_is_not_there_is_named() -> None:
    whole = Tally.count(forecast=[0.2, 0.6, 0.9], outcome=[0, 1, 1])
    with pytest.raises(ScoringError, match=r"^cannot take out what is not there: forecast 0\.6, outcome 1\.0$"):
        whole - Tally.count(forecast=[0.2, 0.6, 0.6], outcome=[0, 1, 1])


def test_only_what_is_keyed_by_group_has_groups() -> None:
    with pytest.raises(ScoringError, match=r"^this tally is not keyed by group$"):
        list(Tally.count(forecast=[0.2], outcome=[0]).groups())


def test_a_tally_that_is_keyed_differs_from_one_that_is_not() -> None:
    plain, keyed = Tally.count(forecast=[0.2], outcome=[0]), Tally.count(forecast=[0.2], outcome=[0], question=[1])
    assert plain != keyed and keyed != plain and plain == Tally.count(forecast=[0.2], outcome=[0])


@pytest.mark.parametrize("question", [None, [4, 4]])
def test_rows_that_weigh_other_than_one_unit_each_stay_as_many(question: list[int] | None) -> None:
    for parts, rows in ((PARTS, 2), (PARTS, 3), (2 * PARTS, 1), (PARTS, 1)):
        got = Tally.of_parts(forecast=[0.5, 0.6], outcome=[1, 0], parts=[parts] * 2, rows=[rows] * 2, question=question)
        assert (got.rows.tolist(), got.weight.tolist()) == ([rows] * 2, [parts] * 2)
        assert (got + got).rows.tolist() == [2 * rows] * 2


@pytest.mark.parametrize("question", [None, np.array([4, 4, 3])])
def test_cells_with_shares_or_groups_have_no_code(question: np.ndarray | None) -> None:
    ones, p = np.ones(3, dtype=np.int64), np.array([0.5, 0.5, 0.25])
    for outcome in ([0.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]):
        cells = Cells(None, question, p, np.array(outcome), ones * PARTS, ones)
        assert coded_cells(cells) is not None
        assert coded_cells(cells._replace(group=ones)) is None
    for outcome in ([0.0, 0.5, 0.0], [0.5, 0.5, 0.5], [1.0, 0.5, 1.0]):
        cells = Cells(None, question, p, np.array(outcome), ones * PARTS, ones)
        assert coded_cells(cells) is None
        assert set(condense(cells).outcome) == set(outcome) and condense(cells).rows.sum() == 3


def test_a_constant_column_stays_a_single_number() -> None:
    constant = np.broadcast_to(np.int64(3), (5,))
    made = _plain._each(constant, lambda column: column * 2.0)
    assert made.tolist() == [6.0] * 5 and made.strides == (0,)
    assert _plain._each(np.arange(3), lambda column: column * 2.0).tolist() == [0, 2, 4]
