from __future__ import annotations

from fractions import Fraction
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.scoring.isotonic import isotonic_blocks, isotonic_fit, pool_adjacent
from ledger.scoring.tally import PARTS, Tally

module = import_module("ledger.scoring.isotonic")


def by_maximin(happened: list[int], weight: list[int]) -> list[Fraction]:
    """The fit by its closed form (Robertson, Wright and Dykstra 1988): max over starts of min over ends of means."""
    n = len(weight)
    means = {(a, b): Fraction(sum(happened[a : b + 1]), sum(weight[a : b + 1])) for a in range(n) for b in range(a, n)}
    return [max(min(means[a, b] for b in range(k, n)) for a in range(k + 1)) for k in range(n)]


def fit(happened: list[int], weight: list[int]) -> list[Fraction]:
    starts = pool_adjacent(np.array(happened, dtype=np.int64), np.array(weight, dtype=np.int64)).tolist()
    ends = [*starts[1:], len(weight)]
    return [
        Fraction(sum(happened[a:b]), sum(weight[a:b])) for a, b in zip(starts, ends, strict=True) for _ in range(a, b)
    ]


def cells(most: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    one = st.integers(1, most).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    return st.lists(one, min_size=1, max_size=12)


@given(cells(3))
def test_the_fit_is_the_closed_form(counts: list[tuple[int, int]]) -> None:
    happened, weight = [x for x, _ in counts], [n for _, n in counts]
    assert fit(happened, weight) == by_maximin(happened, weight)


@settings(max_examples=50)
@given(cells(2**59))
def test_the_fit_is_exact_beyond_64_bits(counts: list[tuple[int, int]]) -> None:
    happened, weight = [x for x, _ in counts], [n for _, n in counts]
    assert fit(happened, weight) == by_maximin(happened, weight)


@given(cells(3))
def test_floats_are_pooled_as_whole_numbers_are(counts: list[tuple[int, int]]) -> None:
    happened, weight = (np.array([row[k] for row in counts]) for k in range(2))
    assert pool_adjacent(happened / 4, weight / 4).tolist() == pool_adjacent(happened, weight).tolist()


@pytest.mark.parametrize("cached", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(8))
def test_parts_that_stay_in_the_cache_are_one(cached: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(seed)
    weight = random.integers(1, 4, 11)
    happened = random.integers(0, weight + 1)
    monkeypatch.setattr("ledger.scoring.points._CACHED", cached)
    assert fit(happened.tolist(), weight.tolist()) == by_maximin(happened.tolist(), weight.tolist())


@given(cells(3))
def test_one_by_one_is_the_closed_form_with_blocks_that_rise(counts: list[tuple[int, int]]) -> None:
    happened, weight = [x for x, _ in counts], [n for _, n in counts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LOOKS", -1)
        patch.setattr(module, "_ALWAYS", 0)
        assert fit(happened, weight) == by_maximin(happened, weight)
        blocks = pool_adjacent(np.array(happened), np.array(weight)).size
    assert blocks == len(set(by_maximin(happened, weight)))
    assert blocks == pool_adjacent(np.array(happened), np.array(weight)).size


def test_sweeps_give_way_when_they_have_looked_often_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("_ends", "_in_turn"):
        work = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, _n=name, _w=work, **k: (calls.append(_n), _w(*a, **k))[1])
    monkeypatch.setattr(module, "_ALWAYS", 0)
    happened = np.append(np.arange(1, 200), 0)
    for looks in (1, 2, 3):
        calls.clear()
        monkeypatch.setattr(module, "_LOOKS", looks)
        pool_adjacent(happened, np.full(200, 200))
        assert calls == ["_ends"] * (looks + 2) + ["_in_turn"]


@pytest.mark.parametrize("size", [2**20, 2**31 + 11, 2**40 + 9, 2**61 - 1])
def test_one_part_decides(size: int) -> None:
    assert pool_adjacent(np.array([size - 1, size]), np.array([size, size + 1])).tolist() == [0, 1]
    assert pool_adjacent(np.array([size, size - 1]), np.array([size + 1, size])).tolist() == [0]
    assert pool_adjacent(np.array([1, 2]), np.array([size // 2, size // 2 * 2])).tolist() == [0]


def test_blocks_that_never_shrink_fast_are_pooled_one_by_one() -> None:
    rising = np.arange(1, 2000)
    happened = np.append(rising, 0)
    weight = np.full(2000, 2000)
    assert fit(happened.tolist(), weight.tolist()) == falling_at_the_end(happened.tolist())


def falling_at_the_end(happened: list[int]) -> list[Fraction]:
    n = len(happened)
    start = next(k for k in range(n) if sum(happened[k:]) <= happened[k] * (n - k))
    mean = Fraction(sum(happened[start:]), n * (n - start))
    return [Fraction(x, n) for x in happened[:start]] + [mean] * (n - start)


def test_v15_a_falling_run_is_its_mean() -> None:
    """Scores test suite: the isotonic mean of 5 1 0 over rising x is 2 2 2 (here as tenths)."""
    tally = Tally.count(forecast=[0.1, 0.2, 0.3], outcome=[0.5, 0.1, 0])
    assert isotonic_fit(tally.points()) == pytest.approx([0.2, 0.2, 0.2], abs=1e-15)


def test_v7_ties_are_pooled_first() -> None:
    tally = Tally.count(forecast=[0.5, 0.5], outcome=[0, 1])
    assert isotonic_fit(tally.points()).tolist() == [0.5]


def test_fractional_weights_count_as_they_weigh() -> None:
    tally = Tally.count(forecast=[0.2, 0.4, 0.6], outcome=[1, 0, 1], weight=[0.25, 0.75, 1])
    assert isotonic_fit(tally.points()).tolist() == [0.25, 0.25, 1]
    assert isotonic_blocks(tally.points()).tolist() == [0, 2]


def test_a_weight_that_is_whole_with_events_that_are_not() -> None:
    tally = Tally.count(forecast=[0.2, 0.2, 0.4, 0.4], outcome=[1, 0, 1, 0], weight=[0.75, 0.25, 0.5, 0.5])
    assert isotonic_fit(tally.points()).tolist() == [0.625, 0.625]


def test_large_fractional_weights() -> None:
    tally = Tally.of_parts(forecast=[0.1, 0.1, 0.2, 0.2], outcome=[0, 1, 0, 1], parts=[2**60 + 1, 2**60, 2**60, 2**60])
    assert tally.points().weight.tolist() == [2**61 / PARTS] * 2
    assert isotonic_blocks(tally.points()).tolist() == [0, 1]


def test_nothing_and_one() -> None:
    assert isotonic_fit(Tally.merge().points()).tolist() == []
    assert isotonic_fit(Tally.count(forecast=[0.3], outcome=[1]).points()).tolist() == [1]


def test_sums_of_whole_numbers_keep_every_part() -> None:
    half = 2**57
    assert pool_adjacent(np.array([half, half - 1, half]), np.full(3, 2 * half)).tolist() == [0, 2]
    assert pool_adjacent(np.array([half, half - 2, half - 1]), np.full(3, 2 * half)).tolist() == [0]


def test_large_weights_that_are_no_whole_numbers_keep_their_fractions() -> None:
    assert pool_adjacent(np.array([1.25, 1.5]), np.full(2, 2e9)).tolist() == [0, 1]
    assert pool_adjacent(np.array([1.5, 1.25]), np.full(2, 2e9)).tolist() == [0]


def test_whole_numbers_are_pooled_by_running_sums_and_others_are_not() -> None:
    last = np.array([0, 2])
    for values, running in ((np.array([4, 2, 3]), [4, 9]), (np.array([4.0, 2.0, 3.0]), None)):
        pooled = module._Pooled(values)
        pooled.pool(last)
        assert pooled.values.tolist() == [4, 5]
        assert pooled.running is None if running is None else pooled.running.tolist() == running
