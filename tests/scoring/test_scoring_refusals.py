"""Each refusal in full: the argument by its own name, the element, and what was asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from ledger.errors import ScoringError
from ledger.scoring import (
    _check,
    comparison,
    e_values,
    meanings,
    references,
    standing,
    why,
    words,
)
from ledger.scoring.diebold_mariano import diebold_mariano, lag_sum
from ledger.scoring.platforms import fatebook, forecastbench, good_judgment
from ledger.scoring.platforms import metaculus_baseline as baseline
from ledger.scoring.platforms import metaculus_boards as boards
from ledger.scoring.platforms import metaculus_peer as peer
from ledger.scoring.platforms import metaculus_time as over_time
from ledger.scoring.rules import brier_score
from ledger.scoring.time_average import time_average, unit_scores

Case = tuple[Callable[..., object], dict[str, Any], str]

STOOD = standing.Standing.read(question=[1], forecaster=[1], forecast=[0.5], since=[0], until=[1])
SPAN = {"since": [0], "until": [1]}
TERMS = {"forecast": [0], "outcome": [1], "thresholds": [0.5], "weight": [1.0]}
PAIRS = {"question_a": [1], "score_a": [0.5], "question_b": [1], "score_b": [0.5], "weight_a": [1.0], "weight_b": [1.0]}
FORTY = {"forecaster": [1], "forecast": [0.5], "made_at": [0]}
CHOICE = {"forecast": [[0.5, 0.5]], "outcome": [0], "present": [[True, True]]}

# Kinds: P probabilities, V numbers, N numbers of more dimensions, S scores, I whole numbers; then the name it goes by
# and, after a slash, the argument whose shape it must have.
CASES: list[tuple[Callable[..., object], dict[str, Any], dict[str, str]]] = [
    (time_average, {"score": [0.5], **SPAN, "opens": 0, "deadline": 1},
     {"score": "S score", "since": "I since/the forecasts", "until": "I until/the forecasts"}),
    (unit_scores, {"unit": [1], "score": [0.5], "weight": [1.0]},
     {"unit": "I unit/score", "score": "S score", "weight": "V weight/score"}),
    (why.why_this_score, {"score": [0.5], "weight": [1.0]}, {"score": "S score", "weight": "V weight/score"}),
    (references.skill_score, {"score": [0.5], "reference": [0.5], "weight": [1.0]},
     {"score": "S score", "reference": "S reference/score", "weight": "V weight/score"}),
    (references.base_rate, {"outcome": [1], "weight": [1.0]}, {"outcome": "P outcome", "weight": "V weight/outcome"}),
    (references.constant_skill, {"forecast": [0.5], "outcome": [1], "constant": 0.5, "rule": brier_score},
     {"outcome": "V outcome"}),
    (standing.Standing.read, {"question": [1], "forecaster": [1], "forecast": [0.5], **SPAN},
     {"question": "I question/forecast", "forecaster": "I forecaster/forecast", "forecast": "P forecast",
      "since": "I since/forecast", "until": "I until/forecast"}),
    (standing.crowd_at, {"standing": STOOD, "question": [1], "at": [0], "leave_out": [2]},
     {"question": "I question", "at": "I at/question", "leave_out": "I leave_out/question"}),
    (standing.crowd_over_time, {"standing": STOOD, "question": [1], **SPAN, "leave_out": [2]},
     {"question": "I question", "since": "I since/question", "until": "I until/question",
      "leave_out": "I leave_out/question"}),
    (comparison.pair_by_question, PAIRS,
     {"question_a": "I unit/score", "score_a": "S score", "weight_a": "V weight/score", "question_b": "I unit/score",
      "score_b": "S score", "weight_b": "V weight/score"}),
    (comparison.sign_test, {"difference": [0.5]}, {"difference": "V difference"}),
    (comparison.bootstrap_mean, {"difference": [0.5]}, {"difference": "V difference"}),
    (diebold_mariano, {"difference": [0.5, 1.0]}, {"difference": "V difference"}),
    (lag_sum, {"difference": [0.5], "lag": 0}, {"difference": "V difference"}),
    (e_values.compare_by_betting, {"forecast_a": [0.5], "forecast_b": [0.5], "outcome": [1], "rule": brier_score},
     {"forecast_a": "P forecast_a", "forecast_b": "P forecast_b/forecast_a", "outcome": "V outcome/forecast_a"}),
    (words.score_range, {"low": [0.2], "high": [0.5], "outcome": [1], "rule": brier_score},
     {"low": "P low", "high": "P high/low", "outcome": "P outcome/low"}),
    (words.partition_score, TERMS,
     {"forecast": "I forecast", "outcome": "P outcome/forecast", "thresholds": "V thresholds",
      "weight": "V weight/thresholds"}),
    (words.term_of, {"forecast": [0.5], "thresholds": [0.5]}, {"forecast": "P forecast", "thresholds": "V thresholds"}),
    (meanings.word_meanings, {"term": ["likely"], "outcome": [1], "low": [0.5], "high": [0.8]},
     {"outcome": "P outcome", "low": "P low", "high": "P high"}),
    (baseline.baseline_score, {"forecast": [0.5], "outcome": [1]},
     {"forecast": "P forecast", "outcome": "V outcome/forecast"}),
    (baseline.choice_baseline_score, CHOICE, {"forecast": "N forecast", "outcome": "I outcome/the rows of forecast"}),
    (baseline.continuous_baseline_score, {"forecast": [[0.2, 0.6, 0.2]], "outcome": [1], "open_bounds": 0},
     {"forecast": "N forecast", "outcome": "I outcome/the rows of forecast"}),
    (peer.geometric_mean, {"forecast": [[0.5]]}, {"forecast": "N forecast"}),
    (peer.peer_score, {"forecast": [0.5]}, {"forecast": "P forecast"}),
    (peer.relative_score, {"forecast": [0.5], "crowd": [0.5]}, {"forecast": "P forecast", "crowd": "P crowd/forecast"}),
    (over_time.baseline_over_time, {"forecaster": [1], "score": [0.5], **SPAN, "opens": 0, "closes": 1},
     {"forecaster": "I forecaster", "score": "V score/forecaster", "since": "I since/the forecasts"}),
    (over_time.peer_over_time, {"forecaster": [1], "forecast": [0.5], **SPAN, "opens": 0, "closes": 1},
     {"forecaster": "I forecaster", "forecast": "P forecast/forecaster", "until": "I until/the forecasts"}),
    (boards.global_peer, {"score": [0.5], "coverage": [1.0]}, {"score": "V score", "coverage": "V coverage/score"}),
    (boards.legacy_average, {"score": [0.5]}, {"score": "V score"}),
    (boards.tournament_take, {"score": [0.5]}, {"score": "V score"}),
    (boards.weighted_median, {"forecast": [0.5], "weight": [1.0]},
     {"forecast": "V forecast", "weight": "V weight/forecast"}),
    (good_judgment.daily_forecasts, {"made_at": [1], "day_ends": [2]},
     {"made_at": "I made_at", "day_ends": "I day_ends"}),
    (good_judgment.accuracy_scores, {"score": [[0.5]], "active": [[True]]}, {"score": "N score"}),
    (fatebook.fatebook_scores, {**FORTY, "outcome": 1, "opened": 0, "resolved": 1},
     {"forecaster": "I forecaster", "forecast": "P forecast/forecaster", "made_at": "I made_at/forecaster"}),
    (forecastbench.brier_index, {"score": [0.5]}, {"score": "N score"}),
    (forecastbench.mean_difference, {"score": [0.5], "reference": [0.5]},
     {"score": "V score", "reference": "V reference/score"}),
    (forecastbench.difficulty_adjusted, {"forecaster": [1], "question": [1], "score": [0.5], "anchor": 1},
     {"forecaster": "I forecaster/score", "question": "I question/score", "score": "V score"}),
]  # fmt: skip


def refused(check: Callable[..., object], name: str, values: Any) -> str:
    """Give what a check says of values under a name."""
    with pytest.raises(ScoringError, match=f"^{name}") as refusal:
        check(name, values)
    return str(refusal.value)


def wrongs() -> Iterator[Any]:
    """Make of each argument one that is no number, one out of range, and one that does not fit."""
    for call, valid, arguments in CASES:
        for argument, (kind, *described) in ((name, text.split(" ", 1)) for name, text in arguments.items()):
            name, _, other = described[0].partition("/")
            good = np.asarray(valid[argument])
            read = {"I": _check.integers, "N": _check.numbers}.get(kind, _check.vector)
            text = np.full(good.shape, "a")
            yield call, valid | {argument: text}, refused(read, name, text)
            if kind in "PVS":
                yield call, valid | {argument: good[None]}, refused(read, name, good[None])
            if kind == "P":
                yield call, valid | {argument: good + 1.5}, refused(_check.shares, name, good + 1.5)
            if other:
                message = f"{name} has shape (2,), {other} has shape (1,): they must be the same"
                yield call, valid | {argument: np.repeat(good, 2)}, message


def numbered() -> list[Any]:
    return [pytest.param(*case, id=f"{case[0].__name__}-{k}") for k, case in enumerate(wrongs())]


@pytest.mark.parametrize(("call", "arguments", "message"), numbered())
def test_the_argument_is_named(call: Callable[..., object], arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        call(**arguments)
    assert str(refusal.value) == message


@pytest.mark.parametrize(("call", "valid"), [case[:2] for case in CASES])
def test_what_is_right_is_taken(call: Callable[..., object], valid: dict[str, Any]) -> None:
    call(**valid)


MORE: list[Case] = [
    (time_average, {"score": [0.5], **SPAN, "opens": 1, "deadline": 1},
     "the deadline must come after the opening"),
    (time_average, {"score": [0.5], **SPAN, "opens": 1, "deadline": 2},
     "since[0] is 0: it must not come before the opening, 1"),
    (time_average, {"score": [0.5], "since": [3], "until": [2], "opens": 0, "deadline": 4},
     "until[0] is 2: it must not come before the statement"),
    (time_average, {"score": [0.5], "since": [0], "until": [3], "opens": 0, "deadline": 2},
     "until[0] is 3: it must not come after the deadline, 2"),
    (time_average, {"score": [0.5, 0.5], "since": [0, 0], "until": [1, 1], "opens": 0, "deadline": 2},
     "since[1] is 0: a statement of the same forecaster still stands then"),
    (time_average, {"score": [-np.inf], **SPAN, "opens": 0, "deadline": 2},
     "score[0] is -inf: it must be a finite number"),
    (unit_scores, {"unit": [1], "score": [0.5], "weight": [-1.0]},
     "weight[0] is -1.0: it must not be negative"),
    (why.why_this_score, {"score": [], "weight": []}, "a unit without a statement has no score to explain"),
    (standing.Standing.read, {"question": [1], "forecaster": [1], "forecast": [0.5], "since": [2], "until": [1]},
     "until[0] is 1: it ends before it begins"),
    (standing.crowd_over_time, {"standing": STOOD, "question": [1], "since": [2], "until": [1]},
     "until[0] is 1: it ends before it begins"),
    (standing.crowd_at, {"standing": STOOD, "question": [1], "at": [0], "by": "mode"},
     "the crowd is taken by median or mean, not by 'mode'"),
    (comparison.pair_by_question, PAIRS | {"score_a": [np.inf]},
     "score[0] is inf: an infinite score has no difference"),
    (comparison.bootstrap_mean, {"difference": [0.5], "resamples": 0},
     "resampling needs a confidence between 0 and 1 and at least one resample"),
    (diebold_mariano, {"difference": [0.5, 1.0], "h": 2},
     "h is 2: it must be at least 1 and below the number of differences, 2"),
    (diebold_mariano, {"difference": [0.5, 1.0], "method": "NW"},
     "method is HLN or HG, distribution t or normal, confidence between 0 and 1"),
    (e_values.compare_by_betting,
     {"forecast_a": [0.5], "forecast_b": [0.5], "outcome": [1], "rule": brier_score, "bet": 1},
     "bet is 1: it must be at least 0 and below 1"),
    (e_values.compare_by_betting, {"forecast_a": [0.5], "forecast_b": [0.5], "outcome": [0.5], "rule": brier_score},
     "outcome[0] is 0.5: it must be 0 or 1"),
    (e_values.compare_by_betting,
     {"forecast_a": [0.5], "forecast_b": [0.5], "outcome": [1], "rule": lambda **_: np.array([np.inf])},
     "score[0] is inf: betting needs finite scores; clip the forecasts first"),
    (words.score_range, {"low": [0.6], "high": [0.5], "outcome": [1], "rule": brier_score},
     "low[0] is 0.6: it must not lie above the high end"),
    (words.partition_score, TERMS | {"forecast": [2]}, "forecast[0] is 2: terms count from 0 to 1"),
    (words.partition_score, TERMS | {"weight": [0.0]}, "weight[0] is 0.0: it must be above 0"),
    (words.voronoi_weights, {"thresholds": [0.0]}, "thresholds[0] is 0.0: it must lie inside 0 to 1"),
    (words.voronoi_weights, {"thresholds": []}, "thresholds must rise, and there must be at least one"),
    (meanings.word_meanings, {"term": [], "outcome": [1], "low": [0.5], "high": [0.8]},
     "term, source, outcome, low and high must be of one length"),
    (meanings.word_meanings, {"term": ["a"], "outcome": [1], "low": [0.9], "high": [0.8]},
     "low[0] is 0.9: it must not lie above the high end"),
    (baseline.baseline_score, {"forecast": [0.5], "outcome": [2]}, "outcome[0] is 2.0: it must be 0 or 1"),
    (baseline.choice_baseline_score, CHOICE | {"forecast": [0.5]},
     "forecast must have a row a forecast and two or more options; present must be true or false"),
    (baseline.choice_baseline_score, CHOICE | {"forecast": [[0.5, 1.5]]},
     "forecast[0, 1] is 1.5: it must lie between 0 and 1"),
    (baseline.choice_baseline_score, CHOICE | {"present": [[True]]},
     "present has shape (1, 1), forecast has shape (1, 2): they must be the same"),
    (baseline.choice_baseline_score, CHOICE | {"outcome": [2]}, "outcome[0] is 2: there is no such option"),
    (baseline.choice_baseline_score, {"forecast": [[0.5, 0.2, 0.3]], "outcome": [0], "present": [[True, True, False]]},
     'present[0] is False: the last option, "Other", is always open'),
    (baseline.choice_baseline_score, CHOICE | {"present": [[False, True]]},
     "present[0] is 1: a baseline needs at least two open options"),
    (baseline.continuous_baseline_score, {"forecast": [[0.5, 0.5]], "outcome": [1], "open_bounds": 0},
     "forecast must have a row a forecast and three or more buckets; open_bounds is 0, 1 or 2"),
    (baseline.continuous_baseline_score, {"forecast": [[0.5, 0.5, 1.5]], "outcome": [1], "open_bounds": 0},
     "forecast[0, 2] is 1.5: it must lie between 0 and 1"),
    (baseline.continuous_baseline_score, {"forecast": [[0.5, 0.5, 0.0]], "outcome": [3], "open_bounds": 0},
     "outcome[0] is 3: there is no such bucket"),
    (peer.geometric_mean, {"forecast": [0.5]}, "forecast must have a row a forecaster, at least one"),
    (peer.geometric_mean, {"forecast": [[1.5]]}, "forecast[0, 0] is 1.5: it must lie between 0 and 1"),
    (peer.peer_score, {"forecast": [0.0]},
     "forecast[0] is 0.0: a probability of 0 for what happened has no peer score; clip it first"),
    (boards.recency_weights, {"count": 0}, "weights need at least one forecast"),
    (boards.weighted_median, {"forecast": [0.5], "weight": [0.0]}, "a weighted median needs some weight"),
    (good_judgment.daily_forecasts, {"made_at": [2, 1], "day_ends": [2]}, "made_at and day_ends must rise"),
    (good_judgment.accuracy_scores, {"score": [0.5], "active": [True]},
     "score must have a row a forecaster and a column a day; active must be true or false"),
    (good_judgment.accuracy_scores, {"score": [[0.5]], "active": [[True, True]]},
     "active has shape (1, 2), score has shape (1, 1): they must be the same"),
    (fatebook.fatebook_scores, {**FORTY, "outcome": 2, "opened": 0, "resolved": 1},
     "outcome must be 0 or 1, and the question resolved after it was opened"),
    (forecastbench.brier_index, {"score": [1.5]}, "score[0] is 1.5: it must lie between 0 and 1"),
    (forecastbench.difficulty_adjusted, {"forecaster": [1], "question": [1], "score": [0.5], "anchor": 2},
     "forecaster 2, the anchor that always says 50 %, has no rows"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "arguments", "message"), MORE)
def test_the_refusal_reads(call: Callable[..., object], arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        call(**arguments)
    assert str(refusal.value) == message
