from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.platforms.metaculus_baseline import (
    CLIP,
    baseline_score,
    choice_baseline_score,
    choice_probability,
    continuous_baseline_score,
)
from ledger.scoring.platforms.metaculus_boards import (
    global_peer,
    legacy_average,
    recency_weights,
    tournament_take,
    weighted_median,
)
from ledger.scoring.platforms.metaculus_peer import geometric_mean, peer_score, relative_score
from ledger.scoring.platforms.metaculus_time import baseline_over_time, peer_over_time


@pytest.mark.parametrize(
    ("forecast", "outcome", "expected", "digits"),
    [
        # Metaculus test suite (scoring reference, V12)
        (0.9, 1, 84.79969066, 5e-9),
        (0.1, 1, -232.19280949, 5e-9),
        (2**-0.5, 1, 50, 1e-12),
        (2**-1.5, 1, -50, 1e-12),
        # interchange reference, 3.5
        (0.5, 1, 0, 0),
        (0.999, 1, 99.85565831, 5e-9),
        (0.001, 1, -896.57842847, 5e-9),
        # Metaculus scores FAQ (scoring reference, V13a and b; computed digits)
        (0.7, 1, 48.5427, 5e-5),
        (0.7, 0, -73.6966, 5e-5),
        (0.8, 1, 67.8072, 5e-5),
        (0.8, 0, -132.1928, 5e-5),
        (0.9, 0, -232.1928, 5e-5),
        (0.99, 1, 98.5500, 5e-5),
        (0.99, 0, -564.3856, 5e-5),
        (0.999, 1, 99.856, 5e-4),
        (0.001, 1, -896.578, 5e-4),
        (0.0, 1, -np.inf, 0),
        (1.0, 0, -np.inf, 0),
        (1.0, 1, 100, 0),
    ],
)
def test_baseline(forecast: float, outcome: int, expected: float, digits: float) -> None:
    assert baseline_score(forecast=[forecast], outcome=[outcome])[0] == pytest.approx(expected, abs=digits)


@pytest.mark.parametrize(("stated", "expected"), [(0.7, 24.0948), (0.8, 27.8072), (0.9, 21.4012), (0.99, -34.0371)])
def test_whoever_believes_80_percent_does_best_by_saying_so(stated: float, expected: float) -> None:
    """Metaculus scores FAQ, published rounded as 24, 28, 21 and -34 (scoring reference, V13a)."""
    yes, no = baseline_score(forecast=[stated, stated], outcome=[1, 0])
    assert 0.8 * yes + 0.2 * no == pytest.approx(expected, abs=5e-5)


def test_platform_limits() -> None:
    assert CLIP == (0.001, 0.999)


def test_baseline_of_multiple_choice() -> None:
    """Metaculus test suite (scoring reference, V12) and interchange reference, 3.5."""
    forecast = [[1 / 3] * 3, [3**-0.5, 0.2, 0.2], [0.2, 0.6, 0.2]]
    got = choice_baseline_score(forecast=forecast, outcome=[0, 0, 1], present=np.ones((3, 3), dtype=bool))
    assert got == pytest.approx([0, 50, 53.50264793], abs=5e-9)


def test_an_option_that_was_removed_is_read_as_other() -> None:
    """Metaculus test suite (scoring reference, V12)."""
    forecast = [[0.5, 0.0, 0.2, 0.3], [0.4, 0.1, 0.2, 0.3]]
    present = [[True, False, True, True], [True, True, True, True]]
    got = choice_probability(forecast=forecast, outcome=[1, 1], present=present)
    assert got.tolist() == [0.3, 0.1]
    scored = choice_baseline_score(forecast=forecast, outcome=[1, 1], present=present)
    assert scored == pytest.approx([100 * np.log(0.9) / np.log(3), 100 * np.log(0.4) / np.log(4)], abs=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"forecast": [[1.2, 0.1]]}, r"forecast\[0, 0\] is 1.2"),
        ({"forecast": [0.5, 0.5]}, "two or more options"),
        ({"forecast": [[0.5]], "present": [[True]], "outcome": [0]}, "two or more options"),
        ({"present": [[1, 1]]}, "present must be true or false"),
        ({"present": [[True, True, True]]}, "present has shape"),
        ({"outcome": [0, 1]}, "outcome has shape"),
        ({"outcome": [2]}, r"outcome\[0\] is 2: there is no such option"),
        ({"outcome": [-1]}, r"outcome\[0\] is -1"),
        ({"present": [[True, False]]}, r'present\[0\] is False: the last option, "Other", is always open'),
        ({"present": [[False, True]]}, r"present\[0\] is 1: a baseline needs at least two open options"),
    ],
)
def test_choices_that_cannot_be_are_refused(change: dict[str, object], message: str) -> None:
    rows = {"forecast": [[0.5, 0.5]], "outcome": [0], "present": [[True, True]]}
    assert choice_baseline_score(**rows).tolist() == [0.0]  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        choice_baseline_score(**(rows | change))  # type: ignore[arg-type]


