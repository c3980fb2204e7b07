"""``--why``: the score of each unit of a question, split by statement."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.domain.filters import Filters
from ledger.domain.instants import format_instant
from ledger.domain.kinds import Kind, Status
from ledger.domain.policies import Policy
from ledger.domain.timing import PARTS
from ledger.errors import RefusedError
from ledger.scoring.why import Why, why_this_score
from ledger.services.opening import Book
from ledger.services.outcome_names import outcome_name
from ledger.services.score_rows import Rows, gather
from ledger.services.scoring_rules import ScoringRule
from ledger.services.statement_scores import statement_scores
from ledger.services.stating import the_question
from ledger.services.worth import worth
from ledger.storage.reading.questions import QuestionRow, options
from ledger.storage.reading.units import scored_rows

_BESIDE = ("entry", "since", "until")
Data = dict[str, Any]


def explain(book: Book, told: str, policy: Policy, rule: ScoringRule, forecasters: tuple[str, ...] = ()) -> Data:
    """Why each unit of the question that ``told`` names scored as it did, for JSON.

    Each statement has its weight, what it contributed and what saying it changed; beside the score stands what standing
    pat would have scored, and what the base rate of all scored binary questions would have. Raises ``NotFoundError``
    for a question that is not there, and ``RefusedError`` where there is no score to explain.
    """
    asked = the_question(book.driver, told)
    if asked.status(book.now) is not Status.RESOLVED:
        raise RefusedError(f"--why {asked.name}: it is {asked.status(book.now)}, so there is no score to explain yet")
    kind = Kind(asked.kind)
    timed = gather(
        scored_rows(
            book.driver, asked.kind, Policy.ALL, Filters(forecasters=forecasters), book.now, beside=_BESIDE, of=asked.id
        ),
        _BESIDE,
    )
    if not len(timed):
        raise RefusedError(f"--why {asked.name}: {_why_none(book, asked.id)}")
    weight = _weights(book, asked, policy, timed, forecasters)
    named = options(book.driver, asked.id)
    base = _base_rate(book, policy) if kind is Kind.BINARY else None
    scores = statement_scores(kind, timed, rule)
    reference = None if base is None else _base_score(base, timed, rule)
    units = [_unit(book, asked, named, timed.only(at), scores[at], weight[at], reference) for at in _unit_places(timed)]
    about = {"number": asked.id, "key": asked.key, "title": asked.title, "kind": asked.kind}
    outcome = outcome_name(asked.kind, asked.outcome, named)
    measure = {Kind.NUMERIC: "pinball"}.get(kind, rule.name)
    return {
        "policy": policy.value,
        "rule": measure,
        "question": about | {"outcome": outcome},
        "base_rate": base,
        "units": units,
    }


def _why_none(book: Book, number: int) -> str:
    if book.driver.one("SELECT 1 FROM forecast WHERE question_id = ? LIMIT 1", (number,)) is None:
        return "nobody has stated a forecast of it, so there is no score to explain"
    return "nobody's forecast of it was stated in time, so there is none to explain"


def _weights(
    book: Book, asked: QuestionRow, policy: Policy, timed: Rows, forecasters: tuple[str, ...]
) -> NDArray[np.float64]:
    """What each statement weighs in its unit under ``policy``."""
    if policy is Policy.ALL:
        return np.ones(len(timed))
    filters = Filters(forecasters=forecasters)
    rows = scored_rows(book.driver, asked.kind, policy, filters, book.now, beside=("entry",), of=asked.id)
    counted = gather(rows, ("entry",))
    weighs = dict(zip(counted.beside["entry"], (counted.weight / PARTS).tolist(), strict=True))
    return np.array([weighs.get(entry, 0.0) for entry in timed.beside["entry"]])


def _base_rate(book: Book, policy: Policy) -> float | None:
    rows = gather(scored_rows(book.driver, Kind.BINARY.value, policy, Filters(), book.now))
    total = float(rows.weight.sum(dtype=np.float64))
    return float((rows.weight * rows.outcome).sum() / total) if total else None


def _base_score(base: float, timed: Rows, rule: ScoringRule) -> float | None:
    score = float(rule(forecast=np.array([min(base, 1.0)]), outcome=timed.outcome[:1])[0])
    return score if isfinite(score) else None


def _unit_places(rows: Rows) -> list[NDArray[np.intp]]:
    """The places of each unit's statements, which follow one another."""
    new = np.flatnonzero(rows.forecaster[1:] != rows.forecaster[:-1]) + 1
    return np.split(np.arange(len(rows)), new)


def _unit(
    book: Book, asked: QuestionRow, named: list[str], rows: Rows, scores: Any, weight: Any, base: float | None
) -> Data:
    why = why_this_score(score=scores, weight=weight, base_rate=base)
    row = book.driver.one("SELECT name FROM forecaster WHERE id = ?", (int(rows.forecaster[0]),))
    plain = {name: _plain(getattr(why, name)) for name in ("score", "standing_pat", "base_rate")}
    reasons = dict(why.reasons)
    if reasons.get("base_rate") == "no base rate was given":
        reasons["base_rate"] = f"a base rate is of binary questions, and this one is {asked.kind}"
    for name in ("score", "standing_pat"):
        if (value := getattr(why, name)) is not None and not isfinite(value):
            reasons[name] = "infinite: what was given no chance happened"
    return {
        "forecaster": row[0] if row else None,
        **plain,
        "statements": _statements(asked, named, rows, scores, why),
        "reasons": reasons,
    }


def _statements(asked: QuestionRow, named: list[str], rows: Rows, scores: Any, why: Why) -> list[Data]:
    """Each statement with its part; the parts are ``None`` where nothing stood for any time."""
    told = []
    for at in range(len(rows)):
        part = why.statements[at] if why.statements else None
        said = worth(asked.kind, named, float(rows.probability[at]), rows.value[at]).as_data()
        times = {name: format_instant(rows.beside[name][at]) for name in ("since", "until")}
        figures = {name: _plain(getattr(part, name)) if part else None for name in ("weight", "contribution", "effect")}
        told.append({"entry": rows.beside["entry"][at], **times, **said, "score": _plain(float(scores[at])), **figures})
    return told


def _plain(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
