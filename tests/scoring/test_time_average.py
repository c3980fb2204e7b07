from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring._scores import spans
from ledger.scoring.time_average import TimeAverage, time_average, unit_scores

WEEKS = 52


def reward(probability: float) -> float:
    """Metaculus's baseline: 0 at one half, 100 for certainty."""
    return 100 * (float(np.log2(probability)) + 1)


def expected(plan: tuple[float, float]) -> tuple[float, float]:
    """Expected score over the actual and over the scheduled life, 20 % early yes, 4 % late yes, 76 % no."""
    first, later = plan
    worlds = [
        (0.20, [reward(first)], [0], [1]),
        (0.04, [reward(first), reward(later)], [0, 1], [1, WEEKS]),
        (0.76, [reward(1 - first), reward(1 - later)], [0, 1], [1, WEEKS]),
    ]
    actual = scheduled = 0.0
    for chance, score, since, until in worlds:
        result = time_average(score=score, since=since, until=until, opens=0, deadline=WEEKS)
        assert result.mean is not None
        actual += chance * result.mean
        scheduled += chance * result.truncated
    return actual, scheduled


@pytest.mark.parametrize(
    ("plan", "actual", "scheduled"),
    [((0.24, 0.05), 35.6139, 56.3845), ((0.99, 0.05), 67.5275, 48.1965)],
    ids=["honest", "gaming"],
)
def test_truncation_takes_away_what_gaming_wins(plan: tuple[float, float], actual: float, scheduled: float) -> None:
    """Metaculus scores FAQ (scoring reference, V13e): published 36 and 56, 68 and 48."""
    got = expected(plan)
    assert got == (pytest.approx(actual, abs=5e-5), pytest.approx(scheduled, abs=5e-5))


def test_the_score_is_averaged_and_the_probability_is_not() -> None:
    """Defects D1 and D2 of Fatebook: .2 then .8 on yes is .68 on the 0-2 scale, and .5 on the last tenth stays .5."""
    both = time_average(score=[2 * 0.64, 2 * 0.04], since=[0, 5], until=[5, 10], opens=0, deadline=10)
    assert both.mean == pytest.approx(0.68, abs=1e-15)
    assert both.coverage == 1.0
    assert both.truncated == both.mean
    late = time_average(score=[0.5], since=[9], until=[10], opens=0, deadline=10)
    assert (late.mean, late.coverage, late.truncated) == (0.5, 0.1, 0.05)


def test_the_opening_need_not_be_zero() -> None:
    half = time_average(score=[0.25, 0.75], since=[102, 104], until=[104, 108], opens=100, deadline=112)
    assert half == TimeAverage(0.25 / 3 + 0.5, 0.5, (0.25 / 3 + 0.5) / 2)


def test_what_stood_for_no_time_counts_for_nothing() -> None:
    moment = time_average(score=[np.inf, 0.5], since=[3, 3], until=[3, 5], opens=0, deadline=10)
    assert (moment.mean, moment.coverage) == (0.5, 0.2)
    nothing = time_average(score=[0.1], since=[3], until=[3], opens=0, deadline=10)
    assert nothing == TimeAverage(None, 0.0, 0.0, {"mean": "no statement stood for any time"})
    empty: list[float] = []
    assert time_average(score=empty, since=[], until=[], opens=0, deadline=10) == nothing


def test_an_infinite_score_that_stood_makes_the_average_infinite() -> None:
    result = time_average(score=[0.5, np.inf], since=[0, 1], until=[1, 2], opens=0, deadline=2)
    assert (result.mean, result.coverage, result.truncated) == (np.inf, 1.0, np.inf)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"score": [0.1, np.nan]}, r"score\[1\] is nan"),
        ({"score": [-np.inf, 0.1]}, r"score\[0\] is -inf"),
        ({"score": np.ma.masked_array([0.1, 0.2], mask=[False, True])}, r"score\[1\] is nan"),
        ({"score": [0.1]}, "since has shape"),
        ({"score": [[0.1, 0.2]]}, "one dimension"),
        ({"until": [2]}, "until has shape"),
        ({"since": [-1, 2]}, r"since\[0\] is -1: it must not come before the opening, 0"),
        ({"until": [2, 11]}, r"until\[1\] is 11: it must not come after the deadline, 10"),
        ({"since": [0, 5]}, r"until\[1\] is 4: it must not come before the statement"),
        ({"since": [0, 1]}, r"since\[1\] is 1: a statement of the same forecaster still stands then"),
        ({"since": [0, 0], "until": [4, 4]}, r"since\[1\] is 0"),
        ({"since": [2, 0], "until": [4, 3]}, r"since\[0\] is 2: a statement"),
        ({"deadline": 0}, "the deadline must come after the opening"),
    ],
)
def test_spans_that_cannot_be_are_refused(change: dict[str, object], message: str) -> None:
    given_ = {"score": [0.1, 0.2], "since": [0, 2], "until": [2, 4], "opens": 0, "deadline": 10}
    time_average(**given_)  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        time_average(**(given_ | change))  # type: ignore[arg-type]


