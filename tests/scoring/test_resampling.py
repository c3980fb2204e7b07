from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from ledger.errors import ScoringError
from ledger.scoring import _draws, poisson
from ledger.scoring._draws import blocks, drawn_counts, drawn_sums, multinomial_sums
from ledger.scoring.isotonic import isotonic_fit
from ledger.scoring.points import Points
from ledger.scoring.poisson import Replicates, poisson_replicates
from ledger.scoring.resampled_figures import resample_statistic
from ledger.scoring.resampling import Resampled, percentiles, replicated_means, resample
from ledger.scoring.rules import log_score
from ledger.scoring.tally import PARTS, Tally


def clustered(questions: int = 60, each: int = 30, seed: int = 5) -> Tally:
    random = np.random.default_rng(seed)
    chance = random.random(questions)
    outcome = np.repeat(random.random(questions) < chance, each)
    forecast = np.clip(np.repeat(chance, each) + random.normal(0, 0.1, outcome.size), 0, 1)
    return Tally.count(forecast=forecast, outcome=outcome, question=np.repeat(np.arange(questions), each))


def width(of: Resampled) -> float:
    assert of.interval is not None
    return of.interval[1] - of.interval[0]


def mean_forecast(points: Points) -> float | None:
    return float((points.forecast * points.weight).sum() / points.weight.sum())


def by_the_plain_way(tally: Tally, resamples: int, seed: int) -> np.ndarray:
    """Draw questions, gather their rows, recompute."""
    assert tally.question is not None
    random, numbers = np.random.default_rng(seed), np.unique(tally.question)
    rows = {int(q): np.flatnonzero(tally.question == q) for q in numbers}
    loss, weight = (tally.forecast - tally.outcome) ** 2, tally.weight / 2**32
    means = []
    for _ in range(resamples):
        drawn = np.concatenate([rows[int(q)] for q in random.choice(numbers, numbers.size)])
        means.append(float((loss[drawn] * weight[drawn]).sum() / weight[drawn].sum()))
    return np.array(means)


def test_questions_are_resampled_with_all_their_rows() -> None:
    tally = clustered()
    got = resample(tally, resamples=4000, seed=3)
    plain = np.percentile(by_the_plain_way(tally, 4000, 3), [2.5, 97.5])
    assert got.interval == pytest.approx(plain, abs=0.004)
    assert (got.by, got.units, got.resamples, got.seed, got.reason) == ("question", 60, 4000, 3, None)


def test_rows_that_share_a_question_are_not_independent() -> None:
    tally = clustered()
    assert width(resample(tally)) > 3 * width(resample(tally, by="row"))


def test_weights_make_the_mean_a_ratio() -> None:
    tally = Tally.count(
        forecast=[0.2, 0.4, 0.9, 0.5], outcome=[0, 1, 1, 0], weight=[1, 0.25, 0.5, 0.125], question=[1, 2, 3, 3]
    )
    sums = {1: (1, 0.04), 2: (0.25, 0.25 * 0.36), 3: (0.625, 0.5 * 0.01 + 0.125 * 0.25)}
    every = [
        sum(sums[q][1] for q in drawn) / sum(sums[q][0] for q in drawn) for drawn in itertools.product(sums, repeat=3)
    ]
    atoms = np.unique(np.round(every, 12))
    for confidence in (0.05, 0.5, 0.9):
        got = resample(tally, resamples=5001, confidence=confidence)
        assert got.interval is not None
        assert got.confidence == confidence
        for end, tail in zip(got.interval, ((1 - confidence) / 2, (1 + confidence) / 2), strict=True):
            assert np.abs(atoms - end).min() < 1e-12
            assert np.mean(np.array(every) < end - 1e-9) - 0.03 < tail < np.mean(np.array(every) < end + 1e-9) + 0.03


