"""Comparing two forecasters by betting: e-values for score differences, after Henzi and Ziegel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ledger.scoring._scores import Rule

__all__ = ["CAVEAT", "EValues", "compare_by_betting"]

CAVEAT = (
    "The product may be watched as it grows only when each outcome is known before the next question is answered; "
    "otherwise read the mean, once, at a number of questions fixed beforehand."
)
"""What the corrigendum of Henzi and Ziegel (Biometrika 109:1181) leaves of the claim for lags above one."""


@dataclass(frozen=True, eq=False)
class EValues:
    """Evidence against "A is at least as good as B": 1 is none, 20 is that of a test at 5 %.

    ``each`` holds one e-value a question, ``running`` its products in the order given (the last is the evidence),
    ``mean`` is the average, an e-value too at a fixed number of questions. ``caveat`` says which may be read when.
    """

    each: NDArray[np.float64]
    running: NDArray[np.float64]
    mean: float | None
    bet: float
    caveat: str = CAVEAT


def compare_by_betting(
    *, forecast_a: ArrayLike, forecast_b: ArrayLike, outcome: ArrayLike, rule: Rule, bet: float = 0.5
) -> EValues:
    """Bet that B is better than A, question by question, one row for each, in the order of their outcomes.

    ``E = 1 + bet (S(a, y) - S(b, y)) / |S(a, 1{a > b}) - S(b, 1{a > b})|`` with ``bet`` in [0, 1), and 1 where the
    two agree (Henzi and Ziegel 2022, Biometrika 109:647). ``rule`` is a proper loss; outcomes are 0 or 1. Raises
    ``ScoringError`` where the two differ and a score is infinite. Several rows on one question would count its
    outcome twice.
    """
    if not 0 <= bet < 1:
        raise ScoringError(f"bet is {bet}: it must be at least 0 and below 1")
    a = probabilities("forecast_a", forecast_a)
    b = probabilities("forecast_b", forecast_b)
    y = _check.vector("outcome", outcome)
    _check.same_shape("forecast_b", b, "forecast_a", a.shape)
    _check.same_shape("outcome", y, "forecast_a", a.shape)
    _check.first_bad("outcome", y, (y == 0) | (y == 1), "it must be 0 or 1")
    each = _edge(a, b, y, rule) * bet + 1.0
    mean = float(each.mean()) if each.size else None
    return EValues(each, each.cumprod(), mean, bet)


def _edge(a: NDArray[np.float64], b: NDArray[np.float64], y: NDArray[np.float64], rule: Rule) -> NDArray[np.float64]:
    """What B's score is better by, as a share of the most that it could be worse by: at least -1."""
    a, b = (np.where(a == b, 0.5, said) for said in (a, b))  # nothing is bet where they agree, however surely
    lead = np.where(a > b, 1.0, 0.0)
    losses = [rule(forecast=said, outcome=seen) for seen in (y, lead) for said in (a, b)]
    for loss in losses:
        _check.first_bad("score", loss, np.isfinite(loss), "betting needs finite scores; clip the forecasts first")
    won, most = losses[0] - losses[1], np.abs(losses[2] - losses[3])
    return won / np.where(most > 0, most, 1.0)
