from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ledger.scoring.calibration_tests import CalibrationTest, chi_squared_tail, hosmer_lemeshow, spiegelhalter, u_test
from ledger.scoring.tally import Tally
from tests.scoring.reference import SIX_FORECAST, SIX_OUTCOME, niamey, tally

if TYPE_CHECKING:
    from pathlib import Path

ROWS = st.lists(
    st.tuples(st.integers(1, 19).map(lambda k: k / 20), st.integers(0, 1).map(float)), min_size=1, max_size=50
)


@given(st.floats(0, 2000), st.integers(1, 400))
def test_the_chi_squared_tail_is_scipys(x: float, freedom: int) -> None:
    assert chi_squared_tail(x, freedom) == pytest.approx(stats.chi2.sf(x, freedom), rel=1e-8, abs=1e-300)


def test_the_chi_squared_tail_of_nothing_is_one() -> None:
    assert [chi_squared_tail(0.0, freedom) for freedom in (1, 2, 3)] == [1, 1, 1]


# Base R 4.2.2.
def test_spiegelhalter_of_the_six_forecasts() -> None:
    got = spiegelhalter(tally(SIX_FORECAST, SIX_OUTCOME))
    assert got.statistic == pytest.approx(0.68853037, abs=5e-9)
    assert got.p_value == pytest.approx(2 * stats.norm.sf(0.68853037), abs=1e-8)
    assert (got.freedom, got.reason) == (None, None)


# Base R 4.2.2.
def test_spiegelhalter_and_hosmer_lemeshow_of_niamey(shared_data: Path) -> None:
    rows = tally(*niamey(shared_data, "EMOS"))
    assert spiegelhalter(rows).statistic == pytest.approx(-0.37122422, abs=5e-9)
    assert spiegelhalter(rows).p_value == pytest.approx(2 * stats.norm.sf(0.37122422), abs=1e-8)
    got = hosmer_lemeshow(rows)
    assert got.statistic == pytest.approx(7.37094196, abs=5e-9)
    assert got.p_value == pytest.approx(0.69002275, abs=5e-9)
    assert got.freedom == 10


def test_hosmer_lemeshow_by_hand() -> None:
    # Two groups, [.2 .2 .5] and [.6 .8], of which 1 and 2 happened: 0.01/0.63 and 0.36/0.42.
    got = hosmer_lemeshow(tally([0.2, 0.2, 0.5, 0.6, 0.8], [0, 1, 0, 1, 1]), bins=2)
    assert got.statistic == pytest.approx(0.1**2 / (0.9 * 0.7) + 0.6**2 / (1.4 * 0.3), rel=1e-12)
    assert got.freedom == 2
    assert got.p_value == pytest.approx(np.exp(-got.statistic / 2), rel=1e-12)


def test_hosmer_lemeshow_of_a_fitted_model_loses_two_degrees() -> None:
    p = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    outside = hosmer_lemeshow(tally(p, [0, 1, 0, 1, 0, 1]), bins=3)
    fitted = hosmer_lemeshow(tally(p, [0, 1, 0, 1, 0, 1]), bins=3, fitted=True)
    assert (outside.freedom, fitted.freedom) == (3, 1)
    assert fitted.statistic == outside.statistic
    assert fitted.p_value == pytest.approx(stats.chi2.sf(outside.statistic, 1), rel=1e-12)


def test_hosmer_lemeshow_never_parts_ties() -> None:
    got = hosmer_lemeshow(tally([0.3] * 9 + [0.9], [1, 0, 0, 1, 0, 0, 0, 1, 0, 1]), bins=10)
    assert got.freedom == 2
    assert got.statistic == pytest.approx(0.3**2 / (2.7 * 0.7) + 0.1**2 / (0.9 * 0.1), rel=1e-12)


@pytest.mark.parametrize(
    ("p", "fitted", "reason"),
    [
        ([0, 0, 0.5, 0.6], False, "in one of the groups every forecast is 0 or every one is 1"),
        ([0.2, 0.5, 1, 1], False, "in one of the groups every forecast is 0 or every one is 1"),
        ([0.2, 0.3, 0.4, 0.5], True, "a fitted model needs three groups, and there are 2"),
    ],
)
def test_hosmer_lemeshow_says_why_not(p: list[float], fitted: bool, reason: str) -> None:
    got = hosmer_lemeshow(tally(p, [0, 1, 0, 1]), bins=2, fitted=fitted)
    assert got == CalibrationTest(None, None, None, reason)


def test_hosmer_lemeshow_has_ten_groups_unless_told() -> None:
    p = [k / 30 for k in range(1, 25)]
    assert hosmer_lemeshow(tally(p, [0, 1] * 12)).freedom == 10
    certain = hosmer_lemeshow(tally([0.2, 0.3, 0.4, 0.5, 1, 1], [0, 1] * 3), bins=3)
    assert certain.reason == "in one of the groups every forecast is 0 or every one is 1"


def test_a_group_that_only_holds_a_certain_forecast_is_tested() -> None:
    assert hosmer_lemeshow(tally([0, 0.2, 0.8, 1], [0, 1, 0, 1]), bins=2).reason is None


