from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from ledger.errors import ScoringError
from ledger.scoring.consistency_bars import ConsistencyBars, consistency_bars
from ledger.scoring.tally import Tally
from tests.scoring.reference import niamey, tally

if TYPE_CHECKING:
    from pathlib import Path


def test_one_bin_strays_as_a_binomial() -> None:
    p = [0.2] * 30 + [0.6] * 10  # the mean is 0.3
    got = consistency_bars(tally(p, [0.0] * 40), bins=1, resamples=20000, confidence=0.9)
    assert got.bars == (tuple(stats.binom.ppf([0.05, 0.95], 40, 0.3) / 40),)
    assert (got.low, got.high, got.resamples, got.seed, got.reason) == ((0,), (1,), 20000, 1, None)


def test_bars_are_those_of_drawing_row_by_row() -> None:
    rng = np.random.default_rng(2)
    p = rng.integers(0, 21, 60) / 20
    seen: list[list[float]] = [[], [], [], []]
    for _ in range(6000):
        drawn = rng.choice(p, 60)
        y = rng.random(60) < drawn
        place = np.maximum(np.ceil(drawn * 4), 1).astype(int) - 1
        for k in range(4):
            if (place == k).any():
                seen[k].append(y[place == k].mean())
    got = consistency_bars(tally(p, [1.0] * 60), bins=4, resamples=6000)
    for bar, values in zip(got.bars, seen, strict=True):
        assert bar == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.035)


def test_the_outcomes_do_not_move_the_bars(shared_data: Path) -> None:
    p, y = niamey(shared_data, "EMOS")
    one = consistency_bars(tally(p, y), by="mass")
    assert one == consistency_bars(tally(p, [1 - k for k in y]), by="mass")
    assert len(one.bars) == 10
    assert consistency_bars(tally(p, y)) == consistency_bars(tally(p, y), bins=10, by="width", resamples=1000, seed=1)
    assert consistency_bars(tally(p, y), confidence=0.5).bars != consistency_bars(tally(p, y)).bars
    assert consistency_bars(tally(p, y), seed=2).bars != consistency_bars(tally(p, y)).bars


def test_certain_forecasts_leave_nothing_to_chance() -> None:
    assert consistency_bars(tally([0, 0, 1, 1], [0, 1, 1, 0]), by="value").bars == ((0, 0), (1, 1))


def test_a_bin_that_no_replicate_drew_has_no_bar() -> None:
    got = consistency_bars(tally([0.05] + [0.95] * 300, [0.0] * 301), resamples=1, seed=2)
    assert got.bars[1] is not None
    draws = [
        consistency_bars(tally([0.05] + [0.95] * 3, [0.0] * 4), resamples=1, seed=seed).bars[0] for seed in range(40)
    ]
    assert None in draws


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (Tally.merge(), "there are no scored forecasts"),
        (tally([0.5, 0.7], [1, 0.5]), "needs outcomes of 0 or 1: some are shares"),
        (
            Tally.count(forecast=[0.5, 0.7], outcome=[1, 1], question=[1, 1]),
            "needs independent rows: there are 2 on 1 questions",
        ),
    ],
)
def test_dependent_rows_have_no_bars(rows: Tally, reason: str) -> None:
    got = consistency_bars(rows, bins=2, resamples=9, seed=3)
    low, high = ((0.0, 0.5), (0.5, 1.0)) if len(rows) else ((), ())
    assert got == ConsistencyBars(low, high, (None,) * len(low), 9, 3, reason)


def test_what_is_none_is_refused() -> None:
    with pytest.raises(ScoringError, match=r"^resamples is 0: at least one is needed$"):
        consistency_bars(tally([0.5], [1]), resamples=0)
    with pytest.raises(ScoringError, match=r"^confidence is 0: "):
        consistency_bars(tally([0.5], [1]), confidence=0)


def test_bins_resamples_and_seed_are_heeded_and_have_their_defaults() -> None:
    rng = np.random.default_rng(9)
    rows = tally(rng.random(200), rng.integers(0, 2, 200))
    one = consistency_bars(rows)
    assert one == consistency_bars(rows, bins=10, by="width", resamples=1000, seed=1, confidence=0.95)
    assert (len(one.bars), one.resamples, one.seed) == (10, 1000, 1)
    assert one.bars != consistency_bars(rows, seed=2).bars
    filled = consistency_bars(rows, bins=3, by="mass", seed=1)
    assert len(filled.bars) == 3 and filled.low != consistency_bars(rows, bins=3).low


def test_a_single_draw_into_a_bin_is_a_frequency() -> None:
    drawn = [int(np.random.default_rng(seed).multinomial(2, [0.5, 0.5])[1]) for seed in range(20)]
    assert set(drawn) == {0, 1, 2}
    for seed, n in enumerate(drawn):
        got = consistency_bars(tally([1, 0.5], [0, 0]), bins=2, resamples=1, seed=seed).bars[1]
        assert got == ((1.0, 1.0) if n else None)
