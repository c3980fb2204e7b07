"""The sheets of a workbook apart from the long tables: figures with their names, points, months, slices, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ledger.domain.instants import format_instant
from ledger.reports.model import Data, Report

Cell: TypeAlias = str | int | float | bool | datetime | None
FIGURES = {
    "n": "units scored", "base_rate": "how often it happened, weighted",
    "brier": "Brier score, half form, 0 to 1, lower is better",
    "brier_original": "Brier score, original form, 0 to 2, lower is better", "brier_low": "the least the hedges allow",
    "brier_high": "the greatest the hedges allow", "skill_score": "against the base rate, in sample; higher is better",
    "log_score": "nats, lower is better", "miscalibration": "CORP, lower is better",
    "discrimination": "CORP, higher is better", "uncertainty": "the base rate's own score",
    "coverage": "part of the scheduled life with a forecast", "auc": "area under the ROC curve, higher is better",
    "ece": "calibration error over ten bins, lower is better",
    "truncated_score": "weight times score, for fewer than ten units",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its heading, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def sheets_of(report: Report) -> Iterator[Sheet]:
    """The summary first."""
    yield Sheet("summary", ("figure", "value", "low", "high", "what it is"), tuple(_summary(report)))
    points = ("whose", "low", "high", "n", "said", "happened", "interval_low", "interval_high", "chance_low",
              "chance_high")  # fmt: skip
    yield Sheet("reliability", points, tuple(_points(report)))
    months = ("month", "n", "brier", "n_so_far", "brier_so_far")
    yield Sheet("trend", months, tuple((m.month, m.n, m.brier, m.n_so_far, m.so_far) for m in report.trend))
    yield Sheet("slices", ("by", "value", "n", "base_rate", "brier", "low", "high", "skill"), tuple(_slices(report)))
    terms = ("term", "scale", "source", "scale_low", "scale_high", "n", "happened", "frequency", "low", "high")
    yield Sheet("words", terms, tuple(_terms(report.words)))
    yield Sheet("calls", ("rank", "question", "title", "forecaster", "outcome", "truncated_score", "score", "evidence"),
                tuple(_calls(report)))  # fmt: skip
    yield Sheet("credibility", ("part", "number"), tuple(_credibility(report)))


def _summary(report: Report) -> Iterator[Sequence[Cell]]:
    about, card = report.about, report.card
    yield ("title", report.title)
    yield from (("note", note) for note in report.notes)
    yield ("policy", about.policy)
    yield ("journal entry", about.entry)
    yield ("journal head", about.head)
    if about.recorded_at is not None:
        yield ("recorded until", format_instant(about.recorded_at))
    yield from (("filter " + name, _told(value)) for name, value in about.filters.items())
    for name, what in FIGURES.items():
        if name in card:
            low, high = card["brier_interval"] or (None, None) if name == "brier" else (None, None)
            why = card["reasons"].get(name)
            yield (name, card[name], low, high, f"{what} ({why})" if why else what)
    for kind, other in report.kinds.items():
        name = "pinball" if kind == "numeric" else "brier"
        yield (f"{kind}: n", other["n"])
        yield (f"{kind}: score", other[name], *(other[f"{name}_interval"] or (None, None)), other["reasons"].get(name))


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _points(report: Report) -> Iterator[Sequence[Cell]]:
    for diagram in report.diagrams:
        for one in diagram.points:
            band = diagram.consistency.get(one["low"], (None, None))
            plain = (one[name] for name in ("low", "high", "n", "mean_forecast", "frequency"))
            yield (diagram.label, *plain, *(one["interval"] or (None, None)), *band)


def _slices(report: Report) -> Iterator[Sequence[Cell]]:
    for one in report.slices:
        for row in one.rows:
            yield (one.by, row.label, row.n, row.base_rate, row.brier, *(row.interval or (None, None)), row.skill)


def _terms(words: Data | None) -> Iterator[Sequence[Cell]]:
    for one in words["terms"] if words else ():
        names = ("term", "scale", "source", "low", "high", "n", "happened", "frequency")
        yield (*(one[name] for name in names), *one["interval"])


def _calls(report: Report) -> Iterator[Sequence[Cell]]:
    for name, calls in (("best", report.best), ("worst", report.worst)):
        for at, call in enumerate(calls, 1):
            asked, unit = call.question, call.unit
            about = (asked.number, asked.title, unit.forecaster, asked.outcome)
            yield (f"{name} {at}", *about, unit.truncated, unit.score, asked.evidence)


def _credibility(report: Report) -> Iterator[Sequence[Cell]]:
    told = report.credibility
    yield from told.counts.items()
    yield from ((f"class {name}", share) for name, share in told.classes.items())
    for name, void in (("declared void", told.annulled), ("all void", told.all_void)):
        yield (f"{name}: questions", void.questions)
        yield (f"{name}: score at best", void.best)
        yield (f"{name}: score at worst", void.worst)
    yield ("units left out by filters", report.about.left_out_units)
    yield from ((f"overdue #{one.number}", one.title) for one in told.overdue)
