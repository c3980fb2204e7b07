"""Every question of a report with its units, read in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind, Status
from ledger.domain.timing import PARTS
from ledger.reports.model import Publication, Question, Unit
from ledger.services.browse_views import ForecastView, QuestionView, SourceView
from ledger.services.opening import Book
from ledger.services.reporting.scores_of_units import Scores, UnitScore
from ledger.services.viewing import Beside, forecast_view, source_view, view
from ledger.services.worth_words import condition_words, worth_words
from ledger.storage.reading import listed
from ledger.storage.reading.history import resolutions
from ledger.storage.reading.questions import QuestionRow, questions, tags
from ledger.storage.reading.sources import sources

NOTHING = UnitScore(None, 0.0)


def told_questions(book: Book, filters: Filters, scores: Scores) -> Iterator[Question]:
    """The questions that ``filters`` leave, by number, with the units that they leave."""
    beside = _beside(book, filters)
    publications: dict[int, Publication] = {}
    for row in questions(book.driver, filters, book.now):
        yield told_question(book, row, beside, scores.get(row.id, []), publications)


def told_question(
    book: Book, row: QuestionRow, beside: Beside, scores: Sequence[UnitScore],
    publications: dict[int, Publication],
) -> Question:  # fmt: skip
    """One question; its units come in the order of ``scores``, which only those that are scored have."""
    told = view(row, beside)
    return Question(
        number=told.number, key=told.key, title=told.title, kind=told.kind, status=told.status.value,
        opened_at=told.opened_at, deadline=told.deadline, zone=told.zone, tags=tuple(told.tags),
        source=_publication(told.source, publications), section=told.section,
        condition=None if told.condition is None else condition_words(told.condition),
        outcome=told.outcome if told.status is Status.RESOLVED else None, known_at=told.known_at,
        void_reason=told.void_reason, evidence=evidence_of(book, row),
        units=tuple(_units(row, told, beside, scores)),
    )  # fmt: skip


def _beside(book: Book, filters: Filters) -> Beside:
    driver = book.driver
    units: dict[int, list[listed.ListedUnit]] = {}
    for unit in listed.listed_units(driver, filters, book.now):
        units.setdefault(unit.question_id, []).append(unit)
    known = {number: source_view(row) for number, row in sources(driver).items()}
    return Beside(book.now, tags(driver), listed.all_options(driver), known, listed.needed(driver), units)


def _publication(source: SourceView | None, known: dict[int, Publication]) -> Publication | None:
    if source is None:
        return None
    if source.number not in known:
        told = (source.author, source.title, source.publisher, source.published)
        label = ", ".join(word for word in told if word) or source.label
        known[source.number] = Publication(label, source.url)
    return known[source.number]


def evidence_of(book: Book, row: QuestionRow) -> str | None:
    """What was given as evidence for the outcome or the void that counts."""
    if row.resolution is None:
        return None
    return next((one.evidence for one in resolutions(book.driver, row.id) if one.entry == row.resolution), None)


def _units(row: QuestionRow, told: QuestionView, beside: Beside, scores: Sequence[UnitScore]) -> Iterator[Unit]:
    named, known = beside.options.get(row.id, ()), iter(scores)
    for unit in beside.units.get(row.id, ()):
        scored = told.status is Status.RESOLVED and unit.entry is not None
        last = forecast_view(row, unit, named) if unit.entry is not None else None
        yield _unit(row.kind, unit, last, next(known, NOTHING) if scored else NOTHING)


def _unit(kind: str, unit: listed.ListedUnit, last: ForecastView | None, score: UnitScore) -> Unit:
    return Unit(
        forecaster=unit.forecaster, timing=unit.timing, statements=unit.statements, late=unit.late,
        made_at=unit.made_at, said=None if last is None else worth_words(last.worth, short=kind != Kind.BINARY),
        probability=unit.probability, low=unit.low, high=unit.high, scale=unit.scale, term=unit.term,
        value=unit.value, withdrawn=bool(unit.withdrawn), weight=unit.weight / PARTS, score=score.score,
        truncated=None if score.score is None else score.truncated,
    )  # fmt: skip
