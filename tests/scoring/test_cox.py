from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from ledger.errors import ScoringError
from ledger.scoring.cox import cox, log_odds
from tests.scoring.reference import SIX_FORECAST, SIX_OUTCOME, niamey, points

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.scoring.points import Points

module = import_module("ledger.scoring._logistic")

INNER = st.integers(1, 99).map(lambda k: k / 100)
ROWS = st.lists(st.tuples(INNER, st.integers(0, 1), st.integers(1, 9)), min_size=1, max_size=40)
ALL = ("intercept", "slope", "in_the_large")


def score(rows: list[tuple[float, int, int]], intercept: float, slope: float) -> tuple[float, float]:
    """The gradient of the log likelihood, written out."""
    g = [0.0, 0.0]
    for p, y, w in rows:
        z = np.log(p / (1 - p))
        rest = w * (y - 1 / (1 + np.exp(-intercept - slope * z)))
        g = [g[0] + rest, g[1] + rest * z]
    return g[0], g[1]


# Base R 4.2.2, glm(y ~ qlogis(p), binomial), and with offset(qlogis(p)).
def test_glm_of_the_six_forecasts() -> None:
    got = cox(points(SIX_FORECAST, SIX_OUTCOME))
    assert got.intercept == pytest.approx(0.25000464, abs=5e-9)
    assert got.slope == pytest.approx(0.52061759, abs=5e-9)
    assert got.in_the_large == pytest.approx(0.55001653, abs=5e-9)
    assert got.reasons == {}


def test_glm_of_niamey(shared_data: Path) -> None:
    got = cox(points(*niamey(shared_data, "EMOS")))
    assert got.intercept == pytest.approx(0.25070278, abs=5e-9)
    assert got.slope == pytest.approx(1.16946798, abs=5e-9)
    assert got.in_the_large == pytest.approx(0.25389981, abs=5e-9)


def test_two_values_have_a_closed_form() -> None:
    # Odds said 1/4 and 4, odds seen 1/3 and 9: the line through (ln ¼, ln ⅓) and (ln 4, ln 9).
    got = cox(points([0.2] * 4 + [0.8] * 10, [1, 0, 0, 0] + [1] * 9 + [0]))
    slope = (np.log(9) + np.log(3)) / (2 * np.log(4))
    assert got.slope == pytest.approx(slope, rel=1e-12)
    assert got.intercept == pytest.approx(np.log(9) - slope * np.log(4), rel=1e-12)


@pytest.mark.parametrize(("said", "happened"), [(0.2, 3), (0.9, 1), (0.25, 1)])
def test_one_value_has_an_intercept_and_no_slope(said: float, happened: int) -> None:
    got = cox(points([said] * 4, [1] * happened + [0] * (4 - happened)))
    want = np.log(happened / (4 - happened)) - np.log(said / (1 - said))
    assert got.in_the_large == pytest.approx(want, abs=1e-12)
    assert (got.intercept, got.slope) == (None, None)
    assert got.reasons == dict.fromkeys(("intercept", "slope"), "there is one distinct probability")


@given(ROWS)
def test_the_fit_is_where_the_likelihood_is_level(rows: list[tuple[float, int, int]]) -> None:
    p, y, w = ([row[k] for row in rows] for k in range(3))
    got = cox(points(p, y, w))
    size = sum(w)
    if got.in_the_large is not None:
        assert score(rows, got.in_the_large, 1)[0] == pytest.approx(0, abs=1e-9 * size)
    if got.slope is not None and got.intercept is not None:
        assert score(rows, got.intercept, got.slope) == pytest.approx((0, 0), abs=1e-9 * size)
    for name in ALL:
        assert (getattr(got, name) is None) == (name in got.reasons)
    if len(set(y)) == 2:
        yes, no = ([p[i] for i in range(len(p)) if y[i] == k] for k in (1, 0))
        parted = min(yes) >= max(no) or min(no) >= max(yes)
        assert ("slope" in got.reasons) == parted
        assert "in_the_large" not in got.reasons


def test_as_scikit_learn_fits_it() -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        p = rng.integers(1, 100, 300) / 100
        y = rng.random(300) < p ** rng.uniform(0.5, 2)
        got = cox(points(p, y.astype(float)))
        fit = LogisticRegression(C=np.inf, tol=1e-10, solver="newton-cholesky").fit(log_odds(p)[:, None], y)
        assert got.intercept == pytest.approx(fit.intercept_[0], abs=1e-6)
        assert got.slope == pytest.approx(fit.coef_[0, 0], abs=1e-6)


def test_as_a_general_optimiser_finds_it_far_from_calibration() -> None:
    p, y, w = [1e-9, 0.3, 0.31, 0.999999], [1, 0, 1, 0], [3.0, 2.0, 5.0, 1.0]
    z = log_odds(np.array(p))

    def loss(at: np.ndarray) -> float:
        eta = at[0] + at[1] * z
        return float(np.array(w) @ (np.logaddexp(0, eta) - np.array(y) * eta))

    got = cox(points(p, y, w))
    best = minimize(loss, np.zeros(2), tol=1e-12)
    assert (got.intercept, got.slope) == pytest.approx(tuple(best.x), abs=1e-4)


