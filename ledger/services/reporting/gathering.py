"""A report gathered from an open book: every figure as the services give it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status
from ledger.domain.policies import Policy
from ledger.reports.model import (
    Credibility,
    Data,
    Diagram,
    Overdue,
    Question,
    Report,
    Slice,
    SliceRow,
    TrendMonth,
)
from ledger.services.binning import read_bins
from ledger.services.reporting.about import about
from ledger.services.reporting.asking import RESAMPLES, SLICES, ReportRequest, Steps
from ledger.services.reporting.calls import best_and_worst
from ledger.services.reporting.questions import told_questions
from ledger.services.reporting.scores_of_units import unit_scores
from ledger.services.reporting.statements import MOST, all_statements
from ledger.services.reporting.titles import title_of
from ledger.services.reporting.voids import void_ranges
from ledger.services.score import policy_named
from ledger.services.studying import Study, study
from ledger.services.trending import trend

if TYPE_CHECKING:
    from ledger.services.opening import Book

BINS = read_bins(None)


def gather(book: Book, request: ReportRequest, steps: Steps) -> Report:
    """The report on the whole ledger, or on what the filters leave.

    Raises ``InputError`` for a policy that is none.
    """
    policy, filters = policy_named(request.policy), request.filters
    told = study(book, policy, filters, steps.cancelled)
    steps.done()
    asked = tuple(told_questions(book, filters, unit_scores(told)))
    steps.done()
    found = Report(
        title=title_of(request), notes=request.notes,
        about=about(book, policy, filters, asked, told.left_out, whole=not filters.narrows), card={}, kinds={},
        diagrams=(), trend=(), slices=(), words=None, best=(), worst=(), questions=asked,
        credibility=credibility(book, told, asked),
    )  # fmt: skip
    if request.table:
        return found
    return with_statements(book, _with_figures(book, found, told, steps), request)


def _with_figures(book: Book, found: Report, told: Study, steps: Steps) -> Report:
    """The same with all that is drawn up of the rows."""
    card, diagram = card_and_diagram(told)
    steps.done()
    slices = tuple(_slice(book, by, told.policy, told.filters, steps) for by in SLICES)
    best, worst = best_and_worst(book, found.questions)
    words = _words(book, told)
    steps.done()
    return replace(
        found, card=card, kinds=told.kinds(RESAMPLES), diagrams=(diagram,), trend=months(told), slices=slices,
        words=words, best=best, worst=worst,
    )  # fmt: skip


def with_statements(book: Book, found: Report, request: ReportRequest) -> Report:
    """The same with every statement, where that is asked for and they are not too many."""
    if not request.statements or found.credibility.counts["statements"] > MOST:
        return found
    return replace(found, statements=tuple(all_statements(book, found.questions)))


def card_and_diagram(told: Study, label: str | None = None) -> tuple[Data, Diagram]:
    """The card with its intervals, and the diagram that is drawn of it."""
    card = told.card(BINS, RESAMPLES)
    bars, why = told.consistency(BINS, RESAMPLES)
    return card, Diagram(tuple(card["reliability"] or ()), bars, why, told.dependent is not None, label)


def months(told: Study) -> tuple[TrendMonth, ...]:
    """The score by month."""
    return tuple(
        TrendMonth(one.month, one.n, one.brier, one.n_so_far, one.so_far)
        for one in trend(told.binary, told.deadlines, told.policy)
    )


def _slice(book: Book, by: str, policy: Policy, filters: Filters, steps: Steps) -> Slice:
    from ledger.services.slicing import read_slices

    found = read_slices(book, by, policy, filters, steps.cancelled).cards(RESAMPLES, steps.cancelled)
    steps.done()
    rows = (SliceRow(one.label, one.n, one.base_rate, one.brier, one.interval, one.skill) for one in found)
    return Slice(by, tuple(rows))


def _words(book: Book, told: Study) -> Data | None:
    from ledger.services.meanings import meanings
    from ledger.services.score_cards import last_rows

    last = last_rows(book, told.filters)
    return meanings(last, told.binary.tally()) if len(last) else None


def credibility(book: Book, told: Study, asked: tuple[Question, ...]) -> Credibility:
    """The counts, the voids at their best and worst, and what is overdue."""
    annulled, all_void = void_ranges(book, told)
    overdue = tuple(
        Overdue(one.number, one.name, one.title, one.deadline, one.zone) for one in asked if one.status == Status.DUE
    )
    return Credibility(told.counts._asdict(), told.classes, annulled, all_void, overdue)
