"""Cells that several tables share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.cli.output import Paint, Part
from ledger.services.browse_views import REDACTED
from ledger.services.wording import deadline_words, percent, probability_words

if TYPE_CHECKING:
    from ledger.services.browse_views import ConditionView, ForecastView, QuestionView, Worth

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


def worth_words(worth: Worth, *, short: bool = False) -> str:
    """A statement's value: a probability with its range, options, or quantiles; ``short`` keeps what matters most."""
    if worth.options:
        return _options(worth.options, short=short)
    if worth.quantiles:
        return _quantiles(worth.quantiles, short=short)
    return "–" if worth.probability is None else probability_words(worth.probability, worth.low, worth.high)


def _options(options: Sequence[tuple[str, str]], *, short: bool) -> str:
    if short:
        name, value = max(options, key=lambda one: float(one[1]))
        return f"{name} {percent(float(value))}"
    return ", ".join(f"{name} {percent(float(value))}" for name, value in options)


def _quantiles(quantiles: Sequence[tuple[str, str]], *, short: bool) -> str:
    if not short:
        return ", ".join(f"{percent(float(level))}: {value}" for level, value in quantiles)
    middle = min(quantiles, key=lambda one: abs(float(one[0]) - 0.5))[1]
    return f"{middle} ({quantiles[0][1]}–{quantiles[-1][1]})" if len(quantiles) > 1 else middle


def condition_words(condition: ConditionView) -> str:
    """What a question needs: ``#3 nato-russia-war = yes (due)``."""
    number = f"#{condition.number}"
    name = number if condition.name == number else f"{number} {condition.name}"
    return f"{name} = {condition.outcome} ({condition.status})"
