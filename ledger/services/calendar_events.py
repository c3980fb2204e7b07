"""What stands in a calendar of a ledger: deadlines, days to look again, ends of puttings off, the weekly review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant
from ledger.domain.kinds import Status
from ledger.domain.moments import describe
from ledger.domain.review_rules import Rules, next_weekly
from ledger.errors import InputError
from ledger.formats.calendar_file import CalendarEvent
from ledger.services.browse import listing
from ledger.services.browse_views import REDACTED, QuestionView
from ledger.services.opening import Book
from ledger.services.review_facts import read_weekly
from ledger.services.worth_words import worth_words
from ledger.storage.reading import calendar as reads
from ledger.storage.reading.entries import head_after

EventStatus: TypeAlias = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
SETTLED = (Status.RESOLVED, Status.VOID)


def calendar_events(book: Book, filters: Filters) -> Iterator[CalendarEvent]:
    """The events of the questions that ``filters`` leave, by number; where they leave all, then the weekly review."""
    ledger = head_after(book.journal, 1)
    if not isinstance(ledger, bytes):
        return
    made = _Making(book, ledger.hex()[:32])
    for question in listing(book, filters).questions:
        yield from made.of_question(question)
    if not filters.narrows:
        yield from made.weekly_review()


@dataclass(frozen=True, slots=True)
class _About:
    """What all events of one question share."""

    question: QuestionView
    changed: reads.Changed
    modified: Instant
    status: EventStatus
    description: str


class _Making:
    """Makes the events of one book."""

    def __init__(self, book: Book, ledger: str) -> None:
        driver = book.driver
        self._driver, self._ledger = driver, ledger
        self._changes = reads.changes(book.journal, driver, book.last_entry)
        self._stated, self._hedges, self._criteria = (
            reads.last_stated(driver), reads.hedges(driver), reads.criteria(driver),
        )  # fmt: skip
        self._days, self._snoozes = reads.days_set(driver), reads.snoozes_set(driver)

    def of_question(self, question: QuestionView) -> Iterator[CalendarEvent]:
        """Its deadline, its days to look again, and the end of its last putting off."""
        about = self._about(question)
        start, changed = (question.deadline, question.zone), about.changed
        yield self._event(about, "deadline", "Closes", start, (changed.created, about.modified), changed.times)
        days = self._days.get(question.number, [])
        taken = {one.takes_back: one.recorded_at for one in days}
        for one in days:
            if one.at is not None:
                yield self._day(about, one, taken.get(one.entry))
        if snoozes := self._snoozes.get(question.number):
            yield self._snoozed(about, snoozes)

    def weekly_review(self) -> Iterator[CalendarEvent]:
        """The weekly review, cancelled where there was one and is none."""
        rows = reads.weekly_set(self._driver)
        there = [row for row in rows if row.weekly is not None]
        if not there:
            return
        shown = there[-1]
        weekly = read_weekly(shown.weekly or "")
        start = next_weekly(Rules(weekly=weekly, zone=shown.zone), shown.recorded_at)
        if start is not None:
            yield CalendarEvent(
                f"weekly-review@{self._ledger}", len(rows) - 1, there[0].recorded_at, rows[-1].recorded_at, start,
                shown.zone, "Weekly review of forecasts", "What settled, what is due, what closes next, what is stale.",
                "CANCELLED" if shown is not rows[-1] else "CONFIRMED", weekly=weekly.at,
            )  # fmt: skip

    def _about(self, question: QuestionView) -> _About:
        number, changed = question.number, self._changes[question.number]
        status: EventStatus = "TENTATIVE" if question.status is Status.WAITING else "CONFIRMED"
        hedge = None if question.forecast is None else self._hedges.get(question.forecast.entry)
        return _About(
            question, changed, max(changed.last, self._stated.get(number, changed.last)),
            "CANCELLED" if question.status in SETTLED else status,
            "\n".join(_lines(question, hedge, self._criteria.get(number))),
        )  # fmt: skip

    def _day(self, about: _About, day: reads.SetDay, taken_back: Instant | None) -> CalendarEvent:
        times = (day.recorded_at, max(about.modified, taken_back or 0))
        sequence = about.changed.times + (taken_back is not None)
        kind = f"again-{day.entry}"
        return self._event(about, kind, "Look again", (day.at or 0, day.zone), times, sequence, stands=day.stands)

    def _snoozed(self, about: _About, snoozes: Sequence[reads.SetDay]) -> CalendarEvent:
        last = snoozes[-1]
        times = (snoozes[0].recorded_at, max(about.modified, last.recorded_at))
        sequence = about.changed.times + len(snoozes) - 1
        return self._event(about, "snoozed", "Put off until now", (last.at or 0, last.zone), times, sequence,
                           stands=last.stands)  # fmt: skip

    def _event(
        self, about: _About, kind: str, words: str, start: tuple[Instant, str | None], times: tuple[Instant, Instant],
        sequence: int, *, stands: int = 1,
    ) -> CalendarEvent:  # fmt: skip
        """An event of a question, made and changed at ``times``."""
        asked = about.question
        return CalendarEvent(
            f"question-{asked.number}-{kind}@{self._ledger}", sequence, *times, *start,
            f"{words}: {asked.title or REDACTED}", about.description, about.status if stands else "CANCELLED",
            None if asked.source is None else asked.source.url,
        )  # fmt: skip


def _lines(question: QuestionView, hedge: str | None, criteria: str | None) -> Iterator[str]:
    """What an event says of its question: the latest forecast in its words, how it stands, when it closes."""
    stated = question.forecast
    if stated is not None:
        worth = worth_words(stated.worth) + (f" ({stated.term})" if stated.term else "")
        words = f", in the words: {hedge}" if hedge else ""
        yield f"{stated.forecaster or REDACTED} says {worth}{words}" + (", and withdrew" if stated.withdrawn else "")
    if question.outcome is not None:
        yield f"Outcome: {question.outcome}"
    if question.void_reason is not None:
        yield f"Void: {question.void_reason}"
    if question.condition is not None:
        yield f"Needs {question.condition.name} = {question.condition.outcome}"
    yield f"Closes {_told(question.deadline, question.zone)}"
    yield f"forecast show {question.number}" + (f" ({question.key})" if question.key else "")
    if criteria:
        yield criteria


def _told(instant: Instant, zone: str | None) -> str:
    try:
        return describe(instant, zone)
    except InputError:  # a zone that this computer lacks
        return describe(instant, None)
