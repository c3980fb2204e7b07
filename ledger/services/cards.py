"""The card of binary questions, from their tally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np

from ledger.domain.policies import Policy
from ledger.scoring.card_extras import EXTRAS
from ledger.scoring.points import PARTS
from ledger.scoring.words import score_range
from ledger.services.binning import Binning
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import RULES, ScoringRule, rule_figures
from ledger.services.wording import counted

Card = dict[str, Any]
FEW = 10
"""Below so many units the truncated score stands beside the mean."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How cards are drawn up; without ``extras`` what a table of groups does not show is left out."""

    policy: Policy
    rule: ScoringRule
    resamples: int
    seed: int
    bins: Binning
    extras: bool = True


def binary_card(rows: Rows, how: Drawing) -> Card:
    """The card of binary questions; ``n`` is units, or rows under ``all``."""
    tally = rows.tally()
    n = len(rows) if how.policy is Policy.ALL else rows.units
    apart = how.extras and len(rows) > 0 and how.policy in (Policy.TIME_AVERAGE, Policy.ALL)
    made = tally.card(
        resamples=how.resamples, seed=how.seed, units=n, extras=how.extras, bins=how.bins.bins, binned=how.bins.by,
        independent=rows.last().tally() if apart else None,
    )  # fmt: skip
    card: Card = made.as_dict() if how.extras else _without_extras(made.as_dict())
    reasons = {name: why for name, why in made.reasons.items() if name in card}
    card["brier_low"], card["brier_high"] = _hedged(rows, card["brier"], RULES["brier"])
    card |= weighed(rows, how.policy, card["brier"], n, reasons)
    if made.log_score == inf:
        reasons["log_score"] = f"infinite: {counted(made.log_score_infinite, 'row')} gave no chance to what happened"
    card |= {"reasons": reasons, "notes": _notes(made.notes, card)}
    figures = rule_figures(how.rule, tally, card, how.resamples, how.seed)
    figures["low"], figures["high"] = _hedged(rows, figures["value"], how.rule)
    return card | {"score": figures}


def _without_extras(card: Card) -> Card:
    return {name: value for name, value in card.items() if name not in EXTRAS}


def _notes(notes: Mapping[str, str], card: Card) -> dict[str, str]:
    """What a figure was computed on, where that is not what the card is of."""
    there = {name: note for name, note in notes.items() if card.get(name) is not None}
    return {name: f"{note}: the last statement of each unit" for name, note in there.items()}


def _hedged(rows: Rows, value: float | None, rule: ScoringRule) -> tuple[float | None, float | None]:
    """The least and the greatest score that the ranges allow; the score itself where nothing was hedged."""
    if value is None or (rows.low is rows.probability and rows.high is rows.probability):
        return value, value
    weighs = rows.weight > 0
    low, high, outcome, weight = (column[weighs] for column in (rows.low, rows.high, rows.outcome, rows.weight))
    ends = score_range(low=low, high=high, outcome=outcome, rule=rule)
    least, greatest = (float((weight / PARTS * end).sum() / (weight.sum(dtype=np.float64) / PARTS)) for end in ends)
    return min(least, value), max(greatest, value) if isfinite(greatest) else None


def weighed(rows: Rows, policy: Policy, mean: float | None, n: int, reasons: dict[str, str]) -> Card:
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