def test_every_resample_of_five_rows_has_the_law_of_cells() -> None:
    """All 5**5 resamples of five rows against multinomial draws of their cells: the same moments."""
    p, y = np.array([0.1, 0.1, 0.4, 0.8, 0.8]), np.array([0, 0, 1, 1, 0.0])
    loss = (p - y) ** 2
    every = loss[np.array(list(itertools.product(range(5), repeat=5)))].mean(axis=1)
    cells = Tally.count(forecast=p, outcome=y)
    columns = ((cells.forecast - cells.outcome) ** 2)[:, None]
    for sums in (
        multinomial_sums(columns, cells.rows, resamples=20_000, seed=1),
        drawn_sums(np.repeat(columns, cells.rows, axis=0), resamples=20_000, seed=1),
    ):
        means = sums[:, 0] / 5
        assert means.mean() == pytest.approx(every.mean(), abs=4 * every.std() / 141)
        assert means.std() == pytest.approx(every.std(), rel=0.03)
        for cut in (0.1, 0.2, 0.3):
            assert (means <= cut).mean() == pytest.approx((every <= cut).mean(), abs=0.016)


@pytest.mark.parametrize("by", ["question", "row"])
def test_many_units_of_few_kinds_are_drawn_by_kind(by: Any) -> None:
    random = np.random.default_rng(4)
    p = random.choice([0.2, 0.5, 0.9], 3000)
    y = (random.random(3000) < p).astype(float)
    tally = Tally.count(forecast=p, outcome=y, question=np.arange(3000))
    loss = (p - y) ** 2
    got = resample(tally, by=by, resamples=4000)
    assert got.interval is not None
    half = 1.96 * loss.std() / math.sqrt(3000)
    assert got.interval == pytest.approx((loss.mean() - half, loss.mean() + half), abs=half / 10)
    assert got.units == 3000
    weighted = Tally.count(forecast=p, outcome=y, question=np.arange(3000), weight=np.where(p == 0.5, 0.5, 1))
    other = resample(weighted, resamples=2000).interval
    assert other is not None
    mean = np.average(loss, weights=np.where(p == 0.5, 0.5, 1))
    assert sum(other) / 2 == pytest.approx(mean, abs=half / 5)


@pytest.mark.parametrize("units", [2, 3, 1000, 40_000, 65_536, 65_537])
def test_draws_have_the_moments_of_draws(units: int) -> None:
    random = np.random.default_rng(0)
    columns = np.stack([np.ones(units), random.random(units)], axis=1)
    sums = drawn_sums(columns, resamples=200, seed=9)
    assert sums.shape == (200, 2)
    assert (sums[:, 0] == units).all()
    mean, spread = columns[:, 1].mean(), columns[:, 1].std()
    far = (sums[:, 1] / units - mean) / (spread / math.sqrt(units))
    assert abs(far.mean()) < 4 / math.sqrt(200)
    assert far.std() == pytest.approx(1, abs=0.2)


def test_every_unit_is_equally_likely() -> None:
    for units in (7, 300, 65_537):
        resamples = 3000 if units < 1000 else 200
        sums = drawn_sums(np.eye(units, 3), resamples=resamples, seed=2)
        assert sums.mean() == pytest.approx(1, abs=4 / math.sqrt(3 * resamples))
        assert sums.mean(axis=0) == pytest.approx([1, 1, 1], abs=4 / math.sqrt(resamples))
        assert sums.var() == pytest.approx(1 - 1 / units, abs=0.25)


def test_first_draws_that_come_out_too_many_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_draws, "_RARE", -8)
    sums = drawn_sums(np.ones((5000, 1)), resamples=40, seed=2)
    assert (sums == 5000).all()


def test_counts_are_of_as_many_draws_as_units() -> None:
    counts = drawn_counts(50, np.random.default_rng(1), 400)
    assert counts.shape == (400, 50)
    assert (counts.sum(axis=1) == 50).all()
    assert counts.mean(axis=0) == pytest.approx(np.ones(50), abs=0.25)


def test_blocks_do_not_depend_on_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(stream: np.random.Generator, size: int) -> np.ndarray:
        return stream.random((size, 2))

    many = blocks(work, resamples=45, seed=7)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert np.array_equal(blocks(work, resamples=45, seed=7), many)
    assert many.shape == (45, 2)
    assert np.array_equal(blocks(work, resamples=40, seed=7), many[:40])
    assert not np.array_equal(blocks(work, resamples=45, seed=8), many)


@pytest.mark.parametrize("by", ["question", "row"])
def test_a_seed_gives_the_same_bytes(by: Any) -> None:
    tally = clustered(20, 2)
    assert resample(tally, by=by) == resample(tally, by=by)
    assert resample(tally, by=by, seed=2).interval != resample(tally, by=by).interval
    half = Tally.count(forecast=[], outcome=[], question=[])
    assert resample(tally + half, by=by) == resample(tally, by=by)


