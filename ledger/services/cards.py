"""The cards that a score shows: of binary questions from the tally, of each other kind from its own rule."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np

from ledger.domain.policies import Policy
from ledger.scoring.mean_score import MeanScore, mean_score
from ledger.scoring.points import PARTS
from ledger.scoring.rules import brier_score, log_score, ranked_probability_score
from ledger.scoring.rules_interval import coverage
from ledger.scoring.rules_numeric import pinball_score, weighted_interval_score
from ledger.scoring.tally import Tally
from ledger.scoring.words import score_range
from ledger.services.score_rows import Rows

Card = dict[str, Any]
FEW = 10
"""Below so many units the truncated score stands beside the mean."""

_FIGURES = (
    *("base_rate", "brier", "brier_interval", "brier_low", "brier_high", "log_score", "skill_score"),
    *("miscalibration", "discrimination", "uncertainty", "coverage"),
)


def binary_card(rows: Rows, policy: Policy, resamples: int, seed: int, *, extras: bool = True) -> Card:
    """The card of binary questions; ``n`` is units, or rows under ``all``."""
    tally = Tally.of_parts(forecast=rows.probability, outcome=rows.outcome, parts=rows.weight, question=rows.question)
    n = len(rows) if policy is Policy.ALL else rows.units
    made = tally.card(resamples=resamples, seed=seed, units=n, extras=extras)
    card: Card = made.as_dict()
    reasons = dict(made.reasons)
    card["brier_low"], card["brier_high"] = _hedged(rows, card["brier"])
    card |= _weighed(rows, policy, card["brier"], n, reasons)
    if made.log_score == inf:
        reasons["log_score"] = f"infinite: {made.log_score_infinite} rows gave no chance to what happened"
    return card | {"reasons": reasons}


def _hedged(rows: Rows, brier: float | None) -> tuple[float | None, float | None]:
    """The least and the greatest score that the ranges allow; the score itself where nothing was hedged."""
    if brier is None or (rows.low is rows.probability and rows.high is rows.probability):
        return brier, brier
    ends = score_range(low=rows.low, high=rows.high, outcome=rows.outcome, rule=brier_score)
    weight = rows.weight / PARTS
    least, greatest = (float((weight * end).sum() / weight.sum()) for end in ends)
    return min(least, brier), max(greatest, brier)


def _weighed(rows: Rows, policy: Policy, mean: float | None, n: int, reasons: dict[str, str]) -> Card:
    """Coverage, and for a few units the truncated score: weight times score, over units."""
    if policy is not Policy.TIME_AVERAGE:
        reasons["coverage"] = "only the time-average policy weighs by time"
        return {"coverage": None}
    if not n:
        reasons["coverage"] = "there are no scored forecasts"
    shown: Card = {"coverage": rows.coverage}
    if 0 < n < FEW and mean is not None:
        shown["truncated_score"] = mean * float(rows.weight.sum(dtype=np.float64)) / PARTS / n
    return shown


def option_card(rows: Rows, policy: Policy, ordered: bool, resamples: int, seed: int) -> Card:
    """The card of ``choice`` (half the sum over options) or ``ordered`` (RPS over K - 1) questions."""
    scores, logs = np.empty(len(rows)), np.empty(len(rows))
    vectors = [np.array(vector, dtype=np.float64) for vector in rows.vectors()]
    for at, vector in enumerate(vectors):
        happened = np.zeros((1, len(vector)))
        happened[0, int(rows.outcome[at])] = 1.0
        said = {"forecast": vector[None] / vector.sum(), "outcome": happened, "categories": True}
        rule = ranked_probability_score if ordered else brier_score
        scores[at] = rule(**said)[0]
        logs[at] = log_score(**said)[0]
    card = _other_card(rows, policy, scores, resamples, seed, "options differ from question to question")
    counted = rows.weight > 0
    impossible = int(np.isinf(logs[counted]).sum())
    card["log_score_infinite"] = impossible
    card["log_score"] = None if impossible or not counted.any() else _mean(logs[counted], rows.weight[counted])
    if impossible:
        card["reasons"]["log_score"] = f"infinite: {impossible} rows gave no chance to what happened"
    if ordered:
        card["ranked_probability_score"] = card["brier"]
        card["reasons"]["brier"] = (
            "here the ranked probability score over K - 1; for two options that is the Brier score"
        )
    return card


def numeric_card(rows: Rows, policy: Policy, resamples: int, seed: int) -> Card:
    """The card of numeric questions: weighted interval score, pinball, coverage of 50 and 90 % intervals."""
    pinball, weighted = np.empty(len(rows)), np.full(len(rows), np.nan)
    covered: dict[str, list[float]] = {"50": [], "90": []}
    for at, pairs in enumerate(rows.vectors()):
        levels, values = np.array(pairs, dtype=np.float64).T
        said = {"forecast": values[None], "outcome": rows.outcome[at : at + 1]}
        pinball[at] = pinball_score(**said, level=levels).mean()
        if np.all(np.abs(levels + levels[::-1] - 1) < 1e-9):
            weighted[at] = weighted_interval_score(**said, levels=levels)[0]
        for name, ends in (("50", (0.25, 0.75)), ("90", (0.05, 0.95))):
            places = [np.flatnonzero(np.abs(levels - end) < 1e-9) for end in ends]
            if all(len(place) for place in places):
                interval = values[[int(place[0]) for place in places]][None]
                covered[name].append(float(coverage(forecast=interval, outcome=rows.outcome[at : at + 1])[0]))
    card = _other_card(rows, policy, pinball, resamples, seed, "a quantity has no probability of its own")
    card |= {"pinball": card["brier"], "pinball_interval": card["brier_interval"]}
    card |= dict.fromkeys(("brier", "brier_interval", "brier_low", "brier_high"))
    paired = len(rows) > 0 and not np.isnan(weighted).any()
    card["weighted_interval_score"] = _mean(weighted, rows.weight) if paired else None
    if card["weighted_interval_score"] is None:
        card["reasons"]["weighted_interval_score"] = "some quantiles do not lie in pairs around one half"
    for name, hits in covered.items():
        card[f"interval_coverage_{name}"] = sum(hits) / len(hits) if hits else None
    return card


def _other_card(rows: Rows, policy: Policy, scores: Any, resamples: int, seed: int, why: str) -> Card:
    made: MeanScore = mean_score(
        score=scores, parts=rows.weight, question=rows.question, resamples=resamples, seed=seed
    )
    n = len(rows) if policy is Policy.ALL else rows.units
    reasons = {name: why for name in _FIGURES if name not in {"brier", "brier_interval", "coverage"}}
    card: Card = {"n": n, **dict.fromkeys(_FIGURES)}
    interval = made.resampled.interval
    card |= {"brier": made.mean, "brier_interval": None if interval is None else list(interval)}
    card["brier_low"] = card["brier_high"] = made.mean
    if made.resampled.reason:
        reasons["brier_interval"] = made.resampled.reason
    card |= _weighed(rows, policy, made.mean, n, reasons)
    return card | {"reasons": reasons}


def _mean(scores: Any, weight: Any) -> float | None:
    total = float(weight.sum())
    return float((scores * weight).sum() / total) if total else None
