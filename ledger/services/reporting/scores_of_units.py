"""The score of each unit, from the scored rows that the cards are drawn of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.scoring.points import PARTS
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import RULES
from ledger.services.statement_scores import statement_scores
from ledger.services.studying import Study


class UnitScore(NamedTuple):
    """The mean score of a unit (``None`` where no statement has weight), and that times its weight."""

    score: float | None
    truncated: float


Scores = dict[int, list[UnitScore]]
"""By question, in the order of the forecasters' numbers."""


def unit_scores(study: Study) -> Scores:
    """The scores of all units by the half Brier score, or by the rule of their kind."""
    found: Scores = {}
    for kind, rows in ((Kind.BINARY, study.binary), *study.others.items()):
        if len(rows):
            _add(found, kind, rows, each_a_row=study.policy is Policy.ALL)
    return found


def _add(found: Scores, kind: Kind, rows: Rows, *, each_a_row: bool) -> None:
    """Add up the rows of each unit, which follow one another; ``each_a_row`` where each has the weight of a unit."""
    changes = (rows.question[1:] != rows.question[:-1]) | (rows.forecaster[1:] != rows.forecaster[:-1])
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    weight = rows.weight / PARTS
    lost = np.add.reduceat(weight * statement_scores(kind, rows, RULES["brier"]), starts)
    counted = np.add.reduceat(weight, starts)
    units = counted if each_a_row else np.ones(starts.size)
    columns = (rows.question[starts], lost, counted, units)
    for question, loss, heavy, whole in zip(*(column.tolist() for column in columns), strict=True):
        score = UnitScore(loss / heavy if heavy > 0 else None, loss / whole)
        found.setdefault(question, []).append(score)
