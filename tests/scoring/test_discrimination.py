from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from ledger.scoring.discrimination import Discrimination, discrimination
from tests.scoring.reference import MASON_FORECAST, MASON_OUTCOME, points

ROWS = st.lists(
    st.tuples(st.integers(0, 10).map(lambda k: k / 10), st.integers(0, 1), st.integers(1, 5)), min_size=1, max_size=30
)


# Mason and Graham 2002 (QJRMS 128:2145), as in the manual of R verification 1.44.
def test_the_published_area_with_ties() -> None:
    got = discrimination(points(MASON_FORECAST, MASON_OUTCOME))
    assert got.auc == pytest.approx(0.839285714, abs=5e-10)
    assert got.reasons == {}


@given(ROWS)
def test_the_figures_are_what_they_say_over_all_pairs(rows: list[tuple[float, int, int]]) -> None:
    got = discrimination(points(*([row[k] for row in rows] for k in range(3))))
    yes = [p for p, y, w in rows for _ in range(w) if y]
    no = [p for p, y, w in rows for _ in range(w) if not y]
    right = sum(p > 0.5 for p in yes) + sum(p < 0.5 for p in no) + sum(p == 0.5 for p in yes + no) / 2
    assert got.right_side == pytest.approx(right / (len(yes) + len(no)), abs=1e-14)
    if yes and no:
        pairs = sum((a > b) + (a == b) / 2 for a in yes for b in no)
        assert got.auc == pytest.approx(pairs / len(yes) / len(no), abs=1e-14)
        assert got.slope == pytest.approx(np.mean(yes) - np.mean(no), abs=1e-14)
        assert got.reasons == {}
    else:
        reason = "everything happened" if yes else "nothing happened"
        assert got == Discrimination(None, None, got.right_side, {"auc": reason, "slope": reason})


def test_a_thousand_areas_as_scikit_learn_has_them() -> None:
    rng = np.random.default_rng(2)
    for _ in range(1000):
        n = rng.integers(2, 40)
        p, y = rng.integers(0, 11, n) / 10, rng.integers(0, 2, n).astype(float)
        if 0 < y.sum() < n:
            assert discrimination(points(p, y)).auc == pytest.approx(roc_auc_score(y, p), abs=1e-12)


def test_a_share_counts_for_both_classes() -> None:
    got = discrimination(points([0.2, 0.7], [0.25, 0.75]))
    assert got.auc == pytest.approx((0.25 * 0.75 / 2 + 0.75 * (0.75 + 0.25 / 2)) / 1, abs=1e-14)
    assert got.slope == pytest.approx((0.25 * 0.2 + 0.75 * 0.7) - (0.75 * 0.2 + 0.25 * 0.7), abs=1e-14)
    assert got.right_side == 0.75


@pytest.mark.parametrize(("p", "y", "right"), [(0.5, 1, 0.5), (0.5, 0, 0.5), (0.51, 1, 1), (0.49, 1, 0), (0.51, 0, 0)])
def test_one_half_takes_no_side(p: float, y: float, right: float) -> None:
    assert discrimination(points([p], [y])).right_side == right


def test_nothing_is_told_of_no_forecasts() -> None:
    reasons = dict.fromkeys(("auc", "slope", "right_side"), "there are no scored forecasts")
    assert discrimination(points([], [])) == Discrimination(None, None, None, reasons)


@pytest.mark.parametrize("cached", [1, 2, 3])
def test_parts_that_stay_in_the_cache_add_up(cached: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = points(MASON_FORECAST, MASON_OUTCOME)
    whole = discrimination(rows)
    monkeypatch.setattr("ledger.scoring.points._CACHED", cached)
    got = discrimination(rows)
    assert (got.auc, got.slope, got.right_side) == pytest.approx((whole.auc, whole.slope, whole.right_side), rel=1e-14)
