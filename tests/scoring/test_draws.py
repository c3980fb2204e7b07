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
