"""Scores of events, against what is printed; V numbers are of the scoring reference."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring.rules import (
    brier_score,
    elementary_score,
    log_score,
    ranked_probability_score,
    spherical_score,
)

JOSE = [
    (0.00, 0.280, -0.36, 0.5547001962),
    (0.05, 0.335, -0.33125, 0.5865884601),
    (0.10, 0.380, -0.305, 0.6172133998),
    (0.15, 0.415, -0.28125, 0.6446583712),
    (0.20, 0.440, -0.26, 0.6666666667),
    (0.25, 0.455, -0.24125, 0.6810052246),
    (0.30, 0.460, -0.225, 0.6859943406),
    (0.35, 0.455, -0.21125, 0.6810052246),
    (0.40, 0.440, -0.2, 0.6666666667),
    (0.45, 0.415, -0.19125, 0.6446583712),
    (0.50, 0.380, -0.185, 0.6172133998),
    (0.55, 0.335, -0.18125, 0.5865884601),
    (0.60, 0.280, -0.18, 0.5547001962),
]


def approx(value: object, digits: int = 12) -> Any:
    return pytest.approx(value, abs=0.5000001 * 10**-digits, rel=0)


def test_v1_brier_of_the_scikit_learn_documentation() -> None:
    y, p = [0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]
    assert brier_score(forecast=p, outcome=y).mean() == approx(0.0375)
    assert brier_score(forecast=p, outcome=y, form="original").mean() == approx(0.075)
    # The reference prints 0.197634884642: two digits are turned; -ln(.9 * .9 * .8 * .7) / 4 is this.
    assert log_score(forecast=p, outcome=y).mean() == approx(0.197634881642)


def test_v1_three_classes_where_the_documentation_prints_truncated_digits() -> None:
    p = [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.2, 0.2, 0.6]]
    assert brier_score(forecast=p, outcome=[0, 1, 2], form="original").mean() == approx(0.44 / 3)
    assert brier_score(forecast=p, outcome=[0, 1, 2]).mean() == approx(0.22 / 3)


def test_v2_log_loss_of_the_scikit_learn_documentation() -> None:
    score = log_score(forecast=[0.9, 0.9, 0.8, 0.65], outcome=[1, 1, 1, 1])
    assert score.mean() == approx(0.21616, 5)
    assert score.mean() == approx(0.216161874681)


@pytest.mark.parametrize(("y", "p", "value"), [(0, 0.271, 0.073441), (1, 0.2, 0.64)])
def test_v8_brier(y: float, p: float, value: float) -> None:
    assert brier_score(forecast=p, outcome=y) == approx(value)
    assert brier_score(forecast=[p], outcome=[y]).tolist() == approx([value])


def test_v8_log() -> None:
    assert log_score(forecast=0.481, outcome=0) == approx(0.6558514, 7)


@pytest.mark.parametrize(
    ("p", "category", "value"),
    [
        ([0.01, 0.32, 0.44, 0.23], 3, 0.1619),
        ([0.1, 0.2, 0.3, 0.4], 3, 0.26),
        ([0.01, 0.32, 0.44, 0.23], 1, 1.4819),
        ([0.12, 0.05, 0.48, 0.35], 3, 0.1658),
        ([0.09, 0.21, 0.05, 0.65], 4, 0.2206),
        ([0.57, 0.31, 0.08, 0.04], 2, 0.3409),
        ([0.2, 0.5, 0.3], 1, 0.73),  # V9
    ],
)
def test_v8_v9_ranked_probability_in_three_normalisations(p: list[float], category: int, value: float) -> None:
    splits = len(p) - 1
    for name, expected in (("none", value), ("splits", value / splits), ("good-judgment", 2 * value / splits)):
        got = ranked_probability_score(forecast=[p], outcome=[category - 1], normalisation=name)  # type: ignore[arg-type]
        assert got.tolist() == approx([expected])
    assert ranked_probability_score(forecast=[p], outcome=[category - 1]).tolist() == approx([value / splits])
    one_hot = np.eye(len(p))[[category - 1]]
    assert ranked_probability_score(forecast=[p], outcome=one_hot, categories=True) == approx([value / splits])


def test_v18_brier_1950_worked_example() -> None:
    p = [0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1]
    rain = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert brier_score(forecast=p, outcome=rain, form="original").mean() == approx(0.19)


@pytest.mark.parametrize(("r2", "quadratic", "ranked", "spherical"), JOSE)
def test_v20_jose_nau_and_winkler(r2: float, quadratic: float, ranked: float, spherical: float) -> None:
    p, happened = [[0.4, r2, 0.6 - r2]], [0]
    assert 1 - brier_score(forecast=p, outcome=happened, form="original") == approx([quadratic])
    assert -ranked_probability_score(forecast=p, outcome=happened) == approx([ranked])
    assert 1 - spherical_score(forecast=p, outcome=happened) == approx([spherical], 10)


def test_always_half() -> None:
    assert brier_score(forecast=0.5, outcome=1) == 0.25
    assert log_score(forecast=0.5, outcome=0) == approx(math.log(2))
    assert log_score(forecast=0.5, outcome=0, unit="bits") == 1
    assert 1 - spherical_score(forecast=0.5, outcome=1) == approx(0.7071, 4)


def test_the_impossible_that_happened_is_infinite_and_the_certain_costs_nothing() -> None:
    got = log_score(forecast=[0, 1, 0, 1, 0, 1], outcome=[1, 0, 0, 1, 0.25, 0.25])
    assert got.tolist() == [math.inf, math.inf, 0, 0, math.inf, math.inf]
    assert not np.signbit(got).any()
    rows = log_score(forecast=[[0, 1], [0, 1], [0.5, 0.5]], outcome=[0, 1, 1])
    assert rows.tolist() == [math.inf, 0, math.log(2)]
    assert not np.signbit(rows).any()


def test_a_clip_is_asked_for() -> None:
    got = log_score(forecast=[0, 1, 0.5], outcome=[1, 0, 1], clip=0.001)
    assert got.tolist() == approx([-math.log(0.001), -math.log(0.001), math.log(2)])
    assert log_score(forecast=[0.0], outcome=[1], clip=0).tolist() == [math.inf]
    assert log_score(forecast=[0.1], outcome=[1], clip=0.5).tolist() == [math.log(2)]
    assert log_score(forecast=[[0.0, 1.0]], outcome=[0], clip=0.01).tolist() == approx([-math.log(0.01)])


def test_log_keeps_its_digits_next_to_one() -> None:
    assert log_score(forecast=[1e-20], outcome=[0]).tolist() == [1e-20]


def test_shares() -> None:
    p, r = 0.7, 0.4
    assert brier_score(forecast=p, outcome=r) == approx(0.09)
    assert log_score(forecast=p, outcome=r) == approx(-(r * math.log(p) + (1 - r) * math.log(1 - p)))
    assert 1 - spherical_score(forecast=p, outcome=r) == approx((r * p + (1 - r) * (1 - p)) / math.hypot(p, 1 - p))
    assert brier_score(forecast=[[p, 1 - p]], outcome=[[r, 1 - r]], categories=True) == approx([0.09])


def test_two_options_give_the_figure_of_the_event() -> None:
    p, y = np.array([0.0, 0.2, 0.7, 1.0]), np.array([0, 1, 1, 0])
    both = np.stack([1 - p, p], axis=-1)
    for rule in (brier_score, log_score, spherical_score):
        assert rule(forecast=both, outcome=y) == pytest.approx(rule(forecast=p, outcome=y), abs=1e-15)
    assert ranked_probability_score(forecast=both, outcome=y) == approx(brier_score(forecast=p, outcome=y))


def test_any_shape_keeps_its_shape() -> None:
    p = np.full((2, 3), 1 / 3)
    assert brier_score(forecast=p, outcome=np.ones((2, 3))).shape == (2, 3)
    assert brier_score(forecast=p, outcome=[0, 1]).shape == (2,)
    assert np.shape(brier_score(forecast=p[0], outcome=2)) == ()


def test_options_left_out_have_probability_zero() -> None:
    assert brier_score(forecast=[[0.5, 0.2, 0]], outcome=[2], form="original") == approx([1.29])
    assert spherical_score(forecast=[[0.0, 0.0]], outcome=[0]).tolist() == [1]


def test_elementary_scores_mix_into_brier() -> None:
    grid = (np.arange(1000) + 0.5) / 1000
    for p, y in ((0.3, 1), (0.3, 0), (0.8, 0.25)):
        mixed = 2 * np.mean([elementary_score(forecast=p, outcome=y, threshold=t) for t in grid])
        constant = y * (1 - y)  # a share scores as a mixture of both outcomes
        assert mixed == pytest.approx(brier_score(forecast=p, outcome=y) + constant, abs=1e-6)
    assert elementary_score(forecast=[0.5, 0.5], outcome=[1, 0], threshold=0.5).tolist() == [0.5, 0]
    assert elementary_score(forecast=[0.5, 0.5], outcome=[1, 0], threshold=0).tolist() == [0, 0]
    assert elementary_score(forecast=[0.5, 1], outcome=[1, 1], threshold=1).tolist() == [0, 0]


@pytest.mark.parametrize("rule", [brier_score, log_score, spherical_score])
@pytest.mark.parametrize(
    ("forecast", "outcome", "message"),
    [
        ([0.5, 1.01], [0, 1], r"^forecast\[1\] is 1\.01: it must lie between 0 and 1$"),
        ([0.5, -0.01], [0, 1], r"^forecast\[1\] is -0\.01: it must lie between 0 and 1$"),
        ([math.nan, 0.5], [0, 1], r"^forecast\[0\] is nan: it must be a finite number$"),
        ([0.5, 0.5], [0, math.inf], r"^outcome\[1\] is inf: it must be a finite number$"),
        ([0.5, 0.5], [2, 0], r"^outcome\[0\] is 2\.0: it must lie between 0 and 1$"),
        ([0.5, 0.5], [1], r"^outcome has shape \(1,\), forecast has shape \(2,\): they must be the same$"),
        (2, 1, r"^forecast is 2\.0: it must lie between 0 and 1$"),
        ([[0.5, 0.5]], [2], r"^outcome\[0\] is 2\.0: it must be an option from 0 to 1$"),
        ([[0.5, 0.5]], [-1], r"^outcome\[0\] is -1\.0: it must be an option from 0 to 1$"),
        ([[0.5, 0.5]], [0.5], r"^outcome\[0\] is 0\.5: it must be an option from 0 to 1$"),
        ([[0.5, 0.5]], [0, 1], "outcome has shape .2,., all but the last axis of forecast has shape .1,.: they must"),
        ([[0.2, 0.8], [0.5, 0.6]], [0, 0], r"^the sum of forecast\[1\] is 1\.1: options must not pass 1 together$"),
        ([[0.5, 1.5]], [[0, 1]], r"^forecast\[0, 1\] is 1\.5: it must lie between 0 and 1$"),
    ],
)
def test_a_refusal_names_the_element(rule: Any, forecast: Any, outcome: Any, message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        rule(forecast=forecast, outcome=outcome)


def test_a_wrong_choice_is_refused_with_the_right_ones() -> None:
    with pytest.raises(ScoringError, match="form is 'double': it must be one of half, original"):
        brier_score(forecast=0.5, outcome=1, form="double")  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match="unit is 'dits': it must be one of nats, bits"):
        log_score(forecast=0.5, outcome=1, unit="dits")  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match="normalisation is 'x': it must be one of splits, none, good-judgment"):
        ranked_probability_score(forecast=[[0.5, 0.5]], outcome=[1], normalisation="x")  # type: ignore[arg-type]
    for clip in (-0.1, 0.51, math.nan):
        with pytest.raises(ScoringError, match=rf"^clip is {clip}: it must lie between 0 and one half$"):
            log_score(forecast=0.5, outcome=1, clip=clip)
    for threshold in (-0.1, 1.1):
        with pytest.raises(ScoringError, match=rf"^threshold is {threshold}: it must lie between 0 and 1$"):
            elementary_score(forecast=0.5, outcome=1, threshold=threshold)
    with pytest.raises(
        ScoringError, match=r"^elementary scores are of events: forecast and outcome must have the same"
    ):
        elementary_score(forecast=[[0.5, 0.5]], outcome=[1], threshold=0.5)


@pytest.mark.parametrize(("forecast", "outcome"), [([0.5], [1]), ([[1.0]], [0])])
def test_ranking_needs_options_in_order(forecast: Any, outcome: Any) -> None:
    with pytest.raises(ScoringError, match=r"^ranked probability scores need two options or more on the last axis"):
        ranked_probability_score(forecast=forecast, outcome=outcome)


def test_names_are_needed() -> None:
    with pytest.raises(TypeError):
        brier_score([0.5], [1])  # type: ignore[misc]


def test_numbers_may_be_objects_and_scores_are_floats() -> None:
    forecast, outcome = np.array([Fraction(1, 4), 1], dtype=object), np.array([0, True], dtype=object)
    assert brier_score(forecast=forecast, outcome=outcome).tolist() == [0.0625, 0]
    assert brier_score(forecast=[[0.5, 0.5]], outcome=[1]).dtype == np.float64


def test_reading_numbers_copies_nothing_that_need_not_be() -> None:
    values = np.array([0.25, 0.5])
    assert _check.numbers("forecast", values) is values
    assert _check.numbers("forecast", np.array([0, 1])).dtype == np.float64


def test_options_told_by_their_index_become_floats() -> None:
    _, happened, options = _check.events([[0.5, 0.5]], [1])
    assert happened.dtype == np.float64
    assert happened.tolist() == [[0, 1]]
    assert options


RULES = [brier_score, log_score, spherical_score, ranked_probability_score]


@pytest.mark.parametrize("rule", RULES)
def test_vectors_of_shares_are_options_where_they_are_called_so(rule: Any) -> None:
    p, index = [[0.25, 0.5, 0.25], [0.125, 0.25, 0.625]], [1, 2]
    vectors = [[0, 1, 0], [0, 0, 1]]
    got = rule(forecast=p, outcome=vectors, categories=True)
    assert (
        got.tolist()
        == rule(forecast=p, outcome=index).tolist()
        == rule(forecast=p, outcome=index, categories=True).tolist()
    )
    with pytest.raises(ScoringError, match=r"^the sum of forecast\[0\] is 1\.5: options must not pass 1 together$"):
        rule(forecast=[[0.75, 0.75]], outcome=[[0, 1]], categories=True)
    if rule is not ranked_probability_score:
        assert rule(forecast=p, outcome=vectors).shape == (2, 3)
        return
    with pytest.raises(ScoringError, match=r"^ranked probability scores need two options or more"):
        rule(forecast=p, outcome=vectors)


@pytest.mark.parametrize("rule", RULES)
def test_any_shape_of_cases_is_scored_case_by_case(rule: Any) -> None:
    random = np.random.default_rng(4)
    p, y = random.dirichlet([1] * 4, (2, 3)), random.integers(0, 4, (2, 3))
    got = rule(forecast=p, outcome=y)
    assert got.shape == (2, 3)
    for case in np.ndindex(2, 3):
        assert got[case] == approx(float(rule(forecast=p[case], outcome=y[case])))
