from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scores.continuous import murphy_score
from xarray import DataArray

from ledger.errors import ScoringError
from ledger.scoring.murphy_diagram import murphy_diagram
from tests.scoring.reference import points

TWENTIETHS = st.integers(0, 20).map(lambda k: k / 20)
ROWS = st.lists(st.tuples(TWENTIETHS, st.integers(0, 1), st.integers(1, 4)), min_size=1, max_size=30)


@given(ROWS, st.lists(TWENTIETHS, min_size=1))
def test_it_is_the_mean_elementary_score(rows: list[tuple[float, int, int]], thresholds: list[float]) -> None:
    got = murphy_diagram(points(*([row[k] for row in rows] for k in range(3))), threshold=thresholds)
    for t, value in zip(thresholds, got, strict=True):
        lost = sum(w * ((1 - t) * (y == 1 and p <= t) + t * (y == 0 and p > t)) for p, y, w in rows)
        assert value == pytest.approx(lost / sum(w for *_, w in rows), abs=1e-12)


@given(ROWS)
def test_twice_the_area_is_the_brier_score(rows: list[tuple[float, int, int]]) -> None:
    p, y, w = (np.array([row[k] for row in rows], dtype=float) for k in range(3))
    steps = 2000  # the diagram is linear between multiples of 1/20, so midpoints are exact
    middle = (np.arange(steps) + 0.5) / steps
    area = murphy_diagram(points(p, y, w), threshold=middle).mean()
    assert 2 * area == pytest.approx((w * (p - y) ** 2).sum() / w.sum(), abs=1e-12)


def test_as_scores_has_it_between_the_forecasts() -> None:
    rng = np.random.default_rng(6)
    for _ in range(20):
        p, y = rng.integers(0, 11, 50) / 10, rng.integers(0, 2, 50).astype(float)
        at = (np.arange(10) + 0.5) / 10
        theirs = murphy_score(DataArray(p, dims="x"), DataArray(y, dims="x"), at, functional="expectile", alpha=0.5)
        got = murphy_diagram(points(p, y), threshold=at)
        assert got == pytest.approx(2 * theirs["total"].to_numpy(), abs=1e-12)  # its weight on each side is a half


def test_a_share_counts_for_both() -> None:
    assert murphy_diagram(points([0.4, 0.4], [0.25, 1]), threshold=[0.3, 0.4]) == pytest.approx(
        [0.3 * 0.375, 0.6 * 0.625], abs=1e-15
    )


def test_what_has_no_diagram_is_refused() -> None:
    with pytest.raises(ScoringError, match=r"^a Murphy diagram needs at least one forecast$"):
        murphy_diagram(points([], []), threshold=[0.5])
    with pytest.raises(ScoringError, match=r"^threshold\[0\] is 1\.5: it must lie between 0 and 1$"):
        murphy_diagram(points([0.5], [1]), threshold=[1.5])
    with pytest.raises(ScoringError, match=r"^threshold must have one dimension"):
        murphy_diagram(points([0.5], [1]), threshold=0.5)
