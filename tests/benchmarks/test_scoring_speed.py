"""How fast the tally scores, beside named peers in the same run.

Run with ``pytest tests/benchmarks/test_scoring_speed.py --benchmark-only``. Nothing is asserted about time: each
benchmark records its ``peer``, the peer's seconds, the ``ratio`` of ours to it, and the ratio that is aimed at.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ledger.scoring import _grid
from ledger.scoring.card import Card
from ledger.scoring.tally import Tally

Rows = tuple[np.ndarray, np.ndarray]
MILLION = 1_000_000
_LONG = 0.2  # seconds from which few rounds are enough


def gridded(n: int, grid: int, seed: int = 1) -> Rows:
    """Draw forecasts on a grid that leaves out 0 and 1, and outcomes that are a little less likely than said."""
    random = np.random.default_rng(seed)
    p = random.integers(1, grid, n) / grid
    return p, (random.random(n) < p**1.2).astype(np.float64)


def continuous(n: int, seed: int = 1) -> Rows:
    random = np.random.default_rng(seed)
    p = random.random(n)
    return p, (random.random(n) < p**1.2).astype(np.float64)


def least(work: Callable[[], object], rounds: int) -> float:
    """Give the seconds of the fastest of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def beside(
    benchmark: Any, ours: Callable[[], Any], peer: Callable[[], object], *, name: str, at_most: float, times: float = 1
) -> Any:
    """Time ours and the peer, whose seconds count ``times`` over, and record both.

    The fastest of some rounds each, the peer's before and after ours; what takes milliseconds has more rounds.
    """
    first = least(peer, 3)
    rounds = 5 if first > _LONG else 25
    result = benchmark.pedantic(ours, rounds=rounds, warmup_rounds=1)
    seconds = min(first, least(peer, rounds)) * times
    ratio = benchmark.stats.stats.min / seconds
    benchmark.extra_info.update(peer=name, peer_seconds=seconds, ratio=round(ratio, 4), at_most=at_most)
    print(f"\n{benchmark.name}: {benchmark.stats.stats.min:.4f} s, {ratio:.3f} x {name} (aim: {at_most} x)")
    return result


def scikit_learn_brier(rows: Rows) -> Callable[[], object]:
    from sklearn.metrics import brier_score_loss

    return lambda: brier_score_loss(rows[1], rows[0])


def scikit_learn_points(rows: Rows) -> Callable[[], object]:
    """Brier score, log loss, isotonic fit and calibration curve on the same rows."""
    from sklearn.calibration import calibration_curve
    from sklearn.isotonic import IsotonicRegression
    from sklearn.metrics import brier_score_loss, log_loss

    p, y = rows

    def points() -> object:
        return (
            brier_score_loss(y, p),
            log_loss(y, p),
            IsotonicRegression().fit(p, y),
            calibration_curve(y, p, n_bins=10),
        )

    return points


def card(rows: Rows, **options: Any) -> Callable[[], Card]:
    return lambda: Tally.count(forecast=rows[0], outcome=rows[1]).card(**options)


def is_right(got: Card, rows: Rows) -> None:
    """What is fast must also be so."""
    assert got.brier == pytest.approx(np.mean((rows[0] - rows[1]) ** 2), abs=1e-12)
    assert got.n == rows[0].size
    assert got.cox_slope is not None


def test_point_figures_of_a_million_gridded(benchmark: Any) -> None:
    rows = gridded(MILLION, 10_000)
    peer = scikit_learn_brier(rows)
    is_right(beside(benchmark, card(rows, resamples=0), peer, name="brier_score_loss", at_most=0.10), rows)


def test_point_figures_of_a_million_continuous(benchmark: Any) -> None:
    rows = continuous(MILLION)
    peer = scikit_learn_points(rows)
    is_right(beside(benchmark, card(rows, resamples=0), peer, name="scikit-learn's points", at_most=0.5), rows)


@pytest.mark.parametrize(("grid", "at_most"), [(100, 0.5), (10_000, 8.0)])
def test_row_resamples_of_a_million(benchmark: Any, grid: int, at_most: float) -> None:
    rows = gridded(MILLION, grid)
    peer = scikit_learn_points(rows)
    got = beside(benchmark, card(rows, by="row"), peer, name="scikit-learn's points", at_most=at_most)
    is_right(got, rows)
    assert (got.resampled.by, got.resampled.resamples) == ("row", 1000)


def plain_question_resamples(rows: Rows, question: np.ndarray, resamples: int) -> list[float]:
    """Draw questions, gather their rows, recompute: the plain NumPy way."""
    p, y = rows
    random, order = np.random.default_rng(1), np.argsort(question, kind="stable")
    first = np.searchsorted(question[order], np.arange(question.max() + 2))
    length = np.diff(first)
    means = []
    for _ in range(resamples):
        drawn = random.integers(0, length.size, length.size)
        start = np.repeat(first[drawn] - np.cumsum(length[drawn]) + length[drawn], length[drawn])
        places = order[start + np.arange(start.size)]
        means.append(float(np.mean((p[places] - y[places]) ** 2)))
    return means


def test_question_resamples_of_a_million(benchmark: Any) -> None:
    """The peer draws 20 resamples, counted 50 times over."""
    rows = gridded(MILLION, 10_000)
    question = np.random.default_rng(2).integers(0, 50_000, MILLION)
    got = beside(
        benchmark,
        lambda: Tally.count(forecast=rows[0], outcome=rows[1], question=question).card(),
        lambda: plain_question_resamples(rows, question, 20),
        name="1000 plain resamples",
        at_most=0.2,
        times=50,
    )
    plain = plain_question_resamples(rows, question, 100)
    assert got.resampled.by == "question"
    assert got.brier_interval == pytest.approx(np.percentile(plain, [2.5, 97.5]), abs=np.std(plain))


def test_tally_of_ten_million(benchmark: Any) -> None:
    p, y = gridded(10 * MILLION, 10_000)
    got = beside(
        benchmark,
        lambda: Tally.count(forecast=p, outcome=y),
        lambda: p.sum() + y.sum(),
        name="p.sum() + y.sum()",
        at_most=3 if _grid._compiled else 8,
    )
    assert got.rows.sum() == p.size


@pytest.mark.parametrize("make", [continuous, lambda n: gridded(n, 100)], ids=["continuous", "gridded"])
def test_point_figures_of_ten_thousand(benchmark: Any, make: Callable[[int], Rows]) -> None:
    rows = make(10_000)
    peer = scikit_learn_brier(rows)
    is_right(beside(benchmark, card(rows, resamples=0), peer, name="brier_score_loss", at_most=15), rows)


def test_last_statements_of_a_large_ledger(benchmark: Any) -> None:
    """47,839 questions with one statement each, 1000 resamples; beside NumPy's sums of as many drawn places."""
    rows = continuous(47_839)
    question, random = np.arange(47_839), np.random.default_rng(3)
    loss = (rows[0] - rows[1]) ** 2
    got = beside(
        benchmark,
        lambda: Tally.count(forecast=rows[0], outcome=rows[1], question=question).card(),
        lambda: [loss[random.integers(0, loss.size, loss.size)].mean() for _ in range(100)],
        name="1000 plain resamples of sums",
        at_most=1,
        times=10,
    )
    assert got.resampled.units == 47_839