def test_what_is_resampled_follows_the_key() -> None:
    tally = clustered(5, 2)
    assert resample(tally).by == "question"
    assert resample(tally.pooled()).by == "row"
    assert resample(tally.pooled()).units == resample(tally, by="row").units == 10
    assert resample(tally.pooled()).interval == resample(tally, by="row").interval
    with pytest.raises(
        ScoringError, match=r"^the tally is not keyed by question: count it with question=, or resample"
    ):
        resample(tally.pooled(), by="question")
    with pytest.raises(ScoringError, match=r"^resampling is by question or by row, not by cell$"):
        resample(tally, by="cell")  # type: ignore[arg-type]


def test_groups_do_not_part_a_question() -> None:
    whole = Tally.count(forecast=[0.1, 0.7, 0.4, 0.9], outcome=[0, 1, 0, 1], question=[1, 2, 1, 2])
    parted = Tally.count(
        forecast=[0.1, 0.7, 0.4, 0.9], outcome=[0, 1, 0, 1], question=[1, 2, 1, 2], group=["a", "a", "b", "b"]
    )
    assert resample(parted) == resample(whole)
    assert resample(parted).units == 2


def test_a_question_without_weight_is_none() -> None:
    tally = Tally.count(forecast=[0.1, 0.7, 0.0], outcome=[0, 1, 1], weight=[1, 1, 0], question=[1, 2, 3])
    assert resample(tally).units == 2
    assert resample(tally, rule=log_score).reason is None


@pytest.mark.parametrize(
    ("tally", "options", "reason"),
    [
        (clustered(1, 5), {}, "resampling needs two questions or more, and there is 1"),
        (
            Tally.count(forecast=[], outcome=[], question=[]),
            {},
            "resampling needs two questions or more, and there are 0",
        ),
        (Tally.count(forecast=[0.5], outcome=[1]), {}, "resampling needs two rows or more, and there is 1"),
        (Tally.merge(), {}, "resampling needs two rows or more, and there are 0"),
        (clustered(5, 1), {"resamples": 0}, "no resamples were asked for"),
        (
            Tally.count(forecast=[0.5, 0.2], outcome=[1, 0], weight=[0.5, 1]),
            {},
            "resampling by row needs rows of one unit each, and these are weighted: count them by question",
        ),
    ],
)
def test_no_interval_has_its_reason(tally: Tally, options: dict[str, Any], reason: str) -> None:
    for got in (resample(tally, **options), resample_statistic(tally, mean_forecast, **options)):
        assert (got.interval, got.reason) == (None, reason)


def test_an_interval_that_is_not_there_says_how_it_was_sought() -> None:
    one = clustered(1, 5)
    asked: dict[str, Any] = {"resamples": 7, "seed": 3, "confidence": 0.8}
    for got in (resample(one, **asked), resample_statistic(one, mean_forecast, **asked)):
        assert (got.by, got.units, got.resamples, got.seed, got.confidence) == ("question", 1, 7, 3, 0.8)
    got = poisson_replicates(one, resamples=7, seed=3).interval(confidence=0.8)
    assert (got.by, got.units, got.resamples, got.seed, got.confidence) == ("question", 1, 7, 3, 0.8)


def test_rows_are_resampled_where_they_are_asked_for_though_there_are_questions() -> None:
    tally = clustered(3, 4)
    rows = Tally.count(forecast=np.repeat(tally.forecast, tally.rows), outcome=np.repeat(tally.outcome, tally.rows))
    for got in (resample(tally, by="row"), resample_statistic(tally, mean_forecast, by="row")):
        assert (got.by, got.units) == ("row", int(tally.rows.sum()))
    assert resample(tally, by="row").interval == resample(rows).interval


def test_two_questions_have_an_interval() -> None:
    assert resample(clustered(2, 1)).interval is not None