def test_a_share_counts_for_both_sides() -> None:
    whole = cox(points([0.2, 0.7, 0.7, 0.4], [1, 1, 0, 0]))
    shared = cox(points([0.2, 0.7, 0.4], [1, 0.5, 0], [1, 2, 1]))
    assert shared.slope == pytest.approx(whole.slope, rel=1e-12)


def test_calibrated_in_odds_is_nought_and_one() -> None:
    got = cox(points([0.25] * 4 + [0.5] * 2 + [0.8] * 5, [1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0]))
    assert got.intercept == pytest.approx(0, abs=1e-12)
    assert got.slope == pytest.approx(1, abs=1e-12)
    assert got.in_the_large == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("tiny", [1e-300, 5e-324])
def test_extreme_odds_neither_overflow_nor_lose_the_intercept(tiny: float) -> None:
    got = cox(points([tiny, tiny, tiny], [1, 1, 0]))
    assert got.in_the_large == pytest.approx(np.log(2) - np.log(tiny), rel=1e-12)
    mirrored = cox(points([1 - 2**-53, 1 - 2**-53, 1 - 2**-53], [0, 0, 1]))
    assert mirrored.in_the_large == pytest.approx(-np.log(2) - 53 * np.log(2), rel=1e-12)
    both = cox(points([tiny, tiny, 1 - 2**-53, 1 - 2**-53], [1, 0, 0, 1]))
    assert both.in_the_large is not None
    assert both.slope == pytest.approx(0, abs=1e-9)


def test_where_newton_alone_would_leave_the_bracket() -> None:
    rows = [(1e-12, 0, 1), (1 - 1e-12, 1, 3), (1 - 1e-12, 0, 1)]
    got = cox(points([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]))
    assert got.in_the_large is not None
    assert score(rows, got.in_the_large, 1)[0] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("p", "y", "reason"),
    [
        ([], [], "there are no scored forecasts"),
        ([0.2, 0.3], [0, 0], "nothing happened"),
        ([0.2, 1.0], [1, 1], "everything happened"),
        (
            [0, 0.4, 0.4, 0.5, 0.5, 1, 1, 1],
            [0, 0, 1, 0, 1, 1, 1, 1],
            "of the forecasts 4 are 0 or 1, whose log odds are infinite, and no clip was named",
        ),
    ],
)
def test_what_has_no_intercept_says_why(p: list[float], y: list[int], reason: str) -> None:
    got = cox(points(p, y))
    assert (got.intercept, got.slope, got.in_the_large) == (None, None, None)
    assert got.reasons == dict.fromkeys(ALL, reason)


@pytest.mark.parametrize(
    ("p", "y"),
    [
        ([0.2, 0.4, 0.6], [0, 0, 1]),
        ([0.2, 0.4, 0.6], [1, 1, 0]),
        ([0.2, 0.4, 0.4, 0.6], [0, 0, 1, 1]),
        ([0.2, 0.4, 0.4, 0.6], [1, 0, 1, 0]),
    ],
)
def test_separation_has_no_slope(p: list[float], y: list[int]) -> None:
    got = cox(points(p, y))
    reason = "a threshold parts what happened from what did not, so the slope is infinite"
    assert got.reasons == dict.fromkeys(("intercept", "slope"), reason)
    assert (got.intercept, got.slope) == (None, None)
    assert got.in_the_large is not None


def test_one_that_is_almost_parted_is_not_guessed() -> None:
    p = [0.08544997, 0.24892267, 0.67261227, 0.98940133, 0.62876303, 0.67011494]
    got = cox(points(p, [1, 1, 0, 1, 0, 1], [1e-3, 1, 1e3, 1e-3, 1e-3, 1e3]))
    reason = "the outcomes are so nearly parted by a threshold that the fit did not settle"
    assert got.reasons == dict.fromkeys(("intercept", "slope"), reason)
    assert got.slope is None


def test_values_whose_log_odds_are_equal_have_no_slope() -> None:
    low = 1e-17
    got = cox(points([low, np.nextafter(low, 1)] * 2, [0, 0, 1, 1]))
    assert got.reasons["slope"] == "there is one distinct probability"


def test_a_clip_moves_only_what_lies_beyond_it() -> None:
    p, y = [0, 0.3, 0.6, 0.9, 1], [0, 1, 0, 1, 0]
    assert cox(points(p, y), clip=0.01) == cox(points([0.01, 0.3, 0.6, 0.9, 0.99], y))
    inner = points([0.2, 0.7, 0.5], [1, 1, 0])
    assert cox(inner, clip=0.1) == cox(inner)
    flat = cox(points([0.1, 0.2, 0.1], [1, 0, 0]), clip=0.3)
    assert flat.reasons["slope"] == "there is one distinct probability"


