from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from ledger.errors import ScoringError
from ledger.scoring.bins import bin_edges, bin_points
from ledger.scoring.points import Points
from ledger.scoring.tally import Tally

ROWS = st.lists(st.tuples(st.integers(0, 20).map(lambda k: k / 20), st.integers(0, 1)), min_size=1, max_size=60)


def points(p: list[float], y: list[float] | None = None, weight: list[float] | None = None) -> Points:
    return Tally.count(forecast=p, outcome=[0.0] * len(p) if y is None else y, weight=weight).points()


# scikit-learn's documentation of calibration_curve.
def test_the_published_curve() -> None:
    got = bin_points(points([0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], [0, 0, 0, 0, 1, 1, 1, 1, 1]), bins=3)
    assert got.frequency.tolist() == [0, 0.5, 1]
    assert got.mean_forecast == pytest.approx([0.2, 0.525, 0.85], abs=1e-15)
    assert got.rows.tolist() == [3, 2, 4]
    assert got.weight.tolist() == [3, 2, 4]
    assert got.happened.tolist() == [0, 1, 4]
    assert got.low.tolist() == [0, 1 / 3, 2 / 3]
    assert got.high.tolist() == [1 / 3, 2 / 3, 1]
    assert got.start.tolist() == [0, 3, 5]


@pytest.mark.parametrize("tenths", range(11))
def test_a_tenth_stands_in_the_bin_that_it_closes(tenths: int) -> None:
    got = bin_points(points([float(f"{tenths / 10:.1f}")]), bins=10)
    top = max(tenths, 1)
    assert (got.low.tolist(), got.high.tolist()) == ([(top - 1) / 10], [top / 10])


@pytest.mark.parametrize("hundredths", range(1, 101))
def test_every_hundredth_closes_its_own_bin_of_a_hundred(hundredths: int) -> None:
    assert bin_points(points([float(f"0.{hundredths:02d}" if hundredths < 100 else "1")]), bins=100).high[0] == (
        hundredths / 100
    )


def test_a_sum_that_is_not_three_tenths_is_not_taken_for_it() -> None:
    assert bin_points(points([0.1 + 0.2]), bins=10).low.tolist() == [0.3]
    assert bin_points(points([0.3]), bins=10).low.tolist() == [0.2]


def test_empty_bins_are_left_out() -> None:
    got = bin_points(points([0.05, 0.95, 0.95]), bins=10)
    assert got.low.tolist() == [0, 0.9]
    assert got.rows.tolist() == [1, 2]


def test_by_value_every_probability_is_a_bin() -> None:
    got = bin_points(points([0.2, 0.9, 0.2], [0, 1, 1]), bins=0, by="value")
    assert got.low.tolist() == got.high.tolist() == [0.2, 0.9]
    assert got.mean_forecast.tolist() == [0.2, 0.9]
    assert got.frequency.tolist() == [0.5, 1]
    assert got.rows.tolist() == [2, 1]


def test_edges_of_ones_own_take_what_lies_beyond() -> None:
    got = bin_points(points([0.05, 0.2, 0.5, 0.51, 1]), bins=[0.1, 0.2, 0.5, 0.9])
    assert got.low.tolist() == [0.1, 0.2, 0.5]
    assert got.high.tolist() == [0.2, 0.5, 0.9]
    assert got.rows.tolist() == [2, 1, 2]


def test_two_edges_are_one_bin() -> None:
    got = bin_points(points([0.1, 0.9]), bins=[0.2, 0.7])
    assert (got.low.tolist(), got.high.tolist(), got.rows.tolist()) == ([0.2], [0.7], [2])


def test_ten_of_equal_width_are_the_default() -> None:
    rows = points([0.05, 0.1, 0.11, 0.5])
    assert bin_edges(rows).tolist() == [k / 10 for k in range(11)]
    assert bin_points(rows).high.tolist() == [0.1, 0.2, 0.5]


def test_edges_are_by_width_or_mass() -> None:
    with pytest.raises(ScoringError, match=r"^edges are by width or mass, not by value$"):
        bin_edges(points([0.5]), by="value")


