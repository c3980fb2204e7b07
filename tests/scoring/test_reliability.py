from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.intervals import jeffreys_interval, wilson_interval
from ledger.scoring.question_bands import ends, question_bands, question_bins
from ledger.scoring.reliability import Reliability, ReliabilityPoint, reliability
from ledger.scoring.tally import PARTS, Tally
from tests.scoring.reference import CURVE_FORECAST, CURVE_OUTCOME, niamey, tally

if TYPE_CHECKING:
    from pathlib import Path

module = import_module("ledger.scoring.question_bands")

ROWS = st.lists(
    st.tuples(
        st.integers(0, 10).map(lambda k: k / 10),  # forecast
        st.integers(0, 4),  # question
        st.sampled_from([0.25, 0.5, 1.0]),  # weight
    ),
    min_size=1,
    max_size=30,
)
OUTCOMES = {0: 1.0, 1: 0.0, 2: 1.0, 3: 0.5, 4: 0.0}


def keyed(rows: list[tuple[float, int, float]]) -> Tally:
    p, q, w = ([row[k] for row in rows] for k in range(3))
    return Tally.count(forecast=p, outcome=[OUTCOMES[one] for one in q], weight=w, question=q)


# scikit-learn's documentation of calibration_curve.
def test_the_published_curve_in_three_bins() -> None:
    got = reliability(tally(CURVE_FORECAST, CURVE_OUTCOME), bins=3)
    assert (got.counts, got.method, got.reason) == ("rows", "wilson", None)
    assert (got.questions, got.resamples, got.seed) == (None, None, None)
    assert [point.frequency for point in got.points] == [0, 0.5, 1]
    assert [point.mean_forecast for point in got.points] == pytest.approx([0.2, 0.525, 0.85], abs=1e-15)
    assert [point.in_words for point in got.points] == ["0 of 3", "1 of 2", "4 of 4"]
    assert [point.n for point in got.points] == [3, 2, 4]
    assert [(point.low, point.high) for point in got.points] == [(0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1)]
    wilson = wilson_interval(happened=[0, 1, 4], n=[3, 2, 4])
    assert [point.wilson for point in got.points] == list(zip(*(side.tolist() for side in wilson), strict=True))
    jeffreys = jeffreys_interval(happened=[0, 1, 4], n=[3, 2, 4])
    assert [point.jeffreys for point in got.points] == list(zip(*(side.tolist() for side in jeffreys), strict=True))
    assert [point.interval for point in got.points] == [point.wilson for point in got.points]


def test_one_point_says_everything() -> None:
    got = reliability(tally([0.3, 0.3, 0.25], [1, 0, 1]), confidence=0.8)
    [point] = got.points
    wilson = tuple(float(end) for end in wilson_interval(happened=2, n=3, confidence=0.8))
    jeffreys = tuple(float(end) for end in jeffreys_interval(happened=2, n=3, confidence=0.8))
    assert point == ReliabilityPoint(
        0.2, 0.3, 3, 3.0, pytest.approx(0.85 / 3), 2.0, pytest.approx(2 / 3), wilson, wilson, 0.8
    )
    assert point.jeffreys == jeffreys


def test_ten_bins_of_width_are_the_default() -> None:
    sizes = [len(reliability(tally(p, [0, 1])).points) for p in ([0.05, 0.1], [0.1, 0.11], [0.09, 0.12])]
    assert sizes == [1, 2, 2]


def test_by_value_each_probability_is_a_point() -> None:
    got = reliability(tally([0.2, 0.7, 0.2], [1, 1, 0]), by="value")
    assert [(point.low, point.high, point.n, point.happened) for point in got.points] == [
        (0.2, 0.2, 2, 1),
        (0.7, 0.7, 1, 1),
    ]


def test_by_mass_the_bins_are_filled_alike(shared_data: Path) -> None:
    got = reliability(tally(*niamey(shared_data, "EMOS")), by="mass")
    assert [point.n for point in got.points] == [10, 9, 9, 9, 9, 9, 9, 9, 9, 10]


