from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring import smooth_error
from ledger.scoring.smooth_error import SmoothError, smooth_calibration_error
from tests.scoring.reference import CURVE_FORECAST, CURVE_OUTCOME, niamey, points

if TYPE_CHECKING:
    from pathlib import Path

ROWS = st.lists(st.tuples(st.integers(0, 20).map(lambda k: k / 20), st.integers(0, 1)), min_size=1, max_size=20)


def by_images(p: np.ndarray, y: np.ndarray, bandwidth: float, mesh: int = 4001) -> float:
    """The error at a bandwidth by the definition: a Gaussian around every forecast and its mirror images."""
    t = np.linspace(0, 1, mesh)
    total = np.zeros(mesh)
    for shift in range(-8, 9, 2):
        for sign in (-1, 1):
            away = (t[:, None] - (shift + sign * p)) / bandwidth
            total += np.exp(-(away**2) / 2) @ (y - p)
    total = np.abs(total) / (np.sqrt(2 * np.pi) * bandwidth * p.size)
    return float((total[1:] + total[:-1]).sum() / 2 / (mesh - 1))


# relplot 1.0.3.
def test_relplots_figures() -> None:
    got = smooth_calibration_error(points(CURVE_FORECAST, CURVE_OUTCOME), convention="relplot")
    assert got.error == pytest.approx(0.168122807, abs=5e-10)
    assert got.bandwidth == 173 / 1024


# relplot 1.0.3.
def test_relplots_figure_of_niamey(shared_data: Path) -> None:
    rows = points(*niamey(shared_data, "EMOS"))
    got = smooth_calibration_error(rows, convention="relplot")
    assert got.error == pytest.approx(0.059479363, abs=5e-10)
    # Away from 0 and 1 the definition gives the same, but for the steps of the search.
    assert smooth_calibration_error(rows).error == pytest.approx(0.0594738957, abs=2e-9)


def test_relplot_differs_where_a_forecast_is_exactly_one() -> None:
    """It counts the forecast of 1 half: nine forecasts are eight and a half, and the error is too great by that."""
    got = smooth_calibration_error(points(CURVE_FORECAST, CURVE_OUTCOME))
    assert got.error == pytest.approx(0.1619329437, abs=1e-8)
    assert got.error == pytest.approx(got.bandwidth, abs=1e-11)
    theirs = smooth_calibration_error(points(CURVE_FORECAST, CURVE_OUTCOME), convention="relplot")
    p, y = np.array(CURVE_FORECAST), np.array(CURVE_OUTCOME)
    assert theirs.error == pytest.approx(by_images(p, y, 173 / 1024) * 9 / 8.5, abs=1e-3)


@settings(max_examples=40)
@given(ROWS)
def test_the_figure_is_where_error_and_bandwidth_are_equal(rows: list[tuple[float, int]]) -> None:
    p, y = (np.array([row[k] for row in rows], dtype=float) for k in range(2))
    got = smooth_calibration_error(points(p, y))
    assert got.reason is None
    assert got.error is not None
    assert got.bandwidth is not None
    assert got.error == pytest.approx(by_images(p, y, got.bandwidth), abs=2e-6)
    if got.bandwidth > 0.001:
        assert got.error == pytest.approx(got.bandwidth, abs=1e-9)
    else:
        assert got.error <= 0.001


@pytest.mark.parametrize(("p", "n", "happened"), [(0.5, 100, 51), (0.5, 1000, 502), (0.25, 10000, 2515)])
def test_small_errors_are_resolved(p: float, n: int, happened: int) -> None:
    # One distinct forecast: the residuals have one sign, so that the error is their mean at every bandwidth.
    got = smooth_calibration_error(points([p, p], [1, 0], [happened, n - happened]))
    assert got.error == pytest.approx(happened / n - p, abs=1e-9)
    assert got.bandwidth == pytest.approx(got.error, abs=1e-9)


def test_opposite_errors_cancel_only_within_the_bandwidth() -> None:
    got = smooth_calibration_error(points([0.49, 0.49, 0.51, 0.51], [0, 1, 0, 1], [60, 40, 40, 60]))
    p = np.repeat([0.49, 0.51], 100)
    y = np.array([1.0] * 40 + [0.0] * 60 + [1.0] * 60 + [0.0] * 40)
    assert got.bandwidth is not None
    assert 0.01 < got.bandwidth < 0.09
    assert got.error == pytest.approx(by_images(p, y, got.bandwidth), abs=1e-6)


