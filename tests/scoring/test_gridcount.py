"""Counting on the grid, compiled and by NumPy: every step of it, every neighbour of a step, and nothing else."""

from __future__ import annotations

import importlib.util
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import Tally, _grid
from ledger.scoring._grid import GRID

Count = Callable[[Any, Any, Any], bool]
STEPS = np.arange(GRID + 1) / GRID
CELLS = 2 * (GRID + 1)
NAN, INF = float("nan"), float("inf")

needs_compiled = pytest.mark.skipif(_grid._compiled is None, reason="the package was built without a compiler")


@pytest.fixture(params=["numpy", pytest.param("compiled", marks=needs_compiled)])
def count(request: pytest.FixtureRequest) -> Count:
    if request.param == "compiled":
        return _grid._compiled
    return lambda p, y, table: _grid._count_block(p, y, table, _grid._Room(p.size))


def table_of(count: Count, p: Any, y: Any) -> np.ndarray | None:
    table = np.zeros(CELLS, dtype=np.int64)
    return table if count(p, y, table) else None


@pytest.mark.parametrize("kind", [np.float64, np.uint8])
def test_every_cell_of_the_grid_has_its_place(count: Count, kind: type) -> None:
    p, y = np.repeat(STEPS, 2), np.tile(np.array([0, 1], dtype=kind), GRID + 1)
    table = table_of(count, p, y)
    assert table is not None
    assert np.array_equal(table, np.ones(CELLS))
    (alone,) = np.flatnonzero(table_of(count, p[4001:4002], y[4001:4002]))
    assert alone == 4001


@pytest.mark.parametrize("towards", [-1, 2])
def test_the_float_next_to_a_step_is_not_on_the_grid(count: Count, towards: int) -> None:
    beside, no = np.nextafter(STEPS, towards), np.zeros(1)
    assert not any(count(beside[k : k + 1], no, np.zeros(CELLS, dtype=np.int64)) for k in range(0, GRID + 1, 7))
    assert table_of(count, beside[:1], no) is None
    assert table_of(count, beside[-1:], no) is None


@pytest.mark.parametrize("wrong", [NAN, INF, -INF, -0.0, -0.0001, 1.0001, 1.5, 6.5536, 1e300, 5e-324, 0.00005, 1 / 3])
@pytest.mark.parametrize("place", [0, 1023, 1024, 2999])
def test_one_row_off_the_grid_is_enough(count: Count, wrong: float, place: int) -> None:
    p = np.full(3000, 0.25)
    p[place] = wrong
    assert table_of(count, p, np.ones(3000)) is None


@pytest.mark.parametrize("wrong", [NAN, INF, -INF, -1.0, 0.5, 2.0, 1e300, 5e-324])
@pytest.mark.parametrize("place", [0, 1024, 2999])
def test_one_outcome_between_is_enough(count: Count, wrong: float, place: int) -> None:
    y = np.ones(3000)
    y[place] = wrong
    assert table_of(count, np.full(3000, 0.25), y) is None


@pytest.mark.parametrize("wrong", [2, 3, 128, 255])
def test_a_byte_that_is_no_outcome(count: Count, wrong: int) -> None:
    assert table_of(count, np.array([0.25, 0.5]), np.array([1, wrong], dtype=np.uint8)) is None


@given(st.lists(st.tuples(st.integers(0, GRID), st.booleans()), max_size=60), st.integers(1, 90))
def test_what_is_counted_is_what_is_there(rows: list[tuple[int, bool]], times: int) -> None:
    """In both ways, also of more rows than a block holds."""
    steps, yes = np.array([*rows, (3, True)] * times).T
    expected = np.bincount(2 * steps + yes, minlength=CELLS)
    for count in filter(None, (_grid._compiled, partial(_grid._count_block, room=_grid._Room(steps.size)))):
        for y in (yes.astype(np.float64), yes.astype(np.uint8)):
            assert np.array_equal(table_of(count, steps / GRID, y), expected)


