"""Our figures against other libraries' on 1000 random inputs each, with ties, zeros, ones and one class alone.

Where a library differs on purpose or by mistake, a test says so and shows what is right.
"""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest

from ledger.scoring.decomposition import Corp, corp
from ledger.scoring.isotonic import isotonic_fit
from ledger.scoring.rules import brier_score, log_score, ranked_probability_score
from ledger.scoring.rules_interval import interval_score
from ledger.scoring.rules_numeric import crps, pinball_score, weighted_interval_score
from ledger.scoring.tally import Tally

INPUTS = 1000


def binary(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw forecasts and outcomes: by the seed with ties, with zeros and ones, or continuous; some of one class."""
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 40))
    p = [random.random(n), random.integers(0, 11, n) / 10, random.choice([0.0, 0.25, 0.5, 1.0], n)][seed % 3]
    chance = 0.0 if seed % 17 == 0 else 1.0 if seed % 17 == 1 else p
    return p, (random.random(n) < chance).astype(float)


def vectors(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw forecasts over 2 to 7 options in order, and the options that happened."""
    random = np.random.default_rng(seed)
    n, options = int(random.integers(1, 20)), int(random.integers(2, 8))
    weight = random.random((n, options)) * (random.random((n, options)) < 0.7)
    weight[:, 0] += 1e-3
    return weight / weight.sum(axis=1, keepdims=True), random.integers(0, options, n)


@pytest.mark.parametrize("block", range(4))
def test_isotonic_is_scikit_learns(block: int) -> None:
    from sklearn.isotonic import IsotonicRegression

    for seed in range(block, INPUTS, 4):
        p, y = binary(seed)
        weight = np.random.default_rng(seed).integers(1, 5, p.size)
        tally = Tally.count(forecast=p, outcome=y, weight=weight)
        expected = IsotonicRegression().fit(p, y, sample_weight=weight).predict(tally.points().forecast)
        assert isotonic_fit(tally.points()) == pytest.approx(expected, abs=1e-12)


def test_brier_and_log_are_scoringrules() -> None:
    import scoringrules

    for seed in range(INPUTS):
        p, y = binary(seed)
        assert brier_score(forecast=p, outcome=y) == pytest.approx(scoringrules.brier_score(y, p), abs=1e-15)
        with np.errstate(divide="ignore"):
            theirs = scoringrules.log_score(y, p)
        assert log_score(forecast=p, outcome=y) == pytest.approx(theirs, rel=1e-12, abs=1e-15)


def test_brier_is_scores() -> None:
    import scores.probability
    import xarray

    for seed in range(INPUTS):
        p, y = binary(seed)
        theirs = scores.probability.brier_score(xarray.DataArray(p, dims="n"), xarray.DataArray(y, dims="n"))
        assert brier_score(forecast=p, outcome=y).mean() == pytest.approx(float(theirs), abs=1e-15)


def test_ranked_probability_is_scoringrules() -> None:
    import scoringrules

    for seed in range(INPUTS):
        p, option = vectors(seed)
        theirs = scoringrules.rps_score(option + 1, p)  # it counts options from 1
        ours = ranked_probability_score(forecast=p, outcome=option, normalisation="none")
        assert ours == pytest.approx(theirs, abs=1e-14)
        mean = ranked_probability_score(forecast=p, outcome=option)
        below = np.cumsum(p, axis=1)[:, :-1]
        happened = (option[:, None] <= np.arange(p.shape[1] - 1)).astype(float)
        halves = brier_score(forecast=np.clip(below, 0, 1), outcome=happened).mean(axis=1)
        assert mean == pytest.approx(halves, abs=1e-14)


def test_quantile_scores_are_scoringrules_and_scores() -> None:
    import scores.continuous
    import scoringrules
    import xarray

    for seed in range(INPUTS):
        random = np.random.default_rng(seed)
        pairs, n = int(random.integers(1, 5)), int(random.integers(2, 10))
        half = np.sort(random.choice(np.arange(1, 50), pairs, replace=False)) / 100
        levels = np.concatenate([half, [0.5], 1 - half[::-1]])
        q = np.sort(random.normal(size=(n, levels.size)).round(int(random.integers(0, 3))), axis=1)
        y = random.normal(size=n).round(1)
        ours = pinball_score(forecast=q, outcome=y, level=levels)
        for k, level in enumerate(levels.tolist()):
            assert ours[:, k] == pytest.approx(scoringrules.quantile_score(y, q[:, k], level), abs=1e-14)
        theirs = scores.continuous.quantile_score(
            xarray.DataArray(q[:, 0], dims="n"), xarray.DataArray(y, dims="n"), float(levels[0])
        )
        assert ours[:, 0].mean() == pytest.approx(float(theirs), abs=1e-14)
        lower, upper, alpha = q[:, :pairs], q[:, pairs + 1 :][:, ::-1], 2 * half
        # scoringrules 0.10.0 adds half the median where Bracher et al. 2021 have half its distance to the outcome.
        median = q[:, pairs]
        theirs = scoringrules.weighted_interval_score(y, median, lower, upper, alpha)
        whole = theirs + (np.abs(y - median) - median) / 2 / (pairs + 0.5)
        assert weighted_interval_score(forecast=q, outcome=y, levels=levels) == pytest.approx(whole, abs=1e-12)
        one = interval_score(forecast=np.stack([lower[:, 0], upper[:, 0]], axis=1), outcome=y, alpha=float(alpha[0]))
        assert one == pytest.approx(scoringrules.interval_score(y, lower[:, 0], upper[:, 0], alpha[0]), rel=1e-13)


def test_ensembles_are_scoringrules() -> None:
    import scoringrules

    for seed in range(INPUTS):
        random = np.random.default_rng(seed)
        x = random.normal(size=(int(random.integers(1, 6)), int(random.integers(2, 12)))).round(1)
        y = random.normal(size=len(x)).round(1)
        theirs = scoringrules.crps_ensemble(y, x, estimator="nrg")
        assert crps(forecast=x, outcome=y) == pytest.approx(theirs, abs=1e-13)
        fair = scoringrules.crps_ensemble(y, x, estimator="fair")
        assert crps(forecast=x, outcome=y, fair=True) == pytest.approx(fair, abs=1e-13)
        levels = (np.arange(x.shape[1]) + 0.5) / x.shape[1]
        quantiles = np.sort(x, axis=1)
        even = scoringrules.crps_quantile(y, quantiles, levels)
        assert crps(forecast=quantiles, outcome=y, levels=levels) == pytest.approx(even, abs=1e-13)


def same_components(ours: Corp, theirs: Any) -> None:
    table = theirs.row(0, named=True)
    for name in ("score", "miscalibration", "discrimination", "uncertainty"):
        assert getattr(ours, name) == pytest.approx(table[name], abs=1e-12)


@pytest.mark.parametrize("block", range(4))
def test_corp_is_model_diagnostics(block: int) -> None:
    from model_diagnostics.scoring import LogLoss, SquaredError, decompose

    for seed in range(block, INPUTS, 4):
        p, y = binary(seed)
        if p.size == 1:  # it takes no single row
            p, y = np.repeat(p, 2), np.repeat(y, 2)
        same_components(corp(Tally.count(forecast=p, outcome=y)), decompose(y, p, scoring_function=SquaredError()))
        # Its log loss refuses 0 and 1 even where they come true, so both ends have one of each outcome here.
        p, y = np.append(0.02 + 0.96 * p, [0.01, 0.01, 0.99, 0.99]), np.append(y, [0, 1, 0, 1])
        ours = corp(Tally.count(forecast=p, outcome=y), rule=log_score)
        same_components(ours, decompose(y, p, scoring_function=LogLoss()))


def test_scoringrules_does_not_pool_ties_before_it_fits() -> None:
    """It recalibrates (.5, .5) with outcomes (0, 1) to (0, 1), which looks perfect; the mean of a tie is one half."""
    tally = Tally.count(forecast=[0.5, 0.5], outcome=[0, 1])
    got = corp(tally)
    assert (got.miscalibration, got.discrimination, got.uncertainty) == (0, 0, 0.25)
    assert isotonic_fit(tally.points()).tolist() == [0.5]


def test_scikit_learn_clips_the_logarithm() -> None:
    from sklearn.metrics import log_loss

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        clipped = log_loss([1], [[1.0, 0.0]], labels=[0, 1])
    assert clipped == pytest.approx(36.04, abs=0.01)
    assert log_score(forecast=[0.0], outcome=[1]).tolist() == [math.inf]


def test_scikit_learn_halves_the_brier_score_of_two_classes_only() -> None:
    from sklearn.metrics import brier_score_loss

    p, y = np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.2, 0.2, 0.6]]), np.array([0, 1, 2])
    assert brier_score_loss(y, p) == pytest.approx(brier_score(forecast=p, outcome=y, form="original").mean())
    assert brier_score_loss([0, 1], [0.3, 0.6]) == pytest.approx(
        brier_score(forecast=[0.3, 0.6], outcome=[0, 1], form="half").mean()
    )