def test_an_infinite_score_has_no_interval() -> None:
    got = resample(Tally.count(forecast=[0, 0.5], outcome=[1, 1]), rule=log_score)
    assert (got.interval, got.reason, got.units) == (None, "the score is infinite", 2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"resamples": -1}, r"^resamples is -1 and seed is 1: neither may be below 0$"),
        ({"seed": -1}, r"^resamples is 1000 and seed is -1: neither may be below 0$"),
        ({"confidence": 0}, r"^confidence is 0: it must lie between 0 and 1$"),
        ({"confidence": 1}, r"^confidence is 1: it must lie between 0 and 1$"),
    ],
)
def test_wrong_numbers_are_refused(options: dict[str, Any], message: str) -> None:
    for call in (resample, lambda tally, **given: resample_statistic(tally, mean_forecast, **given)):
        with pytest.raises(ScoringError, match=message):
            call(clustered(3, 1), **options)


def brier(points: Points) -> float:
    lost = points.happened * (1 - points.forecast) ** 2 + (points.weight - points.happened) * points.forecast**2
    return float(lost.sum() / points.weight.sum())


@pytest.mark.parametrize("by", ["question", "row"])
def test_a_statistic_of_the_points_has_the_law_of_the_mean(by: Any) -> None:
    tally = clustered(40, 3)
    slow, fast = resample_statistic(tally, brier, by=by, resamples=2000), resample(tally, by=by, resamples=2000)
    assert slow.interval == pytest.approx(fast.interval, abs=0.012)
    assert (slow.by, slow.units, slow.seed, slow.reason) == (fast.by, fast.units, 1, None)


def test_a_statistic_sees_every_row_of_a_drawn_question() -> None:
    seen: list[tuple[int, float, float]] = []

    def look(points: Points) -> float:
        seen.append((int(points.rows.sum()), float(points.weight.sum()), float(points.happened.sum())))
        assert (np.diff(points.forecast) > 0).all()
        return 0.0

    tally = Tally.count(forecast=[0.2, 0.8, 0.5, 0.2], outcome=[1, 1, 0, 0], question=[1, 1, 2, 2])
    resample_statistic(tally, look, resamples=50)
    assert set(seen) == {(4, 4.0, 4.0), (4, 4.0, 2.0), (4, 4.0, 0.0)}


def test_a_statistic_that_is_undefined_somewhere() -> None:
    tally = Tally.count(forecast=[0.2, 0.8], outcome=[0, 1], question=[1, 2])
    got = resample_statistic(tally, lambda points: None if points.forecast.size == 1 else 1.0, resamples=100)
    assert got.interval is None
    assert got.reason is not None
    assert got.reason.startswith("the figure is undefined in ")
    assert got.reason.endswith(" of 100 replicates")


def test_miscalibration_by_question() -> None:
    def miscalibration(points: Points) -> float:
        fit = isotonic_fit(points)
        gain = (points.forecast - fit) * (points.weight * (points.forecast + fit) - 2 * points.happened)
        return float(gain.sum() / points.weight.sum())

    got = resample_statistic(clustered(), miscalibration, resamples=100)
    assert got.interval is not None
    assert 0 < got.interval[0] < got.interval[1]


@pytest.mark.parametrize("by", ["question", "row"])
def test_poisson_replicates_have_the_law_of_the_mean(by: Any) -> None:
    tally = clustered(100, 3)
    got = poisson_replicates(tally, by=by, resamples=2000).interval()
    assert got.interval == pytest.approx(resample(tally, by=by, resamples=2000).interval, abs=0.012)
    assert (got.by, got.units, got.resamples, got.seed) == (by, 100 if by == "question" else 300, 2000, 1)


def test_poisson_replicates_of_chunks_add_up_to_the_whole() -> None:
    p, y, q = [0.1, 0.7, 0.4, 0.9, 0.5], [0, 1, 0, 1, 1], [1, 2, 1, 2, -3]
    whole = poisson_replicates(Tally.count(forecast=p, outcome=y, question=q), resamples=200)
    parts = [
        poisson_replicates(Tally.count(forecast=p[a:b], outcome=y[a:b], question=q[a:b]), resamples=200)
        for a, b in ((0, 2), (2, 5))
    ]
    both = parts[0] + parts[1]
    assert both.weight == pytest.approx(whole.weight, abs=1e-12)
    assert both.score == pytest.approx(whole.score, abs=1e-12)
    assert both.questions.tolist() == whole.questions.tolist() == [-3, 1, 2]
    assert both.interval().units == 3
    assert both.rows == 5


