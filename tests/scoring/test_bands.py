from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats
from sklearn.isotonic import IsotonicRegression

from ledger.errors import ScoringError
from ledger.scoring import bands
from ledger.scoring.bands import McbTest, corp_curve, mcb_test
from ledger.scoring.tally import Tally
from tests.scoring.reference import niamey, tally

if TYPE_CHECKING:
    from pathlib import Path

DEPENDENT = [
    (Tally.merge(), "there are no scored forecasts"),
    (tally([0.5, 0.7], [1, 0.5]), "needs outcomes of 0 or 1: some are shares"),
    (tally([0.5, 0.7], [1, 1], [1, 0.5]), "needs rows of one unit each: this tally's are weighted"),
]


def plain(p: np.ndarray, truth: np.ndarray, replicates: int, seed: int) -> np.ndarray:
    """Curves refitted on rows drawn again, row by row, by scikit-learn."""
    rng = np.random.default_rng(seed)
    at = np.unique(p)
    curves = []
    for _ in range(replicates):
        drawn = rng.integers(p.size, size=p.size)
        y = (rng.random(p.size) < truth[drawn]).astype(float)
        fit = IsotonicRegression(out_of_bounds="clip").fit(p[drawn], y)
        curves.append(fit.predict(at))
    return np.array(curves)


def test_one_value_has_binomial_bands() -> None:
    got = corp_curve(tally([0.3] * 40, [1.0] * 10 + [0.0] * 30), resamples=5000, confidence=0.9)
    assert got.forecast.tolist() == [0.3]
    assert got.recalibrated.tolist() == [0.25]
    assert got.weight.tolist() == [40]
    assert got.consistency is not None
    assert got.confidence is not None
    assert [float(end[0]) for end in got.consistency] == list(stats.binom.ppf([0.05, 0.95], 40, 0.3) / 40)
    assert [float(end[0]) for end in got.confidence] == list(stats.binom.ppf([0.05, 0.95], 40, 0.25) / 40)
    assert (got.resamples, got.seed, got.reason) == (5000, 1, None)


def test_bands_are_those_of_refitting_row_by_row() -> None:
    rng = np.random.default_rng(12)
    p = rng.integers(1, 10, 150) / 10
    y = (rng.random(150) < p**1.5).astype(float)
    got = corp_curve(tally(p, y), resamples=1500, seed=3)
    again = IsotonicRegression().fit(p, y).predict(np.unique(p))
    assert got.recalibrated == pytest.approx(again, abs=1e-12)
    truths = {"consistency": p, "confidence": IsotonicRegression().fit(p, y).predict(p)}
    for name, truth in truths.items():
        want = np.quantile(plain(p, truth, 1000, 4), [0.025, 0.975], axis=0)
        assert getattr(got, name)[0] == pytest.approx(want[0], abs=0.05)
        assert getattr(got, name)[1] == pytest.approx(want[1], abs=0.05)
    assert got.consistency is not None
    low, high = got.consistency
    assert np.all(np.diff(low) >= 0)
    assert np.all(np.diff(high) >= 0)


@pytest.mark.parametrize("many", [0, 1000])
def test_draws_have_the_law_of_rows_drawn_again(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "_MANY_ROWS", many)
    rows = tally([0.2] * 5 + [0.6] * 3 + [0.9] * 2, [0.0] * 6 + [1.0] * 4).points()
    draw = bands._draws(rows, np.array([0.0, 0.25, 1.0]), np.random.default_rng(6))
    n, happened = (np.array(column) for column in zip(*(draw() for _ in range(8000)), strict=True))
    assert np.all(n.sum(axis=1) == 10)
    assert n.mean(axis=0) == pytest.approx([5, 3, 2], abs=0.08)
    assert n.var(axis=0) == pytest.approx([2.5, 2.1, 1.6], abs=0.15)
    assert np.all(happened[:, 0] == 0)
    assert np.all(happened[:, 2] == n[:, 2])
    assert np.all(happened[:, 1] <= n[:, 1])
    assert happened[:, 1].mean() == pytest.approx(0.75, abs=0.04)
    assert happened[:, 1].var() == pytest.approx(10 * 0.075 * 0.925, abs=0.05)


@pytest.mark.parametrize(("rows", "name"), [(8, "by_row"), (9, "by_point")])
def test_points_of_many_rows_are_drawn_point_by_point(rows: int, name: str) -> None:
    points = tally([0.5] * rows, [0.0] * rows).points()
    assert bands._draws(points, points.forecast, np.random.default_rng(1)).__name__ == name


