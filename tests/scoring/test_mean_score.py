"""The weighted mean of any score, and its interval over questions."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from ledger.errors import ScoringError
from ledger.scoring import PARTS, Tally, brier_score
from ledger.scoring.mean_score import mean_score
from ledger.scoring.resampling import Resampled, percentiles, replicated_means


def test_it_is_the_tally_s_mean_and_interval_where_there_is_a_tally() -> None:
    stream = np.random.default_rng(7)
    forecast, outcome = stream.integers(0, 11, 300) / 10, stream.integers(0, 2, 300).astype(float)
    question, parts = stream.integers(0, 40, 300), stream.integers(1, PARTS, 300)
    score = brier_score(forecast=forecast, outcome=outcome)
    made = mean_score(score=score, parts=parts, question=question, resamples=200, seed=3)
    tally = Tally.of_parts(forecast=forecast, outcome=outcome, parts=parts, question=question)
    card = tally.card(resamples=200, seed=3, extras=False)
    assert made.mean == pytest.approx(card.brier, abs=1e-12)
    assert made.resampled.interval is not None
    assert card.brier_interval is not None
    assert made.resampled.interval[0] < made.mean < made.resampled.interval[1]
    assert made.resampled.interval == pytest.approx(card.brier_interval, abs=0.02)
    assert (made.resampled.by, made.resampled.units, made.resampled.resamples) == ("question", 40, 200)


def test_weights_count() -> None:
    made = mean_score(score=[0.0, 1.0], parts=[3 * PARTS, PARTS], question=[5, 9], resamples=50)
    assert made.mean == 0.25
    assert made.resampled.interval is not None
    assert made.resampled.units == 2


def test_the_same_seed_gives_the_same_interval() -> None:
    said = {"score": [0.1, 0.4, 0.2, 0.9], "parts": [PARTS] * 4, "question": [1, 2, 2, 3]}
    assert mean_score(**said, seed=2).resampled == mean_score(**said, seed=2).resampled  # type: ignore[arg-type]
    assert mean_score(**said, seed=2).resampled != mean_score(**said, seed=3).resampled  # type: ignore[arg-type]


def test_one_question_has_a_mean_and_no_interval() -> None:
    made = mean_score(score=[0.5, 0.7], parts=[PARTS, PARTS], question=[1, 1])
    assert made.mean == pytest.approx(0.6)
    assert made.resampled.interval is None
    assert made.resampled.reason == "resampling needs two questions or more, and there is 1"


def test_nothing_has_no_mean() -> None:
    made = mean_score(score=[], parts=[], question=[])
    assert made.mean is None
    assert made.resampled.reason == "resampling needs two questions or more, and there are 0"


def test_no_weight_has_no_mean() -> None:
    made = mean_score(score=[0.5, 0.7], parts=[0, 0], question=[1, 2])
    assert made.mean is None
    assert made.resampled.reason == "resampling needs two questions or more, and there are 0"


def test_an_infinite_score_has_no_interval() -> None:
    made = mean_score(score=[inf, 0.7], parts=[PARTS, PARTS], question=[1, 2])
    assert made.mean == inf
    assert made.resampled.reason == "the score is infinite"


def test_what_has_no_weight_is_nothing_even_where_its_score_is_infinite() -> None:
    made = mean_score(score=[inf, 0.7, 0.1], parts=[0, PARTS, PARTS], question=[1, 2, 3], resamples=50)
    assert made.mean == pytest.approx(0.4)
    assert made.resampled.interval is not None


def test_a_weight_that_is_no_number_is_refused() -> None:
    with pytest.raises(ScoringError, match="parts"):
        mean_score(score=[0.1, 0.2], parts=[1.0, nan], question=[1, 2])


def test_fewer_resamples_than_none_are_refused() -> None:
    with pytest.raises(ScoringError, match="resamples is -1"):
        mean_score(score=[0.1, 0.2], parts=[PARTS, PARTS], question=[1, 2], resamples=-1)


def test_what_has_no_interval_tells_how_it_was_asked_for() -> None:
    one = mean_score(score=[0.5, 0.7], parts=[PARTS, PARTS], question=[1, 1], resamples=7, seed=5)
    reason = "resampling needs two questions or more, and there is 1"
    assert one.resampled == Resampled(None, "question", 1, 7, 5, reason=reason)
    endless = mean_score(score=[0.5, inf], parts=[PARTS, PARTS], question=[1, 2], resamples=7, seed=5)
    assert endless.resampled == Resampled(None, "question", 2, 7, 5, reason="the score is infinite")
    none = mean_score(score=[0.5, 0.7], parts=[PARTS, PARTS], question=[1, 2], resamples=0, seed=5)
    assert none.resampled == Resampled(None, "question", 2, 0, 5, reason="no resamples were asked for")


def test_a_thousand_resamples_are_drawn_from_the_first_seed_unless_told() -> None:
    said = {"score": [0.1, 0.4, 0.2, 0.9], "parts": [PARTS] * 4, "question": [1, 2, 2, 3]}
    assert mean_score(**said) == mean_score(**said, resamples=1000, seed=1)  # type: ignore[arg-type]
    assert mean_score(**said).resampled.seed == 1  # type: ignore[arg-type]
    assert mean_score(**said, seed=4) == mean_score(**said, seed=4)  # type: ignore[arg-type]


def test_a_weight_that_is_no_number_is_named() -> None:
    with pytest.raises(ScoringError, match=r"^parts\[1\] is nan: it must be a finite number$"):
        mean_score(score=[0.5, 0.7], parts=[1.0, nan], question=[1, 2])


def test_the_seed_draws_the_questions() -> None:
    score = np.random.default_rng(3).random(40)
    made = mean_score(score=score, parts=[PARTS] * 40, question=np.arange(40), resamples=20, seed=4)
    sums, ones = np.stack([np.ones(40), score], axis=1), np.ones(40, dtype=np.int64)
    assert made.resampled.interval == percentiles(replicated_means(sums, ones, 20, 4), 0.95)
