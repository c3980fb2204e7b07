"""The rules that a score can be taken by, and the figures of one: value, interval, CORP's components, skill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.scoring.decomposition import Corp, corp
from ledger.scoring.resampling import resample
from ledger.scoring.rules import brier_score, log_score, spherical_score
from ledger.scoring.tally import Tally

Figures = dict[str, Any]
FIGURES = ("value", "interval", "miscalibration", "discrimination", "uncertainty", "skill_score")


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """A proper loss: ``factor`` times what ``function`` gives, element by element; ``scale`` says its range."""

    name: str
    title: str
    scale: str
    function: Callable[..., NDArray[np.float64]]
    factor: float = 1.0

    @property
    def quadratic(self) -> bool:
        """Whether it is the Brier score, in one form or the other."""
        return self.function is brier_score

    def __call__(self, **said: Any) -> NDArray[np.float64]:
        """Score ``forecast`` against ``outcome``."""
        return self.factor * self.function(**said)


RULES = {
    rule.name: rule
    for rule in (
        ScoringRule("brier", "Brier", "0 to 1", brier_score),
        ScoringRule("brier-original", "Brier, original form,", "0 to 2", brier_score, 2.0),
        ScoringRule("log", "log score", "nats, from 0", log_score),
        ScoringRule("spherical", "spherical score", "0 to 1", spherical_score),
    )
}


def rule_named(told: str) -> ScoringRule:
    """The rule called ``told``; raises ``InputError`` with the names there are."""
    if told not in RULES:
        hint = did_you_mean(told, RULES) or f"; there are {', '.join(RULES)}"
        raise InputError(f"--rule {told!r} is no rule{hint}")
    return RULES[told]


def rule_figures(rule: ScoringRule, tally: Tally, card: Mapping[str, Any], resamples: int, seed: int) -> Figures:
    """The figures of a tally under ``rule``; those of the Brier score are the card's own."""
    if rule.quadratic:
        return _of_card(rule, card)
    parts, drawn = corp(tally, rule=rule), resample(tally, rule=rule, resamples=resamples, seed=seed)
    reasons = {"value": parts.reasons["score"]} if "score" in parts.reasons else {}
    found: Figures = {"value": parts.score, "interval": None if drawn.interval is None else list(drawn.interval)}
    found |= {name: getattr(parts, name) for name in FIGURES[2:5]} | {"skill_score": _skill(parts)}
    if drawn.reason:
        reasons["interval"] = drawn.reason
    if card["skill_score"] is None:
        reasons["skill_score"] = card["reasons"].get("skill_score", "")
    return told(rule, found, reasons)


def told(rule: ScoringRule, figures: Figures, reasons: Mapping[str, str]) -> Figures:
    """The object for JSON: what is infinite is ``None`` with a reason, what is missing too."""
    infinite = {name for name, value in figures.items() if isinstance(value, float) and not isfinite(value)}
    why = dict.fromkeys(sorted(infinite), "infinite: what was given no chance happened")
    plain = {name: None if name in infinite else figures.get(name) for name in FIGURES}
    about = {"rule": rule.name, "scale": rule.scale}
    return {**about, **plain, "low": plain["value"], "high": plain["value"], "reasons": {**reasons, **why}}


def _skill(parts: Corp) -> float | None:
    if not parts.uncertainty or parts.score is None:
        return None
    return 1.0 - parts.score / parts.uncertainty


def _of_card(rule: ScoringRule, card: Mapping[str, Any]) -> Figures:
    names = {"value": "brier", "interval": "brier_interval", **{name: name for name in FIGURES[2:]}}
    reasons = {name: card["reasons"][its] for name, its in names.items() if its in card["reasons"]}
    found = {name: card.get(its) for name, its in names.items()}
    for name in FIGURES[:5]:
        value = found[name]
        if isinstance(value, list):
            found[name] = [rule.factor * end for end in value]
        elif value is not None:
            found[name] = rule.factor * value
    return told(rule, found, reasons)
