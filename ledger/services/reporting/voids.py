"""What the score would be had void questions settled otherwise: at their best and at their worst for the forecasts.

A question that somebody annuls leaves the score, and whoever keeps the ledger decides that; so the score is told also
with each void question settled the one way or the other, all its forecasts with the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind, Status
from ledger.domain.policies import Policy
from ledger.reports.model import VoidRange
from ledger.scoring.points import PARTS
from ledger.services.opening import Book
from ledger.services.scoring_rules import RULES
from ledger.services.studying import Study
from ledger.storage.reading.history import resolutions
from ledger.storage.reading.listed import listed_units
from ledger.storage.reading.questions import questions
from ledger.storage.reading.statements import StatementRow, statements

BRIER = RULES["brier"]
Weighed = list[tuple[float, float]]
"""Probability and weight of each statement that would count."""
Void = tuple[int, Weighed]
"""The units of a void question, and their statements."""


def void_ranges(book: Book, study: Study) -> tuple[VoidRange, VoidRange]:
    """The ranges with the questions that somebody annulled, and with all void ones; of binary questions."""
    declared: list[Void] = []
    fallen: list[Void] = []
    for number, told in _voids(book, study.filters, study.policy):
        last = resolutions(book.driver, number)[-1:]
        (declared if last and last[0].kind == "void" else fallen).append(told)
    return _range(study, declared), _range(study, declared + fallen)


def _voids(book: Book, filters: Filters, policy: Policy) -> Iterator[tuple[int, Void]]:
    if filters.status and Status.VOID not in filters.status:
        return
    narrowed = replace(filters, status=(Status.VOID,))
    units: dict[int, set[str | None]] = {}
    for unit in listed_units(book.driver, narrowed, book.now):
        if unit.entry is not None:
            units.setdefault(unit.question_id, set()).add(unit.forecaster)
    for row in questions(book.driver, narrowed, book.now):
        if row.kind == Kind.BINARY and row.id in units:
            said = [one for one in statements(book.driver, row.id) if one.forecaster in units[row.id]]
            yield row.id, (len(units[row.id]), _counted(said, policy))


def _counted(said: list[StatementRow], policy: Policy) -> Weighed:
    """What ``policy`` counts of the on-time statements."""
    timely = [one for one in said if one.until is not None and one.probability is not None]
    if policy is Policy.TIME_AVERAGE:
        return [(one.probability or 0.0, one.weight / PARTS) for one in timely]
    by_forecaster: dict[str | None, StatementRow] = {}
    for one in timely if policy is Policy.LAST else reversed(timely):
        by_forecaster[one.forecaster] = one
    kept = timely if policy is Policy.ALL else by_forecaster.values()
    return [(one.probability or 0.0, 1.0) for one in kept]


def _range(study: Study, void: list[Void]) -> VoidRange:
    rows = study.binary
    weight = rows.weight / PARTS
    best = worst = float((weight * BRIER(forecast=rows.probability, outcome=rows.outcome)).sum())
    whole = float(weight.sum())
    for _, told in void:
        least, most = _ends(told)
        best, worst, whole = best + least, worst + most, whole + sum(heavy for _, heavy in told)
    mean = (best / whole, worst / whole) if whole else (None, None)
    return VoidRange(sum(units for units, _ in void), len(void), *mean)


def _ends(told: Weighed) -> tuple[float, float]:
    """The least and the greatest loss of a question's statements, which share one outcome."""
    said, heavy = (np.array([one[at] for one in told], dtype=np.float64) for at in (0, 1))
    ends = [float((heavy * BRIER(forecast=said, outcome=np.full(said.size, end))).sum()) for end in (0.0, 1.0)]
    return min(ends), max(ends)
