"""The cards of kinds other than binary: options, ordered options, quantities; each from its own rule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ledger.domain.policies import Policy
from ledger.scoring.mean_score import MeanScore, mean_score
from ledger.scoring.rules_interval import coverage
from ledger.scoring.rules_numeric import weighted_interval_score
from ledger.services.cards import Card, Drawing, weighed
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import FIGURES, RULES, told
from ledger.services.statement_scores import option_scores, pinball_scores
from ledger.services.wording import counted

_FIGURES = (
    *("base_rate", "brier", "brier_interval", "brier_low", "brier_high", "log_score", "skill_score"),
    *("miscalibration", "discrimination", "uncertainty", "coverage"),
)


def option_card(rows: Rows, how: Drawing, *, ordered: bool) -> Card:
    """The card of ``choice`` (half the sum over options) or ``ordered`` (RPS over K - 1) questions."""
    scores, logs = (option_scores(rows, RULES[name], ordered=ordered) for name in ("brier", "log"))
    card = _other_card(rows, how, scores, "options differ from question to question")
    weighs = rows.weight > 0
    impossible = int(np.isinf(logs[weighs]).sum())
    card["log_score_infinite"] = impossible
    card["log_score"] = None if impossible or not weighs.any() else _mean(logs[weighs], rows.weight[weighs])
    if impossible:
        card["reasons"]["log_score"] = f"infinite: {counted(impossible, 'row')} gave no chance to what happened"
    if ordered:
        card["ranked_probability_score"] = card["brier"]
        card["reasons"]["brier"] = (
            "here the ranked probability score over K - 1; for two options that is the Brier score"
        )
    return card | {"score": _other_figures(rows, how, option_scores(rows, how.rule, ordered=ordered), card)}


def _other_figures(rows: Rows, how: Drawing, scores: NDArray[np.float64], card: Card) -> Card:
    """The value and interval of the rule; its components are of probabilities of one event."""
    made = mean_score(score=scores, parts=rows.weight, question=rows.question, resamples=how.resamples, seed=how.seed)
    interval = made.resampled.interval
    reasons = dict.fromkeys(FIGURES[2:], card["reasons"]["miscalibration"])
    if made.resampled.reason:
        reasons["interval"] = made.resampled.reason
    figures = {"value": made.mean, "interval": None if interval is None else list(interval)}
    return told(how.rule, figures, reasons)


def numeric_card(rows: Rows, how: Drawing) -> Card:
    """The card of numeric questions: weighted interval score, pinball, coverage of 50 and 90 % intervals."""
    weighted = np.full(len(rows), np.nan)
    covered: dict[str, list[float]] = {"50": [], "90": []}
    for at, pairs in enumerate(rows.vectors()):
        levels, values = np.array(pairs, dtype=np.float64).T
        if np.all(np.abs(levels + levels[::-1] - 1) < 1e-9):
            seen = rows.outcome[at : at + 1]
            weighted[at] = weighted_interval_score(forecast=values[None], outcome=seen, levels=levels)[0]
        for name, ends in (("50", (0.25, 0.75)), ("90", (0.05, 0.95))):
            places = [np.flatnonzero(np.abs(levels - end) < 1e-9) for end in ends]
            if all(len(place) for place in places):
                interval = values[[int(place[0]) for place in places]][None]
                covered[name].append(float(coverage(forecast=interval, outcome=rows.outcome[at : at + 1])[0]))
    card = _other_card(rows, how, pinball_scores(rows), "a quantity has no probability of its own")
    card |= {"pinball": card["brier"], "pinball_interval": card["brier_interval"]}
    card |= dict.fromkeys(("brier", "brier_interval", "brier_low", "brier_high"))
    paired = len(rows) > 0 and not np.isnan(weighted).any()
    card["weighted_interval_score"] = _mean(weighted, rows.weight) if paired else None
    if card["weighted_interval_score"] is None:
        card["reasons"]["weighted_interval_score"] = "some quantiles do not lie in pairs around one half"
    for name, hits in covered.items():
        card[f"interval_coverage_{name}"] = sum(hits) / len(hits) if hits else None
    why = dict.fromkeys(FIGURES, "a quantity has pinball and weighted interval scores, and none by this rule")
    return card | {"score": told(how.rule, {}, why)}


def _other_card(rows: Rows, how: Drawing, scores: NDArray[np.float64], why: str) -> Card:
    made: MeanScore = mean_score(
        score=scores, parts=rows.weight, question=rows.question, resamples=how.resamples, seed=how.seed
    )
    n = len(rows) if how.policy is Policy.ALL else rows.units
    reasons = {name: why for name in _FIGURES if name not in {"brier", "brier_interval", "coverage"}}
    card: Card = {"n": n, **dict.fromkeys(_FIGURES)}
    interval = made.resampled.interval
    card |= {"brier": made.mean, "brier_interval": None if interval is None else list(interval)}
    card["brier_low"] = card["brier_high"] = made.mean
    if made.resampled.reason:
        reasons["brier_interval"] = made.resampled.reason
    card |= weighed(rows, how.policy, made.mean, n, reasons)
    return card | {"reasons": reasons}


def _mean(scores: NDArray[np.float64], weight: NDArray[np.int64]) -> float | None:
    total = float(weight.sum())
    return float((scores * weight).sum() / total) if total else None
