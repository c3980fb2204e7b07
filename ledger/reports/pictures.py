"""The figures of a report with their titles and what they show in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ledger.reports.diagram_words import diagram_words, history_words, trend_words
from ledger.reports.document import Picture
from ledger.reports.figures.history import draw_history
from ledger.reports.figures.reliability import draw_reliability
from ledger.reports.figures.trend import draw_trend
from ledger.reports.model import Diagram, Question, Statement, TrendMonth


def reliability_picture(diagrams: tuple[Diagram, ...]) -> Picture:
    """One record, or two in one diagram."""
    draw = partial(draw_reliability, diagrams)
    return Picture("reliability-figure", "Reliability diagram", diagram_words(diagrams), draw)


def trend_picture(months: Sequence[TrendMonth]) -> Picture:
    """The score over time."""
    return Picture("trend-figure", "Brier score over time", trend_words(months), partial(draw_trend, months))


def history_picture(asked: Question, statements: Sequence[Statement]) -> Picture:
    """The forecasts of one question over time."""
    draw = partial(draw_history, asked, statements)
    return Picture("history-figure", "Forecasts over time", history_words(statements, asked.outcome), draw)
