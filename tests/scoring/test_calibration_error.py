from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring.calibration_error import CalibrationError, calibration_error
from tests.scoring.reference import CURVE_FORECAST, CURVE_OUTCOME, EURO_FORECAST, EURO_OUTCOME, tally

ROWS = st.lists(st.tuples(st.integers(0, 20).map(lambda k: k / 20), st.integers(0, 1)), min_size=1, max_size=60)


# scikit-learn's data; ECE and MCE computed with netcal 1.4.0.
def test_the_error_of_the_published_curve() -> None:
    rows = tally(CURVE_FORECAST, CURVE_OUTCOME)
    three = calibration_error(rows, bins=3)
    assert three.ece == pytest.approx(0.138888889, abs=5e-10)
    assert three.mce == pytest.approx(0.2, abs=1e-12)
    assert three.bins == 3
    ten = calibration_error(rows, bins=10)
    assert ten.ece == pytest.approx(0.216666667, abs=5e-10)
    assert (ten.bins, ten.reasons) == (8, {})


def test_ten_bins_of_width_are_the_default() -> None:
    rows = tally(CURVE_FORECAST, CURVE_OUTCOME)
    assert calibration_error(rows) == calibration_error(rows, bins=10, by="width")
    assert [calibration_error(tally(p, [0, 1])).bins for p in ([0.05, 0.1], [0.1, 0.11], [0.09, 0.12])] == [1, 2, 2]
    assert calibration_error(rows, by="mass") != calibration_error(rows)


# SpecsVerification 0.5-3 (the reliability term), and the correction of it that is not truncated.
def test_the_squares_are_the_reliability_of_the_european_temperatures() -> None:
    rows = tally(EURO_FORECAST, EURO_OUTCOME)
    three, ten = calibration_error(rows, bins=3), calibration_error(rows, bins=10)
    assert three.squared == pytest.approx(0.01690033789, abs=5e-12)
    assert ten.squared == pytest.approx(0.03478652263, abs=5e-12)
    assert three.debiased_squared == pytest.approx(-0.000883318785, abs=5e-13)
    assert three.debiased == 0


@given(ROWS, st.integers(1, 12))
def test_the_figures_are_their_definitions(rows: list[tuple[float, int]], bins: int) -> None:
    p, y = (np.array([row[k] for row in rows], dtype=float) for k in range(2))
    got = calibration_error(tally(p, y), bins=bins)
    place = np.maximum(np.ceil(np.round(p * bins, 9)), 1)
    parts = [(p[place == k], y[place == k]) for k in np.unique(place)]
    far = np.array([q.mean() - o.mean() for q, o in parts])
    n = np.array([q.size for q, _ in parts])
    spread = np.array([o.var(ddof=1) if o.size > 1 else 0 for _, o in parts])
    assert got.ece == pytest.approx((n * abs(far)).sum() / n.sum(), abs=1e-12)
    assert got.mce == pytest.approx(abs(far).max(), abs=1e-12)
    assert got.squared == pytest.approx((n * far**2).sum() / n.sum(), abs=1e-12)
    assert got.bias == pytest.approx(p.mean() - y.mean(), abs=1e-12)
    assert got.debiased_squared == pytest.approx(got.squared - spread.sum() / n.sum(), abs=1e-12)
    assert got.debiased == pytest.approx(np.sqrt(max(0, got.debiased_squared)), abs=1e-12)
    assert got.bins == n.size


def test_the_debiased_error_is_right_on_average() -> None:
    rng = np.random.default_rng(4)
    errors = []
    for _ in range(3000):
        p = np.repeat([0.2, 0.6], 10)
        y = (rng.random(20) < np.repeat([0.3, 0.6], 10)).astype(float)
        errors.append(calibration_error(tally(p, y), by="value").debiased_squared)
    assert np.mean(errors) == pytest.approx(0.005, abs=0.001)


def test_the_constant_base_rate_has_no_error() -> None:
    got = calibration_error(tally([0.25] * 4, [1, 0, 0, 0]))
    assert (got.bias, got.ece, got.mce, got.squared, got.debiased) == (0, 0, 0, 0, 0)


def test_weights_weigh_and_leave_the_debiased_figures_out() -> None:
    got = calibration_error(tally([0.1, 0.9], [0, 0], [0.5, 1.5]))
    assert got.ece == pytest.approx((0.5 * 0.1 + 1.5 * 0.9) / 2, abs=1e-12)
    assert got.bias == got.ece
    assert got.squared == pytest.approx((0.5 * 0.01 + 1.5 * 0.81) / 2, abs=1e-12)
    assert (got.mce, got.bins) == (0.9, 2)
    assert (got.debiased_squared, got.debiased) == (None, None)
    reason = "needs rows of one unit each: this tally's are weighted"
    assert got.reasons == dict.fromkeys(("debiased_squared", "debiased"), reason)


def test_nothing_has_no_error() -> None:
    names = ("bias", "ece", "mce", "squared", "debiased_squared", "debiased")
    reasons = dict.fromkeys(names, "there are no scored forecasts")
    assert calibration_error(tally([], [])) == CalibrationError(None, None, None, None, None, None, 0, reasons)
