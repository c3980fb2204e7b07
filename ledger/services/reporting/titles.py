"""What a report is called: a filtered one says so in its title."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.domain.filters import Filters
from ledger.domain.instants import format_instant
from ledger.services.reporting.asking import ReportRequest

TITLE = "Forecast accuracy report"


def title_of(request: ReportRequest, question: str | None = None) -> str:
    """The title; ``question`` is what a report of one question is about."""
    title = request.title or TITLE
    if question is not None:
        return f"One question: {question}"
    if request.compare is not None:
        title = f"{request.compare[0]} against {request.compare[1]}"
    told = filter_words(request.filters)
    return f"{title} – filtered: {told}" if told else title


def filter_words(filters: Filters) -> str:
    """The filters in one line: ``tag europe or asia, deadlines from 2025-01-01``; empty where there are none."""
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("status", [one.value for one in filters.status]), ("tag", filters.tags),
        ("forecaster", filters.forecasters), ("source", filters.sources),
        ("class", [one.value for one in filters.classes]),
    )  # fmt: skip
    said = [f"{name} {' or '.join(values)}" for name, values in lists if values]
    ends = (("from", filters.since), ("to", filters.until))
    said += [f"deadlines {way} {format_instant(at)}" for way, at in ends if at is not None]
    return ", ".join(said + ([f"search “{filters.search}”"] if filters.search else []))
