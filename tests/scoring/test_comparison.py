from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring import comparison
from ledger.scoring.comparison import Paired, SignTest, bootstrap_mean, compare, pair_by_question, sign_test


def paired(values: list[float]) -> Paired:
    return Paired(np.arange(len(values)), np.array(values), 0, 0)


def test_rows_are_averaged_to_one_difference_a_question() -> None:
    got = pair_by_question(
        question_a=[4, 4, 2, 9],
        score_a=[0.25, 0.75, 0.5, 0.0],
        weight_a=[3, 1, 1, 1],
        question_b=[2, 7, 8, 4],
        score_b=[0.25, 0.0, 0.0, 0.5],
    )
    assert got.question.tolist() == [2, 4]
    assert got.difference.tolist() == [0.25, -0.125]
    assert (got.only_a, got.only_b) == (1, 2)


def test_weights_of_the_second_forecaster_count_too() -> None:
    got = pair_by_question(question_a=[1], score_a=[0.5], question_b=[1, 1], score_b=[0.0, 1.0], weight_b=[3, 1])
    assert got.difference.tolist() == [0.25]


def test_an_infinite_score_has_no_difference() -> None:
    with pytest.raises(ScoringError, match=r"score\[1\] is inf: an infinite score has no difference"):
        pair_by_question(question_a=[1], score_a=[0.5], question_b=[1, 2], score_b=[0.0, np.inf])


def test_signs_are_counted_and_tested_exactly() -> None:
    """One of six against is 7/64 on one side, so 14/64 on both."""
    assert sign_test(difference=[-1, -2, -0.1, -3, -1, 2, 0]) == SignTest(5, 1, 1, pytest.approx(14 / 64, abs=1e-15))
    assert sign_test(difference=[1, -1]) == SignTest(1, 1, 0, pytest.approx(1.0, abs=1e-15))
    assert sign_test(difference=[1, 1, -1]).p_value == pytest.approx(1.0, abs=1e-15)
    assert sign_test(difference=[0, 0]) == SignTest(0, 0, 2, None, {"p_value": "no question tells the two apart"})


def test_the_bootstrap_resamples_questions() -> None:
    values = [-0.5, 0.0, 0.25, 1.0]
    interval = bootstrap_mean(difference=values, resamples=40_000, confidence=0.9)
    means = np.sort([float(sum(draw, Fraction(0)) / 4) for draw in product(map(Fraction, values), repeat=4)])
    exact = np.quantile(means, [0.05, 0.95], method="inverted_cdf")
    assert interval == pytest.approx(tuple(exact), abs=0.03)


def test_the_bootstrap_is_seeded_and_does_not_depend_on_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(5).normal(size=30)
    whole = bootstrap_mean(difference=values, resamples=100, seed=7)
    assert whole == bootstrap_mean(difference=values, resamples=100, seed=7)
    assert whole != bootstrap_mean(difference=values, resamples=100, seed=8)
    assert whole != bootstrap_mean(difference=values, resamples=99, seed=7)
    monkeypatch.setattr(comparison, "_BATCH", 7 * 30)
    assert whole == bootstrap_mean(difference=values, resamples=100, seed=7)
    monkeypatch.setattr(comparison, "_BATCH", 1)
    assert whole == bootstrap_mean(difference=values, resamples=100, seed=7)


def test_defaults_are_a_thousand_resamples_seed_one_and_95_percent() -> None:
    values = np.random.default_rng(5).normal(size=30)
    assert bootstrap_mean(difference=values) == bootstrap_mean(
        difference=values, resamples=1000, seed=1, confidence=0.95
    )


def test_resampling_needs_two_questions_and_sound_choices() -> None:
    assert bootstrap_mean(difference=[0.5]) is None
    assert bootstrap_mean(difference=[0.5, 0.5]) == (0.5, 0.5)
    assert bootstrap_mean(difference=[0.5, 0.5], resamples=1) == (0.5, 0.5)
    for confidence, resamples in ((0, 10), (1, 10), (0.95, 0)):
        with pytest.raises(ScoringError, match="a confidence between 0 and 1 and at least one resample"):
            bootstrap_mean(difference=[0.1, 0.2], confidence=confidence, resamples=resamples)


def test_a_comparison_holds_everything() -> None:
    got = compare(Paired(np.arange(3), np.array([-0.5, 0.25, -0.5]), 4, 5), resamples=200, seed=3, confidence=0.9)
    assert (got.questions, got.only_a, got.only_b) == (3, 4, 5)
    assert (got.difference, got.resamples, got.seed, got.confidence) == (-0.25, 200, 3, 0.9)
    assert got.interval == bootstrap_mean(difference=[-0.5, 0.25, -0.5], resamples=200, seed=3, confidence=0.9)
    assert got.signs.better == 2
    assert got.diebold_mariano.statistic == pytest.approx(-1.0, abs=1e-12)
    assert got.diebold_mariano.confidence == 0.9
    assert got.reasons == {}


def test_a_comparison_takes_its_confidence() -> None:
    values = np.random.default_rng(5).normal(size=30)
    got = compare(Paired(np.arange(30), values, 0, 0), confidence=0.5)
    assert got.interval == bootstrap_mean(difference=values, confidence=0.5)
    assert got.interval != bootstrap_mean(difference=values)


def test_too_few_common_questions_say_so() -> None:
    none = compare(paired([]))
    assert (none.difference, none.interval) == (None, None)
    assert none.reasons == {
        "difference": "the two have no question in common",
        "interval": "fewer than two common questions",
    }
    one = compare(paired([0.5]))
    assert (one.difference, one.interval, one.resamples, one.seed, one.confidence) == (0.5, None, 1000, 1, 0.95)
    assert one.reasons == {"interval": "fewer than two common questions"}


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1), st.integers(0, 4), st.floats(0, 1)), min_size=1))
def test_swapping_the_two_turns_the_sign(rows: list[tuple[int, float, int, float]]) -> None:
    a, sa, b, sb = (list(column) for column in zip(*rows, strict=True))
    forth = pair_by_question(question_a=a, score_a=sa, question_b=b, score_b=sb)
    back = pair_by_question(question_a=b, score_a=sb, question_b=a, score_b=sa)
    assert forth.question.tolist() == back.question.tolist()
    assert forth.difference.tolist() == (-back.difference).tolist()
    assert (forth.only_a, forth.only_b) == (back.only_b, back.only_a)
    assert sign_test(difference=forth.difference).p_value == sign_test(difference=back.difference).p_value
