"""``--reference``: skill against the base rate, a constant, a forecaster or the crowd, over the same rows and time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ledger.domain.policies import Policy
from ledger.domain.probability import parse_probability
from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.scoring.points import PARTS
from ledger.scoring.references import Skill, constant_skill, skill_score
from ledger.scoring.standing import Center, ReferenceRows, Standing, crowd_at, crowd_over_time
from ledger.services.actors import known_forecaster
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import ScoringRule
from ledger.services.wording import percent
from ledger.storage.driver import Driver

BASE_RATE = "base-rate"
_CROWDS: dict[str, Center] = {"crowd-median": "median", "crowd-mean": "mean"}
_NAMED = "forecaster:"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a score is set against; ``what`` says it for people."""

    name: str
    what: str
    constant: float | None = None
    forecaster: int | None = None
    crowd: Center | None = None

    @property
    def stands(self) -> bool:
        """Whether it is made of statements that stood, so that times are needed."""
        return self.forecaster is not None or self.crowd is not None


def read_reference(driver: Driver, told: str) -> Reference:
    """Read ``base-rate``, a probability, ``forecaster:NAME``, ``crowd-median`` or ``crowd-mean``.

    Raises ``NotFoundError`` with the near names for a forecaster that is not there, else ``InputError``.
    """
    if told == BASE_RATE:
        return Reference(told, "always saying the base rate")
    if told in _CROWDS:
        what = f"the {_CROWDS[told]} of what all others said meanwhile"
        return Reference(told, what, crowd=_CROWDS[told])
    if told.startswith(_NAMED):
        name = told.removeprefix(_NAMED)
        number = known_forecaster(driver, name, "--reference")
        return Reference(told, f"what {name} said meanwhile", forecaster=number)
    if not any(sign.isdigit() for sign in told):
        hint = (
            did_you_mean(told, (BASE_RATE, *_CROWDS)) or f"; say 30%, {_NAMED}NAME, {BASE_RATE}, {', '.join(_CROWDS)}"
        )
        raise InputError(f"--reference {told!r} is no reference{hint}")
    constant = parse_probability(told)
    return Reference(told, f"always saying {percent(constant.value)}", constant=constant.value)


def skill_against(
    reference: Reference, rows: Rows, everybody: Rows | None, policy: Policy, rule: ScoringRule
) -> dict[str, Any]:
    """The skill of ``rows``, and both scores it is made of, for JSON.

    ``everybody`` are all statements that stood, with their times, where the reference is made of such. Rows of the
    reference itself, and rows where it said nothing meanwhile, cannot be compared and are counted as ``left_out``.
    """
    heavy = int(np.count_nonzero(rows.weight))
    if everybody is not None:
        found, compared = _standing_skill(reference, rows, everybody, policy, rule)
    else:
        said: dict[str, Any] = {"forecast": rows.probability, "outcome": rows.outcome, "weight": rows.weight / PARTS}
        found, compared = constant_skill(constant=reference.constant or 0.0, rule=rule, **said), heavy
    reasons = dict(found.reasons)
    if heavy and not compared:
        reasons = dict.fromkeys(reasons, "there is nothing that the reference said meanwhile")
    figures = {"skill": found.skill, "score": _finite(found.score), "reference_score": _finite(found.reference)}
    counted = {"rows": compared, "left_out": heavy - compared}
    return {"name": reference.name, "what": reference.what, **figures, **counted, "reasons": reasons}


def base_rate_told(reference: Reference, rows: Rows, figures: Mapping[str, Any]) -> dict[str, Any]:
    """The same against the own base rate, in sample: its score is the uncertainty that the ``figures`` have already."""
    names = {"skill": "skill_score", "score": "value", "reference_score": "uncertainty"}
    reasons = {name: figures["reasons"][its] for name, its in names.items() if its in figures["reasons"]}
    counted = {"rows": int(np.count_nonzero(rows.weight)), "left_out": 0}
    plain = {name: figures[its] for name, its in names.items()}
    return {"name": reference.name, "what": reference.what, **plain, **counted, "reasons": reasons}


def _standing_skill(
    reference: Reference, rows: Rows, everybody: Rows, policy: Policy, rule: ScoringRule
) -> tuple[Skill, int]:
    """The skill over the time that both stood, or at the moment of each statement, and how many rows that covers."""
    standing = Standing.read(
        question=everybody.question, forecaster=everybody.forecaster, forecast=everybody.probability,
        since=everybody.instants("since"), until=everybody.instants("until"),
    )  # fmt: skip
    if reference.forecaster is not None:
        rows = rows.only(np.flatnonzero(rows.forecaster != reference.forecaster))
        standing = standing.only(reference.forecaster)
    rows = rows.only(np.flatnonzero(rows.weight))
    met, share = _met(standing, rows, policy, reference.crowd or "median")
    happened = rows.outcome[met.row]
    found = skill_score(
        score=rule(forecast=rows.probability[met.row], outcome=happened),
        reference=rule(forecast=met.forecast, outcome=happened),
        weight=rows.weight[met.row] / PARTS * share,
    )
    return found, np.unique(met.row).size


def _met(standing: Standing, rows: Rows, policy: Policy, by: Center) -> tuple[ReferenceRows, Any]:
    """What the reference said to each row, and for which share of the row's time."""
    since, until = rows.instants("since"), rows.instants("until")
    asked: dict[str, Any] = {"question": rows.question, "by": by, "leave_out": rows.forecaster}
    if policy is Policy.TIME_AVERAGE:
        met = crowd_over_time(standing, since=since, until=until, **asked)
        return met, met.span / (until - since)[met.row]
    moment = np.maximum(since, until - 1) if policy is Policy.LAST else since
    met = crowd_at(standing, at=moment, **asked)
    return met, np.ones(met.row.size)


def _finite(value: float | None) -> float | None:
    return value if value is not None and np.isfinite(value) else None
