"""What a figure shows, in words: for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.reports.model import Diagram, Statement, TrendMonth
from ledger.reports.words import count, day, percent, score

MOST = 12


def diagram_words(diagrams: Sequence[Diagram]) -> str:
    """The points of reliability diagrams."""
    return " ".join(_diagram(one) for one in diagrams)


def _diagram(diagram: Diagram) -> str:
    whose = f"{diagram.label}: " if diagram.label else ""
    if not diagram.points:
        return f"{whose}no question of yes or no is scored."
    said = [
        f"where {percent(one['mean_forecast'])} was said, {percent(one['frequency'])} happened (n {one['n']:,})"
        for one in diagram.points[:MOST]
    ]
    return (
        f"{whose}{count(len(diagram.points), 'bin')} of forecasts against how often they happened: {'; '.join(said)}."
    )


def trend_words(months: Sequence[TrendMonth]) -> str:
    """Where the score began, and where it stands."""
    first, last = months[0], months[-1]
    return (
        f"Brier score, 0 to 1, by month of the deadline from {first.month} to {last.month}. All together it stood at "
        f"{score(first.so_far)} after the first month and stands at {score(last.so_far)} after the last, over "
        f"{last.n_so_far:,} units."
    )


def history_words(statements: Sequence[Statement], outcome: str | None) -> str:
    """What was said when."""
    said = [f"{day(one.made_at)} {one.forecaster or 'redacted'}: {one.said}" for one in statements[:MOST]]
    more = f"; and {len(statements) - MOST:,} more" if len(statements) > MOST else ""
    ended = f" The outcome: {outcome}." if outcome else ""
    return f"Forecasts over time. {'; '.join(said)}{more}.{ended}"