def test_what_is_below_the_least_bandwidth_stands_at_it() -> None:
    calibrated = points([0.25] * 4, [1, 0, 0, 0])
    assert smooth_calibration_error(calibrated) == SmoothError(0.0, 0.001)
    assert smooth_calibration_error(calibrated, convention="relplot") == SmoothError(0.0, 2 / 1024)
    nearly = smooth_calibration_error(points([0.25] * 2, [1, 0], [2505, 7495]))
    assert nearly == SmoothError(pytest.approx(0.0005, abs=1e-9), 0.001)


def test_many_distinct_forecasts_are_taken_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    p = rng.random(3000)
    rows = points(p, (rng.random(3000) < p**2).astype(float))
    whole = smooth_calibration_error(rows)
    monkeypatch.setattr("ledger.scoring.smooth_error._BLOCK", 7 * 3000)
    assert smooth_calibration_error(rows).error == pytest.approx(whole.error, abs=1e-12)
    monkeypatch.setattr("ledger.scoring.smooth_error._BLOCK", 1)
    assert smooth_calibration_error(rows).error == pytest.approx(whole.error, abs=1e-12)


def test_weights_weigh() -> None:
    one = smooth_calibration_error(points([0.2, 0.2, 0.7], [1, 0, 1]), convention="relplot")
    other = smooth_calibration_error(points([0.2, 0.7], [0.5, 1], [2, 1]), convention="relplot")
    assert other.error == pytest.approx(one.error, abs=1e-12)
    exact = smooth_calibration_error(points([0.2, 0.7], [0.5, 1], [0.2, 0.1]))
    assert exact.error == pytest.approx(smooth_calibration_error(points([0.2, 0.2, 0.7], [1, 0, 1])).error, abs=1e-8)


def test_nothing_has_no_error() -> None:
    assert smooth_calibration_error(points([], [])) == SmoothError(None, None, "there are no scored forecasts")


def test_another_convention_is_refused() -> None:
    with pytest.raises(ScoringError, match=r"^the smooth error has the conventions exact and relplot, not guess$"):
        smooth_calibration_error(points([0.5], [1]), convention="guess")  # type: ignore[arg-type]


@pytest.mark.parametrize("block", [1, 100, 2**22])
def test_there_are_as_many_waves_as_asked_for(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smooth_error, "_BLOCK", block)
    rows = points([0.1, 0.4, 0.7], [1, 0, 1])
    rest = (np.array([0.9, -0.4, 0.3]))[:, None] / 3
    expected = (np.cos(np.pi * np.outer([0.1, 0.4, 0.7], np.arange(50))) * rest).sum(axis=0)
    assert smooth_error._waves(rows, 50) == pytest.approx(expected, abs=1e-14)


def test_the_ends_count_half() -> None:
    """A wave that is 2, 0, -2, 0 and so on at the places of the mesh."""
    half = np.eye(1, smooth_error._MESH // 2 + 1, smooth_error._MESH // 2)[0]
    assert smooth_error._smoothed(half, 0) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("bandwidth", "size", "places"), [(0.5, 1001, 200), (0.01, 1001, 1000), (0.004, 2501, 2500)])
def test_relplot_makes_its_grid_finer_for_small_bandwidths(
    bandwidth: float, size: int, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, asked = points([0.25, 0.5], [1, 0]), []

    def spread(of: object, values: np.ndarray, width: float, size: int) -> np.ndarray:
        asked.append((width, size))
        return np.eye(1, size)[0] if len(asked) == 1 else np.ones(size)  # the residual only at 0, the count everywhere

    monkeypatch.setattr(smooth_error, "_spread_out", spread)
    got = smooth_error._as_relplot(rows, bandwidth)
    assert asked == [(bandwidth, size)] * 2
    near = max(0, 1 - (size - 1) / (places - 1))  # what a second place sees of it
    assert got == pytest.approx((1 + near) / places / 1.0001, rel=1e-9)