def test_a_keyed_tally_of_one_row_a_question_counts_rows() -> None:
    rows = Tally.count(forecast=[0.2, 0.25, 0.7], outcome=[1, 0, 1], question=[1, 2, 3])
    assert reliability(rows) == reliability(rows.pooled())


def test_updates_of_a_question_count_it_once() -> None:
    rows = Tally.count(
        forecast=[0.21, 0.22, 0.23, 0.3, 0.9],
        outcome=[1, 1, 1, 0, 1],
        weight=[1, 1, 0.5, 0.5, 1],
        question=[1] * 3 + [2, 1],
    )
    got = reliability(rows, seed=5, resamples=200)
    assert (got.counts, got.method, got.questions, got.resamples, got.seed) == ("questions", "questions", 2, 200, 5)
    assert got.reason == "needs rows of one unit each: this tally's are weighted"
    low, high = got.points
    assert (low.n, low.happened, low.in_words) == (2, 1, "1 of 2")
    assert (low.weight, low.frequency) == (3, pytest.approx(2.5 / 3))
    assert low.mean_forecast == pytest.approx((0.21 + 0.22 + 0.115 + 0.15) / 3)
    assert low.interval == (0, 1)
    assert (low.wilson, low.jeffreys) == (None, None)
    assert (high.n, high.interval) == (1, None)


def test_scipy_is_not_loaded_for_a_small_diagram() -> None:
    program = (
        "import sys; from ledger.scoring.reliability import reliability; from ledger.scoring.tally import Tally; "
        "reliability(Tally.count(forecast=[0.1, 0.2], outcome=[0, 1])); "
        "reliability(Tally.count(forecast=[0.1, 0.2], outcome=[1, 1], question=[1, 1])); "
        "print('scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_dependent_rows_without_questions_have_no_interval() -> None:
    got = reliability(tally([0.21, 0.22, 0.9, 0.95], [1, 0, 1, 1], [0.5, 2, 1, 0]))
    reason = "needs rows of one unit each: this tally's are weighted, and it is not keyed by question"
    assert (got.counts, got.method, got.reason, got.questions) == ("rows", None, reason, None)
    assert [(point.n, point.happened, point.frequency) for point in got.points] == [(2, 1, 0.2), (1, 1, 1)]
    assert [(point.interval, point.wilson, point.jeffreys) for point in got.points] == [(None, None, None)] * 2


def test_shares_are_told_as_such() -> None:
    got = reliability(Tally.count(forecast=[0.21, 0.22, 0.23], outcome=[0.5, 1, 1], question=[1, 2, 3]))
    assert got.reason == "needs outcomes of 0 or 1: some are shares"
    assert got.points[0].in_words == "2.5 of 3"
    third = reliability(Tally.count(forecast=[0.21, 0.22], outcome=[1 / 3, 1], question=[1, 2]))
    assert third.points[0].in_words == "1.333 of 2"
    many = reliability(tally([0.5], [1]))
    assert ReliabilityPoint(0, 1, 9_000_000, 1, 0.5, 1_234_567.0, 0.5, None).in_words == "1234567 of 9000000"
    assert many.points[0].in_words == "1 of 1"


@given(ROWS)
def test_points_are_their_definitions(rows: list[tuple[float, int, float]]) -> None:
    got = reliability(keyed(rows), bins=5, resamples=3)
    for point in got.points:
        inside = [row for row in rows if point.low < row[0] <= point.high or row[0] == point.low == 0]
        weight = sum(w for *_, w in inside)
        assert point.weight == weight
        assert point.mean_forecast == pytest.approx(sum(p * w for p, _, w in inside) / weight, abs=1e-12)
        assert point.frequency == pytest.approx(sum(OUTCOMES[q] * w for _, q, w in inside) / weight, abs=1e-12)
        known = {q for _, q, _ in inside} if got.counts == "questions" else [q for _, q, _ in inside]
        assert point.n == len(known)
        assert point.happened == pytest.approx(sum(OUTCOMES[q] for q in known), abs=1e-12)
    assert sum(point.weight for point in got.points) == sum(w for *_, w in rows)


def test_bands_are_those_of_resampling_rows_the_plain_way() -> None:
    rng = np.random.default_rng(9)
    questions = 40
    q = np.repeat(np.arange(questions), 5)
    p = rng.integers(0, 11, q.size) / 10
    y = (rng.random(questions) < 0.4).astype(float)[q]
    got = reliability(Tally.count(forecast=p, outcome=y, question=q), bins=4, resamples=2000, seed=2)
    place = np.maximum(np.ceil(p * 4), 1).astype(int) - 1
    seen: list[list[float]] = [[], [], [], []]
    for _ in range(2000):
        rows = np.concatenate([np.flatnonzero(q == one) for one in rng.integers(questions, size=questions)])
        for k in range(4):
            inside = rows[place[rows] == k]
            if inside.size:
                seen[k].append(y[inside].mean())
    for point, values in zip(got.points, seen, strict=True):
        assert point.interval == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.025)