@pytest.mark.parametrize("clip", [0, 0.5, -0.1, 1, float("nan")])
def test_a_clip_that_is_none_is_refused(clip: float) -> None:
    with pytest.raises(ScoringError, match=rf"^clip is {clip}: it must lie between 0 and 0\.5, as 0\.001 does$"):
        cox(points([0.2, 0.7], [1, 0]), clip=clip)


def many_rows() -> Points:
    rng = np.random.default_rng(14)
    p = rng.uniform(0.01, 0.99, 3001)
    happens = 1 / (1 + np.exp(-1 - 2 * log_odds(p)))
    return points(p, (rng.random(3001) < happens).astype(float))


def test_many_points_are_fitted_by_neighbourhoods_first_and_then_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = many_rows()
    whole = cox(rows)
    sizes: list[int] = []
    slopes = module._slopes

    def counted(of: Any, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        sizes.append(of.u.size)
        return slopes(of, at)

    monkeypatch.setattr(module, "_slopes", counted)
    monkeypatch.setattr(module, "_MANY", 3001)
    assert cox(rows) == whole
    assert sizes == [3001] * len(sizes)
    assert len(sizes) > 4
    sizes.clear()
    monkeypatch.setattr(module, "_MANY", 3000)
    got = cox(rows)
    assert got.slope == pytest.approx(whole.slope, rel=1e-12)
    assert got.intercept == pytest.approx(whole.intercept, rel=1e-12)
    assert got.in_the_large == pytest.approx(whole.in_the_large, rel=1e-12)
    assert sizes.count(3001) == 1
    assert 4 < sizes.index(3001) == len(sizes) - 1
    assert 2 * 300 < sizes[0] <= 2 * 400


def test_neighbourhoods_keep_weight_mean_and_variance(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = points([0.1, 0.2, 0.2, 0.3, 0.6, 0.7, 0.9, 0.9], [1, 0, 1, 0, 1, 0.5, 1, 0], [1, 2, 3, 1, 2, 4, 1, 2])
    z = log_odds(rows.forecast)
    monkeypatch.setattr(module, "_GROUPS", 3)
    assert module.neighbourhoods(rows, z) is None
    monkeypatch.setattr(module, "_MANY", 5)
    near = module.neighbourhoods(rows, z)
    assert near.weight.size == near.u.size == 6
    for power in (0, 1, 2):
        assert near.weight @ near.u**power == pytest.approx(rows.weight @ z**power, rel=1e-12)
    assert near.happened == rows.happened.sum()
    assert near.moment == pytest.approx(rows.happened @ z, rel=1e-12)
    thirds = np.searchsorted(z, z[0] + (z[-1] - z[0]) * np.array([1, 2]) / 3)
    parts = [part.sum() for part in np.split(rows.weight, thirds)]
    assert near.weight.tolist() == [part / 2 for part in parts] * 2


def test_neighbourhoods_start_both_fits_close_by(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = many_rows()
    whole = cox(rows)
    starts: list[float] = []
    by_odds = module._by_odds

    def noted(points_: Points, p: np.ndarray, at: float) -> tuple[float, float]:
        starts.append(at)
        return by_odds(points_, p, at)

    monkeypatch.setattr(module, "_by_odds", noted)
    monkeypatch.setattr(module, "_MANY", 3000)
    assert cox(rows).in_the_large == pytest.approx(whole.in_the_large, rel=1e-12)
    assert len(starts) == 1
    assert starts[0] == pytest.approx(whole.in_the_large, abs=1e-6)


def test_neighbourhoods_that_have_no_fit_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = points([0.1, 0.2, 0.3, 0.8, 0.7, 0.9], [0, 1, 0, 1, 0, 1])
    whole = cox(rows)
    asked: list[int] = []
    fit = module._fit

    def none_for_few(of: Any, at: np.ndarray) -> np.ndarray | None:
        asked.append(of.u.size)
        return None if of.u.size < 6 else fit(of, at)

    monkeypatch.setattr(module, "_fit", none_for_few)
    monkeypatch.setattr(module, "_MANY", 3)
    monkeypatch.setattr(module, "_GROUPS", 2)
    got = cox(rows)
    assert (got.intercept, got.slope) == (whole.intercept, whole.slope)
    assert asked == [4, 6]


def test_parts_that_stay_in_the_cache_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = points(SIX_FORECAST, SIX_OUTCOME)
    whole = cox(rows)
    monkeypatch.setattr("ledger.scoring.points._CACHED", 4)
    got = cox(rows)
    assert (got.intercept, got.slope, got.in_the_large) == pytest.approx(
        (whole.intercept, whole.slope, whole.in_the_large), rel=1e-12
    )


def test_few_steps_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fits are quick: the speed of the whole card leans on it."""
    rng = np.random.default_rng(8)
    p = rng.integers(1, 1000, 5000) / 1000
    rows = points(p, (rng.random(5000) < p**1.3).astype(float))
    slow = cox(rows)
    monkeypatch.setattr(module, "_STEPS", 5)
    assert cox(rows) == slow


def test_without_steps_the_intercept_is_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STEPS", 1)
    got = cox(points([0.2, 0.7, 0.5], [1, 1, 0]))
    assert got.in_the_large is not None
    assert got.slope is None