def test_binary_outcomes_are_yes_or_no() -> None:
    with pytest.raises(ScoringError, match=r"outcome\[0\] is 0.5: it must be 0 or 1"):
        baseline_score(forecast=[0.5], outcome=[0.5])
    with pytest.raises(ScoringError, match="outcome has shape"):
        baseline_score(forecast=[0.5], outcome=[1, 1])
    with pytest.raises(ScoringError, match=r"forecast\[0\] is 1.5"):
        baseline_score(forecast=[1.5], outcome=[1])


@pytest.mark.parametrize(("open_bounds", "expected"), [(0, 69.31471806), (2, 74.58274384)])
def test_baseline_of_continuous_questions(open_bounds: int, expected: float) -> None:
    """Interchange reference, 3.5: mass .02 in one of 200 buckets within the bounds."""
    mass = np.full((2, 202), 0.001)
    mass[:, 1] = mass[:, 200] = 0.02
    got = continuous_baseline_score(forecast=mass, outcome=[1, 200], open_bounds=open_bounds)
    assert got == pytest.approx([expected, expected], abs=5e-9)


def test_baseline_out_of_bounds_is_five_percent() -> None:
    mass = [[0.05, 0.85, 0.1], [0.2, 0.8, 0.0], [0.2, 0.95, 0.0]]
    got = continuous_baseline_score(forecast=mass, outcome=[0, 0, 1], open_bounds=1)
    assert got == pytest.approx([0, 50 * np.log(4), 0], abs=1e-12)
    impossible = continuous_baseline_score(forecast=mass, outcome=[2, 2, 2], open_bounds=1)
    assert impossible == pytest.approx([50 * np.log(2), -np.inf, -np.inf], abs=1e-12)


@pytest.mark.parametrize(
    ("forecast", "outcome", "open_bounds", "message"),
    [
        ([0.1, 0.9], [1], 0, "three or more buckets"),
        ([[0.1, 0.9]], [1], 0, "three or more buckets"),
        ([[0.1, 0.8, 0.1]], [1], 3, "open_bounds is 0, 1 or 2"),
        ([[0.1, 0.8, 0.1]], [3], 1, r"outcome\[0\] is 3: there is no such bucket"),
        ([[0.1, 0.8, 0.1]], [-1], 1, r"outcome\[0\] is -1"),
        ([[0.1, 0.8, 0.1]], [1, 1], 1, "outcome has shape"),
        ([[0.1, 1.8, 0.1]], [1], 1, r"forecast\[0, 1\] is 1.8"),
    ],
)
def test_buckets_that_cannot_be_are_refused(
    forecast: list[object], outcome: list[int], open_bounds: int, message: str
) -> None:
    with pytest.raises(ScoringError, match=message):
        continuous_baseline_score(forecast=forecast, outcome=outcome, open_bounds=open_bounds)  # type: ignore[arg-type]