def test_bands_draw_as_many_questions_as_there_are_with_the_seed() -> None:
    of = question_bins(
        Tally.count(forecast=[0.1, 0.1, 0.9], outcome=[0, 1, 1], question=[7, 8, 9]), np.array([0.1, 0.9])
    )
    assert (of.question.tolist(), of.bin.tolist(), of.questions, of.bins) == ([0, 1, 2], [0, 0, 1], 3, 2)
    drawn = np.random.default_rng(4).integers(3, size=(50, 3))
    frequency = [np.mean(row[row < 2] == 1) for row in drawn if (row < 2).any()]
    want = tuple(np.quantile(frequency, [0.1, 0.9]))
    got = question_bands(of, resamples=50, seed=4, confidence=0.8)
    assert got == [pytest.approx(want), None]


def test_bands_do_not_depend_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = keyed([(k / 10, k % 5, 0.5) for k in range(11)])
    whole = reliability(rows, bins=2, resamples=37)
    for size in (1, 12, 37 * 5 - 1):
        monkeypatch.setattr(module, "_BATCH", size)
        assert reliability(rows, bins=2, resamples=37) == whole


def test_bands_are_the_same_from_a_full_and_from_a_thin_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = keyed([(k / 40, k % 5, 0.25) for k in range(41)])
    shown = []
    for dense in (0, 16, 10**9):
        monkeypatch.setattr(module, "_DENSE", dense)
        shown.append([point.interval for point in reliability(rows, bins=9, resamples=50).points])
    assert shown[0] == [pytest.approx(interval, abs=1e-12) for interval in shown[1]]
    assert shown[0] == [pytest.approx(interval, abs=1e-12) for interval in shown[2]]


def test_the_seed_and_the_confidence_are_heeded() -> None:
    rng = np.random.default_rng(1)
    q = np.repeat(np.arange(30), 2)
    p, y, w = rng.random(60), rng.integers(0, 2, 30).astype(float)[q], rng.random(60)
    rows = Tally.count(forecast=p, outcome=y, question=q, weight=w)
    one, again, other = (reliability(rows, bins=1, seed=seed) for seed in (1, 1, 2))
    assert one == again == reliability(rows, bins=1)
    assert one.points[0].interval != other.points[0].interval
    wide, narrow = (reliability(rows, bins=1, confidence=c).points[0].interval for c in (0.95, 0.5))
    assert wide is not None
    assert narrow is not None
    assert wide == one.points[0].interval
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_ends_leave_out_what_is_no_number() -> None:
    assert ends(np.array([np.nan, 1.0, np.nan, 3.0]), 0.5) == (1.5, 2.5)
    assert ends(np.array([np.nan]), 0.5) is None


def test_a_bin_that_no_replicate_drew_has_no_band() -> None:
    rows = Tally.count(forecast=[0.1] * 40 + [0.9] * 2, outcome=[0, 1] * 21, weight=[0.5] * 42, question=range(42))
    seed = next(s for s in range(99) if np.random.default_rng(s).integers(42, size=(1, 42)).max() < 40)
    got = reliability(rows, resamples=1, seed=seed)
    assert [point.interval is None for point in got.points] == [False, True]


