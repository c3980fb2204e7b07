"""``--compare``: two forecasters, paired by question, on the questions that both have."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.domain.text import quoted
from ledger.errors import InputError, NotFoundError, ScoringError
from ledger.scoring.comparison import Comparison, Paired, compare, pair_by_question
from ledger.scoring.e_values import CAVEAT, compare_by_betting
from ledger.scoring.points import PARTS
from ledger.services.actors import known_forecaster
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import ScoringRule
from ledger.storage.driver import Driver

Pair = tuple[str, str]


def read_pair(driver: Driver, told: Pair) -> tuple[int, int]:
    """The numbers of two forecasters; raises ``NotFoundError`` with near names, ``InputError`` for one and the same."""
    a, b = (known_forecaster(driver, name, "--compare") for name in told)
    if a == b:
        raise InputError(f"--compare {quoted(told[0])} {quoted(told[1])}: name two different forecasters")
    return a, b


def compare_pair(
    names: Pair, numbers: tuple[int, int], rows: Rows, rule: ScoringRule, resamples: int, seed: int
) -> dict[str, Any]:
    """Compare by question, for JSON; ``rows`` are all scored ones, with when each was ``settled``.

    Each forecaster's score on a question is the weighted mean of their statements on it; the e-values take the last
    one. Raises ``NotFoundError`` where the two have no scored question in common.
    """
    a, b = (rows.only(np.flatnonzero((rows.forecaster == number) & (rows.weight > 0))) for number in numbers)
    paired = _paired(a, b, rule)
    if not paired.question.size:
        counts = f"{quoted(names[0])} has {paired.only_a}, {quoted(names[1])} has {paired.only_b}"
        raise NotFoundError(f"--compare: the two have no scored binary question in common ({counts})")
    found = compare(paired, resamples=resamples, seed=seed)
    common = [side.only(np.flatnonzero(np.isin(side.question, paired.question))) for side in (a, b)]
    scores = {name: _mean_by_question(side, rule) for name, side in zip(("score_a", "score_b"), common, strict=True)}
    shown = _told(found)
    betting = _bets(names, common[0].last(), common[1].last(), rule)
    return {"a": names[0], "b": names[1], "rule": rule.name, **scores, **shown, "e_values": betting}


def _paired(a: Rows, b: Rows, rule: ScoringRule) -> Paired:
    sides = [
        (side.question, rule(forecast=side.probability, outcome=side.outcome), side.weight / PARTS) for side in (a, b)
    ]
    (question_a, score_a, weight_a), (question_b, score_b, weight_b) = sides
    if not all(np.isfinite(score).all() for _, score, _ in sides):
        raise ScoringError("--compare: a score is infinite, so there is no difference; take --rule brier or spherical")
    return pair_by_question(
        question_a=question_a, score_a=score_a, weight_a=weight_a,
        question_b=question_b, score_b=score_b, weight_b=weight_b,
    )  # fmt: skip


def _mean_by_question(side: Rows, rule: ScoringRule) -> float:
    """The mean over questions of a forecaster's mean score on each."""
    _, place = np.unique(side.question, return_inverse=True)
    score = rule(forecast=side.probability, outcome=side.outcome)
    weight = side.weight / PARTS
    return float((np.bincount(place, weight * score) / np.bincount(place, weight)).mean())


def _told(found: Comparison) -> dict[str, Any]:
    test, signs = found.diebold_mariano, found.signs
    names = ("questions", "only_a", "only_b", "difference", "confidence", "resamples", "seed")
    plain = {name: getattr(found, name) for name in names}
    statistics = {name: getattr(test, name) for name in ("n", "statistic", "p_value", "reasons")}
    method = "Harvey, Leybourne and Newbold's small-sample correction, Student's t"
    return plain | {
        "interval": None if found.interval is None else list(found.interval),
        "reasons": found.reasons,
        "diebold_mariano": statistics | {"method": method, "interval": _listed(test.interval)},
        "signs": asdict(signs),
    }


def _listed(pair: tuple[float, float] | None) -> list[float] | None:
    return None if pair is None else list(pair)


def _bets(names: Pair, a: Rows, b: Rows, rule: ScoringRule) -> dict[str, Any]:
    """Both bets on the last statements, in the order in which the outcomes were known; shares are left out."""
    order = np.lexsort((a.question, a.instants("settled")))
    order = order[np.isin(a.outcome[order], (0.0, 1.0))]
    first, second, seen = a.probability[order], b.probability[order], a.outcome[order]
    return {
        "questions": int(order.size),
        "against_a": _bet(f"{names[0]} is at least as good as {names[1]}", first, second, seen, rule),
        "against_b": _bet(f"{names[1]} is at least as good as {names[0]}", second, first, seen, rule),
        "caveat": CAVEAT,
    }


Floats = NDArray[np.float64]


def _bet(hypothesis: str, a: Floats, b: Floats, seen: Floats, rule: ScoringRule) -> dict[str, Any]:
    """The evidence against a hypothesis: 1 is none, 20 that of a test at 5 %."""
    found: dict[str, Any] = {"hypothesis": hypothesis, "mean": None, "product": None, "reason": None}
    try:
        told = compare_by_betting(forecast_a=a, forecast_b=b, outcome=seen, rule=rule)
    except ScoringError as problem:
        return found | {"reason": str(problem)}
    if told.mean is None:
        return found | {"reason": "no outcome is a plain yes or no"}
    return found | {"mean": told.mean, "product": float(told.running[-1])}
