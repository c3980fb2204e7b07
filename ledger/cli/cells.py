"""Cells that several tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.cli.output import Paint, Part
from ledger.services.browse_views import REDACTED
from ledger.services.wording import deadline_words
from ledger.services.worth_words import worth_words

if TYPE_CHECKING:
    from ledger.services.browse_views import ForecastView, QuestionView

STATUS_STYLES = {"open": "cyan", "waiting": "dim", "due": "yellow", "resolved": "green", "void": "dim"}


def status_cell(question: QuestionView) -> Part:
    """The status in its colour, and what it settled to."""
    shown = question.status.value if question.outcome is None else f"{question.status.value}: {question.outcome}"
    return Paint(shown, STATUS_STYLES[question.status])


def deadline_cell(question: QuestionView, now: int) -> Part:
    """The deadline in words."""
    words = deadline_words(question.deadline, question.zone, question.status, now)
    return Paint(words, "yellow") if question.status == "due" else words


def title_cell(question: QuestionView) -> Part:
    """The title, or that it was redacted."""
    return Paint(REDACTED, "dim") if question.title is None else question.title


def forecast_cell(forecast: ForecastView | None) -> str:
    """The latest forecast."""
    if forecast is None:
        return "–"
    return worth_words(forecast.worth, short=True) + (" (withdrawn)" if forecast.withdrawn else "")