def test_of_nothing_there_are_no_points() -> None:
    nothing = Reliability((), "rows", None, "there are no scored forecasts")
    assert reliability(Tally.merge()) == nothing
    weightless: Any = Tally.count(forecast=[0.5, 0.5], outcome=[1, 1], weight=[0, 0], question=[1, 1])
    assert reliability(weightless) == nothing


def test_what_is_none_is_refused() -> None:
    rows = keyed([(0.1, 0, 1.0), (0.2, 0, 1.0)])
    with pytest.raises(ScoringError, match=r"^resamples is 0: at least one is needed$"):
        reliability(rows, resamples=0)
    with pytest.raises(ScoringError, match=r"^confidence is 1: "):
        reliability(rows, confidence=1)
    with pytest.raises(ScoringError, match=r"^bins is 0: "):
        reliability(rows, bins=0)
    with pytest.raises(ScoringError, match=r"^this tally is not keyed by question$"):
        question_bins(rows.pooled(), np.array([0.1]))


def test_the_least_weight_is_weight_and_none_is_none() -> None:
    rows = Tally.of_parts(forecast=[0.1, 0.1, 0.9], outcome=[0, 1, 1], parts=[1, 3, 0], question=[1, 2, 3])
    of = question_bins(rows, np.array([0.0, 0.5]))
    assert (of.question.tolist(), of.bin.tolist(), of.questions, of.bins) == ([0, 1], [0, 0], 2, 2)
    assert (of.weight * PARTS).tolist() == [1, 3]
    assert (of.happened * PARTS).tolist() == [0, 3]
    least = Tally.of_parts(forecast=[0.1, 0.9], outcome=[0, 1], parts=[1, 1], rows=[1, 1])
    assert [(point.n, point.happened) for point in reliability(least, bins=2).points] == [(1, 0), (1, 1)]


@pytest.mark.parametrize("dense", [0, 16])
def test_bins_without_questions_have_no_band(dense: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DENSE", dense)
    rows = Tally.count(forecast=[0.1, 0.2, 0.3], outcome=[0, 1, 1], question=[1, 2, 3])
    got = question_bands(question_bins(rows, np.array([0.0, 0.5, 0.7])))
    assert got[0] is not None and got[1:] == [None, None]
    assert got == question_bands(
        question_bins(rows, np.array([0.0, 0.5, 0.7])), resamples=1000, seed=1, confidence=0.95
    )


def test_a_mostly_empty_matrix_is_thin_and_any_other_is_full() -> None:
    one = Tally.count(forecast=[0.1] * 4, outcome=[0, 1, 1, 0], question=[1, 2, 3, 4])
    for bins, full in ((15, True), (16, False)):
        of = question_bins(one, np.arange(bins) / bins)
        assert isinstance(module._matrix(of, of.weight), np.ndarray) is full


@pytest.mark.parametrize("rows", [keyed([(0.1, 0, 1.0), (0.2, 1, 1.0), (0.2, 0, 1.0)]), tally([0.1, 0.2], [1, 0])])
def test_points_know_their_confidence(rows: Tally) -> None:
    assert {point.confidence for point in reliability(rows, confidence=0.8).points} == {0.8}
    assert {point.confidence for point in reliability(rows).points} == {0.95}
    weighted = Tally.count(forecast=[0.1, 0.1, 0.8], outcome=[1, 0, 1], weight=[0.5, 1, 1])
    assert {point.confidence for point in reliability(weighted, confidence=0.8).points} == {0.8}
    assert reliability(rows) == reliability(rows, resamples=1000)


def test_a_thousand_resamples_unless_told() -> None:
    rng = np.random.default_rng(3)
    rows = Tally.count(
        forecast=rng.random(80), outcome=rng.random(80), question=np.arange(80) // 2, weight=rng.random(80)
    )
    assert reliability(rows, bins=1) == reliability(rows, bins=1, resamples=1000)
    assert reliability(rows, bins=1) != reliability(rows, bins=1, resamples=1001)
    of = question_bins(rows, np.array([0.0]))
    assert question_bands(of) == question_bands(of, resamples=1000, seed=1, confidence=0.95)