def rows(n: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    return random.integers(0, GRID + 1, n) / GRID, random.integers(0, 2, n).astype(np.float64)


@needs_compiled
@pytest.mark.parametrize("n", [2000, 300_001])
@pytest.mark.parametrize(
    "change", [lambda y: y, lambda y: y > 0, lambda y: y.astype(np.int32), lambda y: -y * -1.0, lambda y: y * 0.0]
)
def test_the_same_tally_either_way(monkeypatch: pytest.MonkeyPatch, n: int, change: Any) -> None:
    p, y = rows(n)
    first = Tally.count(forecast=p, outcome=change(y))
    monkeypatch.setattr(_grid, "_compiled", None)
    assert first == Tally.count(forecast=p, outcome=change(y))
    assert first == Tally.count(forecast=np.repeat(p, 2)[::2], outcome=change(y)), "columns with gaps"


def test_without_a_compiler_numpy_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ledger.scoring._gridcount", None)
    spec = importlib.util.spec_from_file_location("grid_without_compiler", _grid.__file__)
    assert spec and spec.loader
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again._compiled is None
    assert np.array_equal(again.grid_table(*rows(3000)), _grid.grid_table(*rows(3000)))


@needs_compiled
@pytest.mark.parametrize("n", [4_300_000, 4_100_000])
def test_threads_share_the_compiled_count(n: int) -> None:
    """One and two threads; a row off the grid anywhere stops both."""
    p, y = np.tile(STEPS, n // STEPS.size), np.ones(n // STEPS.size * STEPS.size, dtype=np.uint8)
    table = _grid.grid_table(p, y)
    assert table is not None and set(table[1::2]) == {n // STEPS.size}
    p[-1] = 0.123456
    assert _grid.grid_table(p, y) is None


@needs_compiled
@pytest.mark.parametrize(
    "arguments",
    [
        ([0.5], np.ones(1), np.zeros(CELLS, np.int64)),
        (np.ones(2), np.ones(1), np.zeros(CELLS, np.int64)),
        (np.ones(1, np.float32), np.ones(1), np.zeros(CELLS, np.int64)),
        (np.ones(1), np.ones(1, np.int8), np.zeros(CELLS, np.int64)),
        (np.ones((1, 1)), np.ones((1, 1)), np.zeros(CELLS, np.int64)),
        (np.ones(1), np.ones(1), np.zeros(CELLS)),
        (np.ones(1), np.ones(1), np.zeros(CELLS - 1, np.int64)),
        (np.ones(1), np.ones(1)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(arguments: Any) -> None:
    with pytest.raises(TypeError):
        _grid._compiled(*arguments)


@needs_compiled
def test_a_table_that_may_not_be_written_or_rows_with_gaps_are_refused() -> None:
    table = np.zeros(CELLS, np.int64)
    with pytest.raises((BufferError, ValueError)):
        _grid._compiled(np.ones(4)[::2], np.ones(2), table)
    table.flags.writeable = False
    with pytest.raises((BufferError, ValueError)):
        _grid._compiled(np.ones(1), np.ones(1), table)


@pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=needs_compiled)])
@pytest.mark.parametrize("threaded", [0, 10**9])
def test_blocks_are_added_up_and_one_off_the_grid_stops_them(
    monkeypatch: pytest.MonkeyPatch, compiled: bool, threaded: int
) -> None:
    """With one thread and with two, on either way."""
    for name, value in (("_BLOCK", 500), ("_THREADED", threaded), ("_THREADED_COMPILED", threaded)):
        monkeypatch.setattr(_grid, name, value)
    if not compiled:
        monkeypatch.setattr(_grid, "_compiled", None)
    p, y = rows(4321)
    expected = np.bincount(np.rint(2 * GRID * p).astype(np.int64) + (y > 0), minlength=CELLS)
    assert np.array_equal(_grid.grid_table(p, y), expected)
    for place in (0, 700, 4320):
        off = p.copy()
        off[place] = 0.123456
        assert _grid.grid_table(off, y) is None
    left = iter(range(0, 4321, 500))
    assert _grid._share(off, y, left) is None
    early = iter(range(4000, 4321, 320))
    assert _grid._share(off, y, early) is None and next(early, None) is None, "no start is left to another thread"


def test_threads_are_worth_it_later_where_counting_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    pool = _grid.ThreadPoolExecutor

    def noted(threads: int) -> Any:
        asked.append(threads)
        return pool(threads)

    monkeypatch.setattr(_grid, "ThreadPoolExecutor", noted)
    monkeypatch.setattr(_grid, "_THREADED", 2500)
    monkeypatch.setattr(_grid, "_THREADED_COMPILED", 5000)
    for compiled in filter(None, (_grid._compiled, lambda p, y, table: True)):
        monkeypatch.setattr(_grid, "_compiled", compiled)
        seen = [(_grid.grid_table(*rows(n)), len(asked))[1] for n in (2499, 2500, 4999, 5000)]
        assert np.diff([0, *seen]).tolist() == [0, 0, 0, 1]
        asked.clear()
    monkeypatch.setattr(_grid, "_compiled", None)
    seen = [(_grid.grid_table(*rows(n)), len(asked))[1] for n in (2499, 2500)]
    assert (seen, asked) == ([0, 1], [1])


def test_columns_that_can_be_read_are_counted_by_what_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = object()
    monkeypatch.setattr(_grid, "_compiled", compiled)
    p, y = rows(10)
    for column in (y, y > 0):
        plain = _grid.plain_columns(p, column)
        assert plain is not None and _grid._compiled_for(*plain) is compiled
    for forecast, outcome in ((p[::2], y[:5]), (p[:5], y[::2]), (p, y.astype(np.int32)), (p, y.astype(np.float32))):
        plain = _grid.plain_columns(forecast, outcome)
        assert plain is not None and _grid._compiled_for(*plain) is None


def test_a_block_is_counted_in_the_room_there_is() -> None:
    """No array of its length is made: what is allocated on the way is the count alone."""
    (p, y), table = rows(1_000_000), np.zeros(CELLS, dtype=np.int64)
    room = _grid._Room(p.size)
    tracemalloc.start()
    assert _grid._count_block(p, y, table, room)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert table.sum() == p.size
    assert peak < p.size * 0.75