def test_units_are_averaged_at_once() -> None:
    got = unit_scores(unit=[7, 3, 7, 5, 3], score=[0.5, 0.25, 0.0, np.inf, np.inf], weight=[0.25, 0.5, 0.5, 0.0, 0.0])
    assert got.unit.tolist() == [3, 7]
    assert got.weight.tolist() == [0.5, 0.75]
    assert got.truncated.tolist() == [0.125, 0.125]
    assert got.mean.tolist() == [0.25, 0.125 / 0.75]


def test_units_ask_for_weights_that_fit() -> None:
    with pytest.raises(ScoringError, match=r"weight\[1\] is -1.0: it must not be negative"):
        unit_scores(unit=[1, 1], score=[0.0, 0.0], weight=[1, -1])
    with pytest.raises(ScoringError, match=r"weight has shape \(1,\), score has shape \(2,\)"):
        unit_scores(unit=[1, 1], score=[0.0, 0.0], weight=[1])
    with pytest.raises(ScoringError, match="unit has shape"):
        unit_scores(unit=[1], score=[0.0, 0.0], weight=[1, 1])


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8),
)
def test_one_unit_and_many_agree(statements: list[tuple[float, int, int]]) -> None:
    score = [row[0] for row in statements]
    edges = np.cumsum([edge for row in statements for edge in row[1:]])
    since, until, life = edges[::2], edges[1::2], int(edges[-1]) + 3
    one = time_average(score=score, since=since, until=until, opens=0, deadline=life)
    many = unit_scores(unit=np.full(len(score), 4), score=score, weight=(until - since) / life)
    if one.mean is None:
        assert many.unit.size == 0
    else:
        assert many.mean[0] == pytest.approx(one.mean, abs=1e-12)
        assert many.weight[0] == pytest.approx(one.coverage, abs=1e-12)
        assert many.truncated[0] == pytest.approx(one.truncated, abs=1e-12)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_the_truncated_score_is_proper(early: float, late: float, first: float, later: float) -> None:
    """Whatever early and late chances are true, stating them is best over the scheduled life."""

    def loss(p_first: float, p_later: float) -> float:
        worlds = [
            (early, [(1 - p_first) ** 2], [0], [1]),
            ((1 - early) * late, [(1 - p_first) ** 2, (1 - p_later) ** 2], [0, 1], [1, 4]),
            ((1 - early) * (1 - late), [p_first**2, p_later**2], [0, 1], [1, 4]),
        ]
        return sum(c * time_average(score=s, since=a, until=b, opens=0, deadline=4).truncated for c, s, a, b in worlds)

    honest = early + (1 - early) * late
    assert loss(honest, late) <= loss(first, later) + 1e-12


def test_each_statement_is_held_against_the_one_before_it_of_its_own_unit() -> None:
    unit = np.array([2, 1, 2, 1, 1])
    since, until = [0, 0, 6, 3, 5], [6, 3, 9, 5, 9]
    start, end = spans(since=since, until=until, unit=unit, opens=0, deadline=9)
    assert (start.tolist(), end.tolist()) == (since, until)
    for row, earlier in ((2, 5), (3, 2), (4, 4)):
        wrong = [earlier if k == row else at for k, at in enumerate(since)]
        with pytest.raises(ScoringError, match=rf"^since\[{row}\] is {earlier}: a statement of the same forecaster"):
            spans(since=wrong, until=until, unit=unit, opens=0, deadline=9)