def test_weights_move_the_means_but_not_the_counts() -> None:
    got = bin_points(points([0.1, 0.2, 0.9], [0, 1, 1], [0.25, 0.75, 2]), bins=2)
    assert got.weight.tolist() == [1, 2]
    assert got.happened.tolist() == [0.75, 2]
    assert got.mean_forecast == pytest.approx([0.175, 0.9], abs=1e-15)
    assert got.frequency.tolist() == [0.75, 1]
    assert got.rows.tolist() == [2, 1]


def test_no_points_give_no_bins() -> None:
    for by in ("value", "width", "mass"):
        got = bin_points(points([]), by=by)
        assert all(column.size == 0 for column in got)


@given(ROWS, st.integers(1, 12))
def test_mass_edges_are_type_seven_quantiles_of_the_rows(rows: list[tuple[float, int]], bins: int) -> None:
    p = [row[0] for row in rows]
    want = np.quantile(p, np.arange(bins + 1) / bins)
    assert bin_edges(points(p), bins=bins, by="mass") == pytest.approx(want, abs=1e-12)


@given(ROWS, st.integers(1, 12))
def test_mass_edges_do_not_depend_on_the_scale_of_the_weights(rows: list[tuple[float, int]], bins: int) -> None:
    p = [row[0] for row in rows]
    third = points(p, weight=[1 / 3] * len(p))
    assert bin_edges(third, bins=bins, by="mass").tolist() == bin_edges(points(p), bins=bins, by="mass").tolist()


def test_mass_counts_weight_where_it_is_not_a_unit_a_row() -> None:
    assert bin_edges(points([0.1, 0.2, 0.3], weight=[0.5, 0.5, 2]), bins=2, by="mass").tolist() == [0.1, 0.3, 0.3]


@given(ROWS, st.integers(1, 12))
def test_ties_are_kept_together_and_nothing_is_lost(rows: list[tuple[float, int]], bins: int) -> None:
    p, y = [row[0] for row in rows], [float(row[1]) for row in rows]
    for by in ("value", "width", "mass"):
        got = bin_points(points(p, y), bins=bins, by=by)
        assert got.rows.sum() == len(rows)
        assert got.happened.sum() == sum(y)
        assert (got.mean_forecast * got.weight).sum() == pytest.approx(sum(p), abs=1e-12)
        assert np.all(got.low <= got.mean_forecast + 1e-15)
        assert np.all(got.mean_forecast <= got.high + 1e-15)
        assert np.all(got.low[1:] >= got.high[:-1] - 1e-15) or by == "value"


@pytest.mark.parametrize(("by", "strategy"), [("width", "uniform"), ("mass", "quantile")])
def test_as_scikit_learn_has_it_away_from_the_edges(by: str, strategy: str) -> None:
    rng = np.random.default_rng(11)
    for n in rng.integers(1, 200, 200):
        if (n - 1) % 7 == 0:
            continue  # an edge of equal mass then is a forecast, and there its edges are off by rounding
        p = rng.random(n)
        y = (rng.random(n) < p).astype(float)
        y[0] = 1 - y[-1]
        frequency, mean = calibration_curve(y, p, n_bins=7, strategy=strategy, pos_label=1.0)
        got = bin_points(points(p.tolist(), y.tolist()), bins=7, by=by)  # type: ignore[arg-type]
        assert got.frequency == pytest.approx(frequency, abs=1e-12)
        assert got.mean_forecast == pytest.approx(mean, abs=1e-12)


@pytest.mark.parametrize(
    ("bins", "by", "message"),
    [
        (0, "width", r"^bins is 0: at least one is needed$"),
        (0, "mass", r"^bins is 0: at least one is needed$"),
        ([0.5], "width", r"^the edges of the bins must be two or more, each above the last$"),
        ([0, 0.5, 0.5], "width", r"^the edges of the bins must be two or more, each above the last$"),
        ([0, float("nan")], "width", r"^bins\[1\] is nan"),
        (10, "luck", r"^points are binned by value, width or mass, not by luck$"),
    ],
)
def test_bins_that_are_none_are_refused(bins: object, by: object, message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        bin_points(points([0.5]), bins=bins, by=by)  # type: ignore[arg-type]
