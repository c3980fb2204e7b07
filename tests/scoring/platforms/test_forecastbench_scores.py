from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.platforms.forecastbench import brier_index, difficulty_adjusted, mean_difference
from ledger.scoring.platforms.predictionbook import PredictionBookScore, cleodora_score, predictionbook_score


def test_the_brier_index() -> None:
    """Interchange reference, 3.7: .25 gives 50, .09 gives 70."""
    assert brier_index(score=[0.25, 0.09, 0, 1]) == pytest.approx([50, 70, 100, 0], abs=1e-13)
    with pytest.raises(ScoringError, match=r"score\[0\] is 1.5"):
        brier_index(score=[1.5])


def test_their_skill_is_a_difference() -> None:
    assert mean_difference(score=[0.1, 0.3], reference=[0.25, 0.25]) == pytest.approx(0.05, abs=1e-15)
    assert mean_difference(score=[], reference=[]) is None
    with pytest.raises(ScoringError, match="reference has shape"):
        mean_difference(score=[0.1], reference=[0.25, 0.25])


def test_difficulty_is_taken_away() -> None:
    """Additive by construction: effects 0 (anchor), -.1 and +.05; questions .25, .3 and .1; not all asked of all."""
    effect, hard = {9: 0.0, 3: -0.1, 5: 0.05}, {20: 0.25, 10: 0.3, 30: 0.1}
    rows = [(9, 10), (9, 20), (9, 30), (3, 10), (3, 10), (5, 30), (5, 20)]
    score = [effect[who] + hard[asked] for who, asked in rows]
    got = difficulty_adjusted(
        forecaster=[who for who, _ in rows], question=[asked for _, asked in rows], score=score, anchor=9
    )
    assert got.forecaster.tolist() == [3, 5, 9]
    assert got.score == pytest.approx([0.15, 0.3, 0.25], abs=1e-12)
    assert got.question.tolist() == [10, 20, 30]
    assert got.difficulty == pytest.approx([0.05, 0.0, -0.15], abs=1e-12)
    assert got.reasons == {}


def test_without_a_common_question_nothing_can_be_adjusted() -> None:
    got = difficulty_adjusted(forecaster=[1, 1, 2], question=[1, 2, 3], score=[0.1, 0.2, 0.3], anchor=1)
    assert (got.score, got.difficulty) == (None, None)
    assert (got.forecaster.tolist(), got.question.tolist()) == ([1, 2], [1, 2, 3])
    assert got.reasons == dict.fromkeys(
        ("score", "difficulty"), "some forecasters share no question, even through others"
    )


def test_one_forecaster_is_the_anchor() -> None:
    got = difficulty_adjusted(forecaster=[1, 1], question=[4, 5], score=[0.25, 0.25], anchor=1)
    assert got.score == pytest.approx([0.25], abs=1e-15)
    assert got.difficulty == pytest.approx([0, 0], abs=1e-15)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"anchor": 2}, "forecaster 2, the anchor that always says 50 %, has no rows"),
        ({"forecaster": [1, 1]}, "forecaster has shape"),
        ({"question": [1, 1]}, "question has shape"),
    ],
)
def test_rows_that_do_not_fit_are_refused(change: dict[str, object], message: str) -> None:
    rows = {"forecaster": [1], "question": [1], "score": [0.25], "anchor": 1}
    difficulty_adjusted(**rows)  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        difficulty_adjusted(**(rows | change))  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), st.floats(0, 1)), max_size=25))
def test_it_solves_the_two_way_least_squares(rows: list[tuple[int, int, float]]) -> None:
    """Against the plain design matrix: what is left has mean 0 for every forecaster and every question."""
    rows = [*rows, *((0, asked, 0.25) for asked in range(6))]
    who, asked, score = (np.array(column) for column in zip(*rows, strict=True))
    got = difficulty_adjusted(forecaster=who, question=asked, score=score, anchor=0)
    assert got.score is not None and got.difficulty is not None
    rest = score - got.score[np.searchsorted(got.forecaster, who)] - got.difficulty[asked]
    for labels in (who, asked):
        assert all(abs(rest[labels == label].sum()) < 1e-9 for label in np.unique(labels))
    assert got.score[0] == 0.25


def test_predictionbook_counts_every_response() -> None:
    """Its own score calculator: .9 wrong, .7 right, .3 wrong gives .33 (interchange reference, 3.3)."""
    got = predictionbook_score(forecast=[0.9, 0.7, 0.3], outcome=[0, 1, 0])
    assert got == PredictionBookScore(pytest.approx(0.33, abs=1e-15), pytest.approx(3**-0.5, abs=1e-15))
    assert predictionbook_score(forecast=[], outcome=[]) is None


def test_cleodora_scores_each_estimate() -> None:
    """Interchange reference, 3.4: the sum of (100 correct - value) squared over 10000."""
    assert cleodora_score(forecast=[[0.7, 0.3], [0.2, 0.8]], outcome=[0, 0]) == pytest.approx([0.18, 1.28], abs=1e-15)