def test_geometric_means() -> None:
    """Metaculus test suite: of [no, yes], and of CDFs as bucket masses, not renormalised (scoring reference, V12)."""
    yes = np.array([0.7, 0.8, 0.9])
    got = geometric_mean(forecast=np.stack([1 - yes, yes], axis=1))
    assert got == pytest.approx([0.18171206, 0.79581144], abs=5e-9)
    cdf = np.array([[0.2, 0.5, 0.8], [0.4, 0.6, 0.8], [0.6, 0.7, 0.8]])
    masses = np.diff(cdf, axis=1, prepend=0, append=1)
    assert geometric_mean(forecast=masses) == pytest.approx([0.36342412, 0.18171206, 0.18171206, 0.2], abs=5e-9)
    assert geometric_mean(forecast=[[0.0, 0.5], [0.5, 0.5]]) == pytest.approx([0, 0.5], abs=1e-15)
    for wrong in ([0.5], np.empty((0, 2))):
        with pytest.raises(ScoringError, match="a row a forecaster, at least one"):
            geometric_mean(forecast=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("forecast", "expected"),
    [
        # Metaculus test suite (scoring reference, V12)
        ([0.1, 0.5, 0.9], [-190.33312449, 51.08256238, 139.25056211]),
        # interchange reference, 3.5
        ([0.9, 0.8, 0.5], [35.27848503, 17.61102968, -52.88951471]),
        # Metaculus scores FAQ: log scores -1, 1, 2 up to a constant (scoring reference, V13d)
        (np.exp([-4.0, -2.0, -1.0]), [-250, 50, 200]),
        ([0.3], [0]),
        ([], []),
    ],
)
def test_peer(forecast: list[float], expected: list[float]) -> None:
    got = peer_score(forecast=forecast)
    assert got == pytest.approx(expected, abs=5e-9)
    assert got.sum() == pytest.approx(0, abs=1e-12)
    assert peer_score(forecast=forecast, continuous=True) == pytest.approx(got / 2, abs=1e-12)


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=9))
def test_peer_is_against_the_geometric_mean_and_adds_up_to_nothing(forecast: list[float]) -> None:
    got, n = peer_score(forecast=forecast), len(forecast)
    mean = geometric_mean(forecast=[[p] for p in forecast])[0]
    assert got == pytest.approx(100 * n / (n - 1) * np.log(np.array(forecast) / mean), abs=1e-9)
    assert got.sum() == pytest.approx(0, abs=1e-9)


def test_an_impossible_event_has_no_peer_score() -> None:
    with pytest.raises(ScoringError, match=r"forecast\[1\] is 0.0: a probability of 0 for what happened"):
        peer_score(forecast=[0.5, 0.0])


def test_the_legacy_relative_score() -> None:
    assert relative_score(forecast=[0.8, 0.2], crowd=[0.4, 0.8]) == pytest.approx([1, -2], abs=1e-15)
    with pytest.raises(ScoringError, match="crowd has shape"):
        relative_score(forecast=[0.8], crowd=[0.4, 0.8])
    with pytest.raises(ScoringError, match=r"crowd\[0\] is 0.0"):
        relative_score(forecast=[0.8], crowd=[0.0])


def test_a_die_expects_the_published_log_scores() -> None:
    """Metaculus scores FAQ: .05 and .17 as published; .30 as the arithmetic has it (scoring reference, V13c)."""
    expected = [np.log(p) / 6 + np.log(1 - p) * 5 / 6 for p in (0.05, 0.17, 0.30)]
    base = [baseline_score(forecast=[p, p], outcome=[1, 0]) @ [1 / 6, 5 / 6] for p in (0.05, 0.17, 0.30)]
    assert np.array(base) / 100 * np.log(2) - np.log(2) == pytest.approx([-0.542033, -0.450601, -0.497891], abs=5e-7)
    assert expected == pytest.approx([-0.542033, -0.450601, -0.497891], abs=5e-7)


def test_half_coverage_is_half_the_score() -> None:
    """Metaculus test suite (scoring reference, V12)."""
    score = baseline_score(forecast=[0.9, 0.9, 0.1], outcome=[1, 1, 1])
    got = baseline_over_time(
        forecaster=[2, 1, 1], score=score, since=[105, 105, 107], until=[110, 107, 110], opens=100, closes=110
    )
    assert got.forecaster.tolist() == [1, 2]
    assert got.score == pytest.approx([0.2 * 84.79969066 - 0.3 * 232.19280949, 84.79969066 / 2], abs=5e-9)
    assert got.coverage.tolist() == [0.5, 0.5]


