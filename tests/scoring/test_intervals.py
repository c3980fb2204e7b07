from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.intervals import check_confidence, jeffreys_interval, two_sided_z, wilson_interval

COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# Newcombe 1998 (Statistics in Medicine 17:857), Table I; the last two computed with statsmodels 0.15.0.
@pytest.mark.parametrize(
    ("happened", "n", "low", "high", "digits"),
    [
        (81, 263, 0.2553, 0.3662, 4),
        (15, 148, 0.0624, 0.1605, 4),
        (0, 20, 0, 0.1611, 4),
        (1, 29, 0.0061, 0.1718, 4),
        (6, 10, 0.31267377, 0.83181967, 8),
        (0, 5, 0, 0.43448246, 8),
    ],
)
def test_wilson_is_the_published_interval(happened: int, n: int, low: float, high: float, digits: int) -> None:
    got = wilson_interval(happened=happened, n=n)
    assert [round(float(end), digits) for end in got] == [low, high]


def test_jeffreys_follows_brown_cai_and_dasgupta_at_the_ends() -> None:
    low, high = jeffreys_interval(happened=[0, 10, 0], n=[10, 10, 1])
    assert low[0] == 0
    assert high[1] == 1
    assert round(float(high[0]), 4) == 0.2172
    assert low[1] == pytest.approx(1 - high[0], abs=1e-14)
    assert low[2] == 0


def test_jeffreys_cuts_half_the_rest_from_each_tail() -> None:
    # Beta(1.5, 1.5) is the semicircle law: F(x) = (2/pi)(2x-1)sqrt(x(1-x)) + asin(2x-1)/pi + 1/2
    low, high = (float(end) for end in jeffreys_interval(happened=1, n=2, confidence=0.8))

    def below(x: float) -> float:
        return float(2 / np.pi * (2 * x - 1) * np.sqrt(x * (1 - x)) + np.arcsin(2 * x - 1) / np.pi + 0.5)

    assert below(low) == pytest.approx(0.1, abs=1e-12)
    assert below(high) == pytest.approx(0.9, abs=1e-12)


@given(COUNTS, st.floats(0.5, 0.999))
def test_the_intervals_hold_the_frequency_and_mirror(count: tuple[int, int], confidence: float) -> None:
    x, n = count
    for interval in (wilson_interval, jeffreys_interval):
        low, high = interval(happened=x, n=n, confidence=confidence)
        other_low, other_high = interval(happened=n - x, n=n, confidence=confidence)
        assert 0 <= low <= x / n <= high <= 1
        assert low < high
        assert (other_low, other_high) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(COUNTS, st.floats(0.01, 0.999))
def test_wilson_ends_are_where_the_score_test_turns(count: tuple[int, int], confidence: float) -> None:
    x, n = count
    for end in wilson_interval(happened=x, n=n, confidence=confidence):
        if 0 < end < 1:
            z2 = n * (x / n - end) ** 2 / (end * (1 - end))
            assert z2 == pytest.approx(two_sided_z(confidence) ** 2, rel=1e-6)


@given(st.floats(0.001, 1e12), st.floats(0.01, 0.9999))
def test_wilson_reaches_the_ends_exactly(n: float, confidence: float) -> None:
    assert wilson_interval(happened=0, n=n, confidence=confidence)[0] == 0
    assert wilson_interval(happened=n, n=n, confidence=confidence)[1] == 1


def test_arrays_keep_their_shape_and_numbers_theirs() -> None:
    low, high = wilson_interval(happened=np.array([[0, 1], [2, 3]]), n=np.full((2, 2), 3))
    assert low.shape == high.shape == (2, 2)
    assert (low[0, 0], high[1, 1]) == (0, 1)
    assert low.dtype == np.float64


def test_z_is_the_normal_quantile() -> None:
    assert two_sided_z(0.95) == pytest.approx(1.959963984540054, abs=1e-12)
    assert two_sided_z(0.5) == pytest.approx(0.6744897501960817, abs=1e-12)


@pytest.mark.parametrize("confidence", [0, 1, 1.5, -0.1, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    message = rf"^confidence is {confidence}: it must lie between 0 and 1, as 0\.95 does$"
    with pytest.raises(ScoringError, match=message):
        check_confidence(confidence)
    with pytest.raises(ScoringError, match=r"^confidence is"):
        wilson_interval(happened=1, n=2, confidence=confidence)
    with pytest.raises(ScoringError, match=r"^confidence is"):
        jeffreys_interval(happened=1, n=2, confidence=confidence)


@pytest.mark.parametrize(
    ("happened", "n", "message"),
    [
        (0, 0, r"^n is 0\.0: an interval needs at least one forecast$"),
        ([1, 4], [2, 3], r"^happened\[1\] is 4\.0: it must lie between 0 and n$"),
        ([1, -1], [2, 3], r"^happened\[1\] is -1\.0: it must lie between 0 and n$"),
        ([1, 2], [3], r"^happened has shape \(2,\), n has shape \(1,\): they must be the same$"),
        ([1, 1], [2, float("inf")], r"^n\[1\] is inf: it must be a finite number$"),
        ([1, float("nan")], [2, 2], r"^happened\[1\] is nan: it must be a finite number$"),
    ],
)
def test_counts_that_are_none_are_refused(happened: object, n: object, message: str) -> None:
    for interval in (wilson_interval, jeffreys_interval):
        with pytest.raises(ScoringError, match=message):
            interval(happened=happened, n=n)  # type: ignore[arg-type]