def test_the_u_test_by_hand() -> None:
    # One free line through two frequencies: the fitted values are 1/4 and 9/10, the forecasts 1/5 and 4/5.
    got = u_test(tally([0.2] * 4 + [0.8] * 10, [1, 0, 0, 0] + [1] * 9 + [0]))
    best = np.log(0.25) + 3 * np.log(0.75) + 9 * np.log(0.9) + np.log(0.1)
    said = np.log(0.2) + 3 * np.log(0.8) + 9 * np.log(0.8) + np.log(0.2)
    assert got.statistic == pytest.approx(2 * (best - said), rel=1e-9)
    assert got.p_value == pytest.approx(np.exp(-(best - said)), rel=1e-9)
    assert (got.freedom, got.reason) == (2, None)


def test_the_u_test_of_calibrated_odds_is_nought() -> None:
    got = u_test(tally([0.25] * 4 + [0.5] * 2 + [0.8] * 5, [1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0]))
    assert got.statistic == pytest.approx(0, abs=1e-12)
    assert got.statistic is not None
    assert got.statistic >= 0
    assert got.p_value == pytest.approx(1, abs=1e-12)


def test_the_u_test_takes_the_clip() -> None:
    p, y = [0, 0.3, 0.6, 0.9, 1], [0, 1, 0, 1, 0]
    assert u_test(tally(p, y), clip=0.01) == u_test(tally([0.01, 0.3, 0.6, 0.9, 0.99], y))
    reason = "of the forecasts 2 are 0 or 1, whose log odds are infinite, and no clip was named"
    assert u_test(tally(p, y)) == CalibrationTest(None, None, None, reason)


def test_the_u_test_says_why_a_slope_is_missing() -> None:
    assert u_test(tally([0.2, 0.7], [0, 1])).reason == (
        "a threshold parts what happened from what did not, so the slope is infinite"
    )


@given(ROWS)
def test_the_statistics_are_their_definitions(rows: list[tuple[float, float]]) -> None:
    p, y = (np.array([row[k] for row in rows]) for k in range(2))
    variance = ((1 - 2 * p) ** 2 * p * (1 - p)).sum()
    got = spiegelhalter(tally(p, y))
    if variance:
        want = ((y - p) * (1 - 2 * p)).sum() / np.sqrt(variance)
        assert got.statistic == pytest.approx(want, abs=1e-9)
        assert got.p_value == pytest.approx(2 * stats.norm.sf(abs(want)), abs=1e-9)
    else:
        assert got == CalibrationTest(None, None, None, "every forecast is 0, 1/2 or 1")
    free = u_test(tally(p, y))
    assert free.statistic is None or free.statistic >= 0


def test_the_tests_hold_their_level_where_forecasts_are_calibrated() -> None:
    rng = np.random.default_rng(3)
    low: dict[str, int] = {}
    for _ in range(400):
        p = rng.integers(5, 96, 500) / 100
        rows = tally(p, (rng.random(500) < p).astype(float))
        for test in (spiegelhalter, u_test, hosmer_lemeshow):
            p_value = test(rows).p_value
            assert p_value is not None
            low[test.__name__] = low.get(test.__name__, 0) + (p_value < 0.1)
    assert all(20 <= count <= 62 for count in low.values()), low


def test_spiegelhalter_is_undefined_where_nothing_could_vary() -> None:
    got = spiegelhalter(tally([0, 0.5, 0.5, 1], [0, 1, 0, 1]))
    assert got == CalibrationTest(None, None, None, "every forecast is 0, 1/2 or 1")


@pytest.mark.parametrize("test", [spiegelhalter, u_test, hosmer_lemeshow])
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (([], [], None), "there are no scored forecasts"),
        (([0.2, 0.4, 0.3], [0.5, 1, 0], None), "needs outcomes of 0 or 1: some are shares"),
        (
            ([0.2, 0.4, 0.3, 0.3], [0, 1, 1, 0], [1, 1, 0.5, 1]),
            "needs rows of one unit each: this tally's are weighted",
        ),
        (
            ([0.2], [1], [0]),
            "there are no scored forecasts",
        ),
    ],
)
def test_rows_that_are_not_independent_are_not_tested(
    test: object, rows: tuple[object, object, object], reason: str
) -> None:
    got = test(tally(*rows))  # type: ignore[operator]
    assert got == CalibrationTest(None, None, None, reason)


@pytest.mark.parametrize("test", [spiegelhalter, u_test, hosmer_lemeshow])
def test_several_rows_of_a_question_are_not_tested(test: object) -> None:
    rows = Tally.count(forecast=[0.2, 0.4, 0.3], outcome=[1, 1, 0], question=[1, 1, 2])
    reason = "needs independent rows: there are 3 on 2 questions"
    assert test(rows) == CalibrationTest(None, None, None, reason)  # type: ignore[operator]
    apart = Tally.count(forecast=[0.2, 0.4, 0.3], outcome=[1, 1, 0], question=[1, 3, 2])
    assert test(apart) == test(apart.pooled())  # type: ignore[operator]
    assert test(apart).statistic is not None  # type: ignore[operator]


@pytest.mark.parametrize("cached", [1, 2, 4])
def test_parts_that_stay_in_the_cache_add_up(cached: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tally(SIX_FORECAST, SIX_OUTCOME)
    whole = spiegelhalter(rows)
    monkeypatch.setattr("ledger.scoring.points._CACHED", cached)
    got = spiegelhalter(rows)
    assert (got.statistic, got.p_value) == pytest.approx((whole.statistic, whole.p_value), rel=1e-14)
