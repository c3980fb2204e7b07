"""A report of two forecasters against each other, on the questions that both have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.reports.model import Question, Report
from ledger.services.reporting.about import about
from ledger.services.reporting.asking import RESAMPLES, ReportRequest, Steps
from ledger.services.reporting.gathering import card_and_diagram, credibility, months, with_statements
from ledger.services.reporting.questions import told_questions
from ledger.services.reporting.scores_of_units import unit_scores
from ledger.services.reporting.titles import title_of
from ledger.services.rivals import compare_named
from ledger.services.score import policy_named
from ledger.services.studying import study

if TYPE_CHECKING:
    from ledger.services.opening import Book


def gather_comparison(book: Book, request: ReportRequest, steps: Steps) -> Report:
    """The paired comparison, and both records beside each other.

    Raises ``NotFoundError`` for a name that is not there or two without a question in common.
    """
    assert request.compare is not None
    policy = policy_named(request.policy)
    paired = compare_named(book, request.compare, policy, request.filters, RESAMPLES)
    steps.done()
    diagrams = []
    for name in request.compare:
        narrowed = replace(request.filters, forecasters=(name,))
        diagrams.append(card_and_diagram(study(book, policy, narrowed, steps.cancelled), name)[1])
        steps.done()
    both = replace(request.filters, forecasters=request.compare)
    told = study(book, policy, both, steps.cancelled)
    asked = tuple(one for one in told_questions(book, both, unit_scores(told)) if _common(one))
    steps.done()
    card, _ = card_and_diagram(told)
    found = Report(
        title=title_of(request), notes=request.notes,
        about=about(book, policy, both, asked, told.left_out, whole=False),
        card=card, kinds={}, diagrams=tuple(diagrams), trend=months(told), slices=(), words=None, best=(), worst=(),
        questions=asked, credibility=credibility(book, told, asked), comparison=paired,
    )  # fmt: skip
    return with_statements(book, found, request)


def _common(asked: Question) -> bool:
    return len({unit.forecaster for unit in asked.units}) == 2
