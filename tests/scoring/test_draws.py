"""Draws of few units are looked up together, and give the sums that one by one they would give."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from ledger.scoring import _draws


@pytest.mark.parametrize("aim", [8, 0, -8])
@pytest.mark.parametrize("units", [2, 7, 300, 5000, 14000])
def test_together_or_one_by_one_the_sums_are_the_same(units: int, aim: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """``aim`` below 0 draws more than are wanted, so that the first draws are thrown away."""
    columns = np.random.default_rng(1).random((units, 2))
    monkeypatch.setattr(_draws, "_RARE", aim)
    together = _draws.drawn_sums(columns, resamples=45, seed=3)
    np.testing.assert_array_equal(together, _draws.drawn_sums(columns, resamples=45, seed=3))
    monkeypatch.setattr(_draws, "_KEPT", -1)
    np.testing.assert_array_equal(together, _draws.drawn_sums(columns, resamples=45, seed=3))
    monkeypatch.setattr(_draws, "_TOGETHER", -1)
    monkeypatch.setattr(_draws, "_THREADED", 0)
    np.testing.assert_array_equal(together, _draws.drawn_sums(columns, resamples=45, seed=3))


def test_the_first_draws_aim_eight_deviations_short(monkeypatch: pytest.MonkeyPatch) -> None:
    aimed: list[int] = []
    words = _draws._words

    def noted(known: int, units: int, many: int, stream: np.random.Generator) -> _draws.Drawn:
        aimed.append(many)
        drawn, more = words(known, units, many, stream)
        assert drawn.size == many
        assert np.count_nonzero(drawn < known) + more.size == units
        return drawn, more

    monkeypatch.setattr(_draws, "_words", noted)
    for units in (5000, 30_000, 65_535):
        _draws.drawn_sums(np.ones((units, 1)), resamples=1, seed=units)
        share = units * (65_536 // units) / 65_536
        short = units - aimed[-1] * share - 8 * np.sqrt(units * (1 - share))
        assert aimed[-1] % 4 == 0 and 0 <= short <= 5
    _draws.drawn_sums(np.ones((3, 1)), resamples=1, seed=1)
    assert aimed[-1] == 0


def test_a_word_for_each_of_65536_units_and_none_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []
    plain = _draws._plain

    def noted(columns: _draws.Floats, stream: np.random.Generator, size: int) -> _draws.Floats:
        called.append(len(columns))
        return plain(columns, stream, size)

    monkeypatch.setattr(_draws, "_plain", noted)
    for units in (65_536, 65_537):
        columns = np.arange(units, dtype=np.float64)[:, None]
        one, again, other = (_draws.drawn_sums(columns, resamples=2, seed=seed) for seed in (3, 3, 4))
        assert np.array_equal(one, again) and not np.array_equal(one, other)
    assert set(called) == {65_537}


def test_classes_are_drawn_by_the_seed() -> None:
    columns, counts = np.array([[0.25], [0.75]]), np.array([400, 600])
    one, again, other = (_draws.multinomial_sums(columns, counts, resamples=30, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(one, again) and not np.array_equal(one, other)


def test_threads_share_the_work_where_units_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    pool = _draws.ThreadPoolExecutor

    def noted(threads: int) -> object:
        asked.append(threads)
        return pool(threads)

    monkeypatch.setattr(_draws, "ThreadPoolExecutor", noted)
    for there, threads in ((None, 1), (1, 1), (3, 3), (64, 4)):
        monkeypatch.setattr("os.cpu_count", lambda there=there: there)
        for units in (4095, 4096):
            _draws.blocks(lambda stream, size: np.zeros(size), resamples=2, seed=1, units=units)
        assert asked.pop() == threads and not asked
    _draws.multinomial_sums(np.ones((2, 1)), np.array([9000, 9000]), resamples=2, seed=1)
    monkeypatch.setattr(_draws, "_KEPT", -1)
    _draws.drawn_sums(np.ones((100, 1)), resamples=2, seed=1)
    assert not asked


def test_few_draws_are_kept_and_few_words_looked_up_together(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    for name in ("_kept_draws", "_by_words"):
        work = getattr(_draws, name)
        monkeypatch.setattr(_draws, name, lambda *given, name=name, work=work: (called.append(name), work(*given))[1])
    monkeypatch.setattr(_draws, "_KEPT", 1000)
    monkeypatch.setattr(_draws, "_TOGETHER", 10**9)
    for resamples in (10, 11):
        _draws.drawn_sums(np.ones((100, 1)), resamples=resamples, seed=1)
    assert called == ["_kept_draws"]
    share = 65_500 / 65_536
    words = int((100 - 8 * np.sqrt(100 * (1 - share))) / share) // 4 * 4
    called.clear()
    for together in (11 * words, 11 * words - 1):
        monkeypatch.setattr(_draws, "_TOGETHER", together)
        _draws.drawn_sums(np.ones((100, 1)), resamples=11, seed=1)
        assert called == ([] if together == 11 * words else ["_by_words"] * 11)


def test_what_is_looked_up_has_its_place_already() -> None:
    """No array is made for it: the numbers of what is drawn are all that is allocated."""
    units = 200_000
    random, table, room = np.random.default_rng(1), np.ones((1, 65_536)), np.empty(units)
    drawn, more = random.integers(0, 65_536, units, dtype=np.uint16), np.arange(3)
    tracemalloc.start()
    assert _draws._added(table, drawn, more, room) == [units + 3]
    few = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    assert _draws._plain(np.ones((units, 1)), random, 1).tolist() == [[units]]
    plain = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert few < 12 * units
    assert plain < 28 * units  # the column, the places drawn, and the room
