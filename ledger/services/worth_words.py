"""The value of a statement and the condition of a question, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.services.wording import percent, probability_words

if TYPE_CHECKING:
    from ledger.services.browse_views import ConditionView
    from ledger.services.worth import Worth


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
