"""A report of one question: what was said of it, what came of it, and why it scored so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.errors import RefusedError
from ledger.reports.model import Credibility, Data, OneQuestion, Question, Report, VoidRange
from ledger.services.browse import card
from ledger.services.browse_card import Card
from ledger.services.reporting.about import about
from ledger.services.reporting.asking import ReportRequest, Steps
from ledger.services.reporting.questions import told_question
from ledger.services.reporting.scores_of_units import UnitScore
from ledger.services.reporting.statements import of_card
from ledger.services.reporting.titles import title_of
from ledger.services.score import explanation, policy_named
from ledger.services.viewing import Beside, source_view
from ledger.storage.reading import listed
from ledger.storage.reading.questions import options, question, tags
from ledger.storage.reading.sources import source

if TYPE_CHECKING:
    from ledger.services.opening import Book

NO_VOIDS = VoidRange(0, 0, None, None)


def gather_question(book: Book, request: ReportRequest, steps: Steps) -> Report:
    """Everything about one question; raises ``NotFoundError`` with the near ones."""
    assert request.question is not None
    policy = policy_named(request.policy)
    told = card(book, request.question)
    why, why_not = _why(book, f"#{told.question.number}", request.policy)
    asked = _question(book, told, why)
    steps.done()
    one = OneQuestion(
        criteria=told.criteria, statements=of_card(told),
        resolutions=tuple(each.as_data() for each in told.resolutions),
        edits=tuple(each.as_data() for each in told.edits),
        withdrawals=tuple((each.forecaster, each.at) for each in told.withdrawals), starts_at=told.starts_at,
        why=why, why_not=why_not,
    )  # fmt: skip
    counts = {"units": len(asked.units), "statements": len(one.statements)}
    return Report(
        title=title_of(request, asked.title or asked.name), notes=request.notes,
        about=about(book, policy, Filters(), [asked], 0, whole=True), card={}, kinds={}, diagrams=(), trend=(),
        slices=(), words=None, best=(), worst=(), questions=(asked,),
        credibility=Credibility(counts, {}, NO_VOIDS, NO_VOIDS, ()), one=one,
        statements=one.statements if request.statements else None,
    )  # fmt: skip


def _why(book: Book, name: str, policy: str) -> tuple[Data | None, str | None]:
    try:
        return explanation(book, name, policy, "brier"), None
    except RefusedError as problem:
        return None, str(problem).partition(": ")[2]


def _question(book: Book, told: Card, why: Data | None) -> Question:
    number, driver = told.question.number, book.driver
    row = question(driver, number)
    assert row is not None
    needed = listed.needed(driver) if row.condition_id is not None else {}
    named = {one: options(driver, one) for one in (number, *needed)}
    units = listed.units_of(driver, number)
    found = None if row.source_id is None else source(driver, row.source_id)
    known = {} if found is None else {found.id: source_view(found)}
    beside = Beside(book.now, tags(driver, question=number), named, known, needed, {number: units})
    weights = [unit.weight for unit in units if unit.entry is not None]
    return told_question(book, row, beside, _scores(why, weights), {})


def _scores(why: Data | None, weights: list[int]) -> list[UnitScore]:
    """The scores that the explanation gives, for the units in the same order."""
    from ledger.scoring.points import PARTS

    if why is None:
        return []
    time_average = why["policy"] == "time-average"
    return [
        UnitScore(unit["score"], (unit["score"] or 0.0) * (weight / PARTS if time_average else 1.0))
        for unit, weight in zip(why["units"], weights, strict=True)
    ]