def test_poisson_draws_are_poisson_and_unrelated() -> None:
    tally = Tally.count(forecast=[0.5] * 300, outcome=[1] * 300, question=np.arange(300))
    weight = poisson_replicates(tally, resamples=2000).weight
    assert weight.mean() == pytest.approx(300, abs=4 * math.sqrt(300 / 2000))
    assert weight.var() == pytest.approx(300, rel=0.15)
    one = poisson_replicates(Tally.count(forecast=[0.5], outcome=[1], question=[77]), resamples=5000).weight
    for times in range(5):
        assert (one == times).mean() == pytest.approx(math.exp(-1) / math.factorial(times), abs=0.03)
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < 0.06


def test_chunks_of_rows_have_streams_of_their_own() -> None:
    tally = clustered(5, 4).pooled()
    first, second = (poisson_replicates(tally, part=part, resamples=300) for part in (0, 1))
    assert (first.weight != second.weight).any()
    both = first + second
    assert both.rows == both.interval().units == 40
    assert np.array_equal(both.weight, first.weight + second.weight)
    with pytest.raises(ScoringError, match=r"^chunks of rows need streams of their own: give each another part$"):
        both + second
    for other in (
        poisson_replicates(tally, part=2, resamples=200),
        poisson_replicates(tally, part=2, seed=2, resamples=300),
        poisson_replicates(clustered(5, 4), resamples=300),
    ):
        with pytest.raises(ScoringError, match=r"^replicates add up when they are alike"):
            first + other


def test_poisson_intervals_that_are_undefined() -> None:
    infinite = Tally.count(forecast=[0, 0.5], outcome=[1, 1], question=[1, 2])
    assert poisson_replicates(infinite, rule=log_score).interval().reason == "the score is infinite"
    one = Tally.count(forecast=[0.5], outcome=[1], question=[1])
    assert poisson_replicates(one).interval().reason == "resampling needs two questions or more, and there is 1"
    empty: Replicates = poisson_replicates(one - one)
    assert empty.interval().reason == "resampling needs two questions or more, and there are 0"
    assert poisson_replicates(infinite, resamples=0).interval().reason == "no resamples were asked for"
    weighted = Tally.count(forecast=[0.5], outcome=[1], weight=[0.5])
    with pytest.raises(ScoringError, match=r"^resampling by row needs rows of one unit each"):
        poisson_replicates(weighted)


def test_percentiles_cut_both_tails_alike() -> None:
    assert percentiles(np.arange(101.0), 0.9) == pytest.approx((5, 95), abs=1e-12)
    assert percentiles(np.array([1.0, 3.0]), 0.5) == (1.5, 2.5)


