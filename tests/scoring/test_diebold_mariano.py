from __future__ import annotations

import numpy as np
import pytest
import scores.stats.statistical_tests as published
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.diebold_mariano import DieboldMariano, diebold_mariano, lag_sum

FIFTEEN = [0, -1, 0, 2, -1, 0, 1, -4, -1, -1, 2, 1, 0, 2, -1]


def test_four_differences_with_students_t() -> None:
    """The test suite of scores, confirmed with 2.7.0 (scoring reference, V14)."""
    got = diebold_mariano(difference=[1, 2, 3, 4], h=2, confidence=0.9)
    assert got.statistic == pytest.approx(2.236068, abs=5e-7)
    assert got.statistic == pytest.approx(np.sqrt(3 / 8) * 2.5 / np.sqrt(0.46875), abs=1e-14)
    assert got.above_zero == pytest.approx(0.9443164226, abs=5e-11)
    assert got.p_value == pytest.approx(2 * (1 - 0.9443164226), abs=2e-10)
    assert got.interval == pytest.approx((-0.1311403, 5.1311403), abs=5e-8)
    assert (got.n, got.mean, got.confidence, got.reasons) == (4, 2.5, 0.9, {})


def test_four_differences_with_the_normal_law() -> None:
    """The test suite of scores (scoring reference, V14)."""
    got = diebold_mariano(difference=[1, 2, 3, 4], h=2, distribution="normal", confidence=0.9)
    assert got.above_zero == pytest.approx(0.98732634, abs=5e-9)
    assert got.interval == pytest.approx((0.6609978, 4.3390023), abs=1e-7)


def test_a_negative_mean_gives_the_mirror_image() -> None:
    up, down = (diebold_mariano(difference=sign * np.array([1.0, 2, 3, 4])) for sign in (1, -1))
    assert up.statistic is not None and down.statistic is not None and up.interval is not None
    assert down.statistic == -up.statistic
    assert down.p_value == up.p_value
    assert down.interval == (-up.interval[1], -up.interval[0])
    assert up.confidence == 0.95


def test_lag_sums_are_not_divided() -> None:
    """Scoring reference, V14."""
    assert [lag_sum(difference=[1, 2, 3, 4], lag=lag) for lag in (0, 1, 2)] == [5.0, 1.25, -1.5]


def test_exponential_autocovariance() -> None:
    """The test suite of scores, which cross-checked it with R verification (scoring reference, V14)."""
    got = diebold_mariano(difference=FIFTEEN, h=14, method="HG")
    assert got.statistic == pytest.approx(-0.169192, abs=5e-7)


@pytest.mark.parametrize("size", [30, 31, 200])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_exponential_autocovariance_agrees_with_scores_on_a_correlated_series(seed: int, size: int) -> None:
    """To 3e-5: its optimiser stops earlier than ours."""
    random = np.random.default_rng(seed)
    series = np.zeros(size)
    for step in range(1, size):
        series[step] = 0.7 * series[step - 1] + random.normal(0.1, 1)
    data = xr.DataArray(series[None], dims=["lead", "day"], coords={"lead": [1], "h": ("lead", [2])})
    theirs = published.diebold_mariano(data, "lead", "h", method="HG")
    ours = diebold_mariano(difference=series, method="HG")
    assert ours.statistic == pytest.approx(float(theirs.dm_test_stat.values[0]), rel=3e-5)


def test_exponential_autocovariance_of_two_differences() -> None:
    got = diebold_mariano(difference=[0.0, 1.0], method="HG")
    assert got.statistic == pytest.approx(0.5 / np.sqrt(0.25 / 2), abs=1e-9)


@pytest.mark.parametrize(("size", "lags"), [(3, 1), (4, 1), (5, 2), (6, 2)])
def test_exponential_autocovariance_is_fitted_to_the_first_half_of_the_lags(size: int, lags: int) -> None:
    """One lag leaves no decay to fit; two are fitted without remainder."""
    values = np.arange(size, dtype=float)
    seen = [lag_sum(difference=values, lag=lag) / size for lag in range(lags)]
    decay = seen[1] / seen[0] if lags == 2 else 0.0
    variance = seen[0] * (2 * (decay ** np.arange(size)).sum() - 1) / size
    got = diebold_mariano(difference=values, method="HG")
    assert got.statistic == pytest.approx(values.mean() / np.sqrt(variance), rel=1e-6)


def test_exponential_autocovariance_of_a_slow_wave_is_positive() -> None:
    wave = np.cos(np.arange(400) * 2 * np.pi / 280)
    got = diebold_mariano(difference=wave, method="HG")
    assert got.statistic is not None and np.isfinite(got.statistic)


def test_undefined_tests_say_why() -> None:
    """A constant series is NaN upstream (scoring reference, V14); here it is None with the reason."""
    figures = ("statistic", "p_value", "above_zero", "interval")
    same = diebold_mariano(difference=[1, 1, 1, 1], h=2)
    assert same == DieboldMariano(
        4, 1.0, None, None, None, None, 0.95, dict.fromkeys(figures, "every difference is the same")
    )
    one = diebold_mariano(difference=[0.5])
    assert (one.n, one.mean, one.reasons) == (1, 0.5, dict.fromkeys(figures, "fewer than two differences"))
    none = diebold_mariano(difference=[])
    assert (none.n, none.mean) == (0, None)
    assert none.reasons == dict.fromkeys(("mean", *figures), "fewer than two differences")
    swinging = diebold_mariano(difference=[1, -1, 1, -1, 1], h=2)
    assert (swinging.mean, swinging.statistic) == (0.2, None)
    assert set(swinging.reasons.values()) == {"the estimated variance is not positive"}


@pytest.mark.parametrize("h", [0, 4])
def test_horizons_out_of_range_are_refused(h: int) -> None:
    with pytest.raises(ScoringError, match=f"h is {h}: it must be at least 1 and below the number of differences, 4"):
        diebold_mariano(difference=[1, 2, 3, 4], h=h)
    assert diebold_mariano(difference=[1, 2, 3, 4], h=3).n == 4


@pytest.mark.parametrize("change", [{"method": "NW"}, {"distribution": "F"}, {"confidence": 1}, {"confidence": 0}])
def test_choices_that_are_none_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ScoringError, match="method is HLN or HG, distribution t or normal, confidence between 0 and 1"):
        diebold_mariano(difference=[1, 2], **change)  # type: ignore[arg-type]


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=30))
def test_at_lag_zero_it_is_the_paired_t_test(values: list[float]) -> None:
    from scipy.stats import ttest_1samp

    if np.ptp(values) < 1e-6:
        return
    got, expected = diebold_mariano(difference=values), ttest_1samp(values, 0)
    assert got.statistic == pytest.approx(expected.statistic, rel=1e-9, abs=1e-9)
    assert got.p_value == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-9)
    interval = expected.confidence_interval()
    assert got.interval == pytest.approx((interval.low, interval.high), rel=1e-9, abs=1e-9)


def test_an_undefined_test_keeps_its_count_and_confidence() -> None:
    """Also where the variance comes out as exactly 0."""
    for values, h in (([0.5], 1), ([1, -1, 1, -1, 1], 2), ([1, -1, 0, 0], 2), ([2, 2, 2], 1)):
        got = diebold_mariano(difference=values, h=h, confidence=0.8)
        assert (got.n, got.confidence, got.statistic, got.interval) == (len(values), 0.8, None, None)
        assert got.mean == pytest.approx(np.mean(values))
