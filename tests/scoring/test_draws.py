"""Draws of few units are looked up together, and give the sums that one by one they would give."""

from __future__ import annotations

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
