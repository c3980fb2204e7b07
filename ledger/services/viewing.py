"""From the rows of the book to views of questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.domain.kinds import State, Status, status_at
from ledger.services.browse_views import ConditionView, ForecastView, QuestionView, SourceView
from ledger.services.outcome_names import outcome_name
from ledger.services.void_reasons import void_words
from ledger.services.worth import latest_unit, worth
from ledger.storage.reading.listed import ListedUnit, NeededRow
from ledger.storage.reading.questions import QuestionRow
from ledger.storage.reading.sources import SourceRow


@dataclass(slots=True)
class Beside:
    """What is read once for all questions of a list, by number."""

    now: int
    tags: Mapping[int, Sequence[str]] = field(default_factory=dict)
    options: Mapping[int, Sequence[str]] = field(default_factory=dict)
    sources: Mapping[int, SourceView] = field(default_factory=dict)
    needed: Mapping[int, NeededRow] = field(default_factory=dict)
    units: Mapping[int, Sequence[ListedUnit]] = field(default_factory=dict)


def view(row: QuestionRow, beside: Beside) -> QuestionView:
    """A question with what stands beside it."""
    options = beside.options.get(row.id, ())
    units = beside.units.get(row.id, ())
    return QuestionView(
        number=row.id, key=row.key, title=row.title, kind=row.kind, status=row.status(beside.now),
        deadline=row.deadline, zone=row.zone, opened_at=row.opened_at, tags=beside.tags.get(row.id, ()),
        source=None if row.source_id is None else beside.sources.get(row.source_id),
        section=row.section, deadline_from=row.deadline_from, condition=condition_view(row, beside),
        outcome=outcome_name(row.kind, row.outcome, options), known_at=row.known_at,
        void_reason=void_words(row, row.void_reason, beside.needed, beside.options), forecasters=len(units),
        forecast=latest(row, units, options), redacted=bool(row.redacted),
    )  # fmt: skip


def condition_view(row: QuestionRow | NeededRow, beside: Beside) -> ConditionView | None:
    """What a question needs, if anything."""
    if row.condition_id is None or (parent := beside.needed.get(row.condition_id)) is None:
        return None
    wanted = outcome_name(parent.kind, row.condition_outcome, beside.options.get(parent.id, ())) or "?"
    return ConditionView(parent.key or f"#{parent.id}", parent.id, wanted, status_of(parent, beside.now))


def status_of(row: NeededRow, now: int) -> Status:
    """How a question stands that another one depends on."""
    return status_at(State(row.state), row.deadline, now)


def latest(row: QuestionRow, units: Iterable[ListedUnit], options: Sequence[str]) -> ForecastView | None:
    """The latest of the standing statements of a question's units; one that was withdrawn only if all were."""
    found = latest_unit(units)
    return None if found is None else forecast_view(row, found, options)


def forecast_view(row: QuestionRow, unit: ListedUnit, options: Sequence[str]) -> ForecastView:
    """The last on-time statement of a unit that has one."""
    assert unit.entry is not None and unit.made_at is not None
    said = worth(row.kind, options, unit.probability, unit.value, unit.low, unit.high)
    return ForecastView(
        unit.forecaster, unit.entry, unit.made_at, said, unit.scale, unit.term, unit.timing, bool(unit.withdrawn)
    )


def source_view(row: SourceRow) -> SourceView:
    """A publication."""
    return SourceView(row.id, row.author, row.title, row.publisher, row.published, row.url, row.archive)