def test_seed_resamples_and_confidence_are_heeded() -> None:
    rng = np.random.default_rng(7)
    rows = tally(rng.integers(1, 20, 80) / 20, rng.integers(0, 2, 80))
    one, again, other = (
        corp_curve(rows),
        corp_curve(rows, resamples=1000, seed=1, confidence=0.95),
        corp_curve(rows, seed=2),
    )
    for k in (0, 1):
        assert one.consistency[k].tolist() == again.consistency[k].tolist()  # type: ignore[index]
        assert one.consistency[k].tolist() != other.consistency[k].tolist()  # type: ignore[index]
        assert one.confidence[k].tolist() == again.confidence[k].tolist()  # type: ignore[index]
    narrow = corp_curve(rows, confidence=0.5)
    assert np.all(narrow.consistency[0] >= one.consistency[0])  # type: ignore[index]
    assert np.all(narrow.consistency[1] <= one.consistency[1])  # type: ignore[index]
    assert narrow.consistency[0].sum() > one.consistency[0].sum()  # type: ignore[index]


def test_the_test_of_evens_is_exact() -> None:
    # Four said ½ and all happened: MCB is ¼, which calibrated ones show when all or none happen, 2 times in 16.
    got = mcb_test(tally([0.5] * 4, [1.0] * 4), resamples=5000)
    assert got.miscalibration == pytest.approx(0.25, abs=1e-15)
    assert got.p_value == pytest.approx(0.125, abs=0.015)
    assert (got.resamples, got.seed, got.reason) == (5000, 1, None)


def test_calibrated_to_the_letter_is_never_refused() -> None:
    got = mcb_test(tally([0.25] * 4 + [0.5] * 2, [1, 0, 0, 0, 1, 0]), resamples=50)
    assert got.miscalibration == pytest.approx(0, abs=1e-15)
    assert got.p_value == 1


# R package reliabilitydiag: EMOS has the miscalibration .0183; model-diagnostics 1.5.0 has .066072228280 for ENS.
@pytest.mark.parametrize(
    ("forecaster", "miscalibration", "refused"), [("EMOS", 0.018282943343, False), ("ENS", 0.066072228280, True)]
)
def test_niamey_is_tested(shared_data: Path, forecaster: str, miscalibration: float, refused: bool) -> None:
    got = mcb_test(tally(*niamey(shared_data, forecaster)))
    assert got.miscalibration == pytest.approx(miscalibration, abs=5e-13)
    assert got.p_value is not None
    assert (got.p_value < 0.05) == refused


def test_the_test_holds_its_level() -> None:
    rng = np.random.default_rng(31)
    p_values = []
    for seed in range(300):
        p = rng.integers(1, 20, 40) / 20
        got = mcb_test(tally(p, (rng.random(40) < p).astype(float)), resamples=60, seed=seed)
        p_values.append(got.p_value)
    assert 0.04 < np.mean(np.array(p_values) <= 0.1) < 0.17
    assert np.mean(p_values) == pytest.approx(0.5, abs=0.06)


def test_the_seed_of_the_test_is_heeded() -> None:
    rng = np.random.default_rng(7)
    p = rng.integers(1, 20, 80) / 20
    rows = tally(p, (rng.random(80) < p).astype(float))
    assert mcb_test(rows) == mcb_test(rows, resamples=1000, seed=1)
    assert len({mcb_test(rows, seed=seed).p_value for seed in (1, 2, 3, 4)}) > 1
    assert mcb_test(rows, resamples=7, seed=9).resamples == 7


@pytest.mark.parametrize(("rows", "reason"), DEPENDENT)
def test_dependent_rows_have_a_curve_and_no_bands(rows: Tally, reason: str) -> None:
    got = corp_curve(rows, resamples=5, seed=4)
    assert (got.consistency, got.confidence, got.resamples, got.seed, got.reason) == (None, None, 5, 4, reason)
    assert got.forecast.tolist() == rows.forecast.tolist()
    assert got.recalibrated.size == got.weight.size == len(rows)
    assert mcb_test(rows, resamples=5, seed=4) == McbTest(None, None, 5, 4, reason)


def test_what_is_none_is_refused() -> None:
    rows = tally([0.5], [1])
    for call in (corp_curve, mcb_test):
        with pytest.raises(ScoringError, match=r"^resamples is 0: at least one is needed$"):
            call(rows, resamples=0)
    with pytest.raises(ScoringError, match=r"^confidence is 2: "):
        corp_curve(rows, confidence=2)
