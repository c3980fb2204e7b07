"""The score of each statement of a kind, element by element."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ledger.domain.kinds import Kind
from ledger.scoring.rules import brier_score, ranked_probability_score
from ledger.scoring.rules_numeric import pinball_score
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import ScoringRule

Floats = NDArray[np.float64]


def statement_scores(kind: Kind, rows: Rows, rule: ScoringRule) -> Floats:
    """Score each row under ``rule``.

    Options that are ordered take the ranked probability score in place of Brier's; quantiles have pinball, whatever
    the rule.
    """
    if kind is Kind.BINARY:
        return rule(forecast=rows.probability, outcome=rows.outcome)
    if kind is Kind.NUMERIC:
        return pinball_scores(rows)
    return option_scores(rows, rule, ordered=kind is Kind.ORDERED)


def option_scores(rows: Rows, rule: ScoringRule, *, ordered: bool) -> Floats:
    """Score option vectors: half the sum over options, or over K - 1 where they are ``ordered``."""
    scores = np.empty(len(rows))
    for at, vector in enumerate(rows.vectors()):
        said = np.array(vector, dtype=np.float64)
        happened = np.zeros((1, said.size))
        happened[0, int(rows.outcome[at])] = 1.0
        chosen = ranked_probability_score if ordered and rule.function is brier_score else rule.function
        scores[at] = rule.factor * chosen(forecast=said[None] / said.sum(), outcome=happened, categories=True)[0]
    return scores


def pinball_scores(rows: Rows) -> Floats:
    """The mean pinball score of each statement's quantiles."""
    scores = np.empty(len(rows))
    for at, pairs in enumerate(rows.vectors()):
        levels, values = np.array(pairs, dtype=np.float64).T
        scores[at] = pinball_score(forecast=values[None], outcome=rows.outcome[at : at + 1], level=levels).mean()
    return scores