def shared_cells() -> Tally:
    """Rows of three forecasts, each on several questions."""
    random = np.random.default_rng(8)
    p = random.choice([0.25, 0.5, 0.75], 60)
    return Tally.count(forecast=p, outcome=random.random(60) < p, question=np.arange(60) // 2)


def test_rows_are_drawn_from_cells_whatever_question_they_are_of() -> None:
    tally = shared_cells()
    asked: dict[str, Any] = {"resamples": 60, "seed": 0}
    assert resample(tally, by="row", **asked) == resample(tally.pooled(), **asked)
    for statistic in (brier, mean_forecast):
        assert resample_statistic(tally, statistic, by="row", **asked) == resample_statistic(
            tally.pooled(), statistic, **asked
        )
    first, again = (poisson_replicates(one, by="row", **asked) for one in (tally, tally.pooled()))
    assert np.array_equal(first.weight, again.weight) and np.array_equal(first.score, again.score)
    assert first.questions.dtype == poisson_replicates(tally).questions.dtype == np.int64
    other = poisson_replicates(tally, by="row", resamples=60, seed=1)
    assert not np.array_equal(first.weight, other.weight)


@pytest.mark.parametrize("by", ["question", "row"])
def test_an_interval_says_how_it_was_found(by: Any) -> None:
    tally = shared_cells()
    asked: dict[str, Any] = {"resamples": 40, "seed": 3}
    units = 30 if by == "question" else 60
    told = {"confidence": 0.8}
    found = [
        resample(tally, by=by, **asked, **told),
        resample_statistic(tally, mean_forecast, by=by, **asked, **told),
        resample_statistic(tally, lambda points: None, by=by, **asked, **told),
        poisson_replicates(tally, by=by, **asked).interval(**told),
    ]
    for got in found:
        assert (got.by, got.units, got.resamples, got.seed, got.confidence) == (by, units, 40, 3, 0.8)
    assert found[1] == resample_statistic(tally, mean_forecast, by=by, **asked, **told)
    assert found[1] != resample_statistic(tally, mean_forecast, by=by, resamples=40, seed=4, **told)
    assert found[2].reason == "the figure is undefined in 40 of 40 replicates"


def test_a_statistic_sees_rows_of_one_unit_each() -> None:
    seen: set[tuple[int, float]] = set()

    def look(points: Points) -> float:
        seen.add((int(points.rows.sum()), float(points.weight.sum())))
        return 0.0

    resample_statistic(shared_cells(), look, by="row", resamples=5)
    assert seen == {(60, 60.0)}


def test_the_least_weight_is_weight() -> None:
    """One part each: every mean is as it is for a unit each."""
    p, y, q = [0.25, 0.5, 0.75, 0.5], [0, 1, 1, 0], [1, 2, 3, 4]
    least, unit = (Tally.of_parts(forecast=p, outcome=y, parts=[k] * 4, question=q) for k in (1, PARTS))
    for work in (resample, lambda tally, **of: poisson_replicates(tally, **of).interval()):
        assert work(least, resamples=200) == work(unit, resamples=200)
        assert work(least, resamples=200).units == 4


def drawing(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Note by what units are drawn, and how many columns."""
    called: list[tuple[str, int]] = []

    def noting(name: str) -> Any:
        work = getattr(_draws, name)

        def noted(columns: np.ndarray, *more: Any, **named: Any) -> Any:
            called.append((name, columns.shape[1]))
            return work(columns, *more, **named)

        return noted

    for name in ("drawn_sums", "multinomial_sums"):
        monkeypatch.setattr(f"ledger.scoring.resampling.{name}", noting(name))
    return called


def test_a_weight_that_all_share_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    called = drawing(monkeypatch)
    alike, unlike = np.array([[2.0, 1.0], [2.0, 3.0]]), np.array([[1.0, 1.0], [2.0, 1.0]])
    for counts, name in ((np.array([21, 20]), "multinomial_sums"), (np.array([20, 20]), "drawn_sums")):
        means = replicated_means(alike, counts, 50, 1)
        assert np.all((means >= 0.5) & (means <= 1.5)) and means.mean() == pytest.approx(1, abs=0.1)
        assert np.array_equal(means, replicated_means(alike, counts, 50, 1))
        means = replicated_means(unlike, counts, 50, 1)
        assert np.all((means >= 0.5) & (means <= 1)) and means.mean() == pytest.approx(2 / 3, abs=0.05)
        assert called == [(name, 1), (name, 1), (name, 2)]
        called.clear()


MASK = 2**64 - 1


def scattered(x: int) -> int:
    """SplitMix64's finaliser on plain integers."""
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & MASK
    return x ^ (x >> 31)


def test_bits_are_scattered_as_splitmix_does() -> None:
    step = 0x9E3779B97F4A7C15
    states = np.array([k * step & MASK for k in (1, 2, 3)], dtype=np.uint64)
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert poisson._mixed(states).tolist() == [scattered(x) for x in states.tolist()] == published


@pytest.mark.parametrize("seed", [0, 1, 7, 2**63 + 5, 2**64 + 7, 3**45])
def test_a_question_is_drawn_by_seed_replicate_and_number_alone(seed: int) -> None:
    step, question = 0x9E3779B97F4A7C15, [-3, 0, 1, 2, 10**12]
    for replicate in (0, 1, 999):
        start = scattered(scattered(seed & MASK) + replicate * step & MASK)
        bits = [scattered(scattered((number & MASK) * step + start & MASK)) >> 11 for number in question]
        expected = [sum(edge <= one / 2**53 for edge in poisson._TABLE) for one in bits]
        assert poisson._times(np.array(question), seed, replicate).tolist() == expected


def test_replicates_are_a_thousand_of_the_first_part_unless_told() -> None:
    tally = clustered(3, 2)
    for by in ("question", "row"):
        got, told = poisson_replicates(tally, by=by), poisson_replicates(tally, by=by, resamples=1000, seed=1, part=0)
        assert (got.weight.size, got.seed, got.parts) == (1000, 1, frozenset([0]))
        assert np.array_equal(got.weight, told.weight)