def test_peer_over_time_with_a_third_forecaster_at_half_time() -> None:
    """Metaculus test suite (scoring reference, V12; computed -175.638457866)."""
    rows = {
        "forecaster": [1, 2, 3],
        "forecast": [0.1, 0.5, 0.9],
        "since": [100, 100, 150],
        "until": [200, 200, 200],
        "opens": 100,
        "closes": 200,
    }
    got = peer_over_time(**rows)  # type: ignore[arg-type]
    expected = 100 * (0.5 * np.log(0.1 / 0.5) + 0.5 * np.log(0.1 / np.sqrt(0.5 * 0.9)))
    assert got.score[0] == pytest.approx(-175.638457866, abs=5e-10)
    assert got.score[0] == pytest.approx(expected, abs=1e-11)
    assert got.coverage.tolist() == [1, 1, 0.5]
    assert got.score.sum() == pytest.approx(0, abs=1e-11)
    halved = peer_over_time(**rows, continuous=True)  # type: ignore[arg-type]
    assert halved.score == pytest.approx(got.score / 2, abs=1e-12)
    assert halved.coverage.tolist() == [1, 1, 0.5]


def test_peer_over_time_adds_up_updates_and_time_alone_is_nothing() -> None:
    got = peer_over_time(
        forecaster=[8, 8, 4], forecast=[0.2, 0.8, 0.4], since=[0, 5, 4], until=[5, 10, 8], opens=0, closes=10
    )
    assert got.forecaster.tolist() == [4, 8]
    mine = 100 * (0.1 * np.log(0.2 / 0.4) + 0.3 * np.log(0.8 / 0.4))
    assert got.score == pytest.approx([-mine, mine], abs=1e-12)
    assert got.coverage.tolist() == [0.4, 1.0]


def test_scores_over_time_ask_for_matching_rows() -> None:
    with pytest.raises(ScoringError, match="forecast has shape"):
        peer_over_time(forecaster=[1], forecast=[0.5, 0.5], since=[0], until=[1], opens=0, closes=1)
    with pytest.raises(ScoringError, match="score has shape"):
        baseline_over_time(forecaster=[1], score=[0.5, 0.5], since=[0], until=[1], opens=0, closes=1)
    with pytest.raises(ScoringError, match="still stands"):
        peer_over_time(forecaster=[1, 1], forecast=[0.5, 0.5], since=[0, 0], until=[1, 1], opens=0, closes=1)
    with pytest.raises(ScoringError, match="still stands"):
        baseline_over_time(forecaster=[1, 1], score=[0.5, 0.5], since=[0, 0], until=[1, 1], opens=0, closes=1)


def test_boards() -> None:
    """Interchange reference, 3.5."""
    assert global_peer(score=[30.0, 60.0], coverage=[1, 0.5]) == 3.0
    assert global_peer(score=[80.0], coverage=[40.0]) == 2.0
    assert legacy_average(score=[10.0, 30.0]) == 1.0
    assert legacy_average(score=np.full(50, 2.0)) == 2.0
    assert tournament_take(score=[5.0, -2.0]) == 9.0
    assert tournament_take(score=[-5.0, 2.0]) == 0.0
    with pytest.raises(ScoringError, match="coverage has shape"):
        global_peer(score=[1.0], coverage=[1, 1])


def test_recency_weights_and_the_weighted_median() -> None:
    """Interchange reference, 3.5: e to the power of root n less root N."""
    assert recency_weights(4) == pytest.approx(np.exp([-1, np.sqrt(2) - 2, np.sqrt(3) - 2, 0]), abs=1e-15)
    assert recency_weights(1).tolist() == [1.0]
    assert weighted_median(forecast=[0.9, 0.1, 0.5], weight=[1, 1, 1]) == 0.5
    assert weighted_median(forecast=[0.9, 0.1, 0.5], weight=[5, 1, 1]) == 0.9
    assert weighted_median(forecast=[0.75, 0.25], weight=[1, 1]) == 0.5
    assert weighted_median(forecast=[0.75, 0.5, 0.25], weight=[1, 0, 1]) == 0.5
    with pytest.raises(ScoringError, match="weights need at least one forecast"):
        recency_weights(0)
    with pytest.raises(ScoringError, match="a weighted median needs some weight"):
        weighted_median(forecast=[0.5], weight=[0])
