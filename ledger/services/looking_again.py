"""``again``: a day on which the user wants to look at a question again, in the record; and the taking back of one."""

from __future__ import annotations

from collections.abc import Callable

from ledger.domain.instants import format_instant
from ledger.domain.moments import describe
from ledger.domain.words import clean_input
from ledger.errors import RefusedError
from ledger.journal.entry import Draft
from ledger.services.results import Done
from ledger.services.snoozing import refuse_settled
from ledger.services.stating import the_question
from ledger.services.times import read_review
from ledger.services.wording import counted
from ledger.storage.attempts import repeated
from ledger.storage.location import Location
from ledger.storage.reading.questions import QuestionRow
from ledger.storage.reading.reminding import DayRow, days_of
from ledger.storage.writing import Transaction, transaction


@repeated
def look_again(
    location: Location,
    told: str,
    on: str,
    reason: str | None,
    tell: Callable[[str], None],
    *,
    zone: str | None = None,
) -> Done:
    """Ask for a review of a question at a time ahead; a plain day means its beginning in ``zone``.

    Raises ``RefusedError`` for a question that is settled, a time that has passed, and one that is set already.
    """
    with transaction(location.place, "again", tell) as work:
        asked = the_question(work.driver, told)
        moment = read_review(on, "--on", zone)
        shown = describe(moment.instant, moment.zone)
        refuse_settled(work, asked, "look at again")
        if moment.instant <= work.recorded_at:
            raise RefusedError(f"--on {moment.typed!r} has passed: it reads as {shown}; give a time ahead")
        there = next((one for one in _standing(work, asked) if one.at == moment.instant), None)
        if there is not None:
            raise RefusedError(f"{asked.name} is to be looked at again then already (entry {there.entry})")
        facts = {"question": asked.id, "at": format_instant(moment.instant), "zone": moment.zone}
        entries = work.append([Draft.of("look_again", facts, _words(reason))])
        return Done([f"{asked.name}: to look at again from {shown} (entry {entries[0]})"], [], asked.id, entries)


@repeated
def forget(
    location: Location,
    told: str,
    on: str | None,
    reason: str | None,
    tell: Callable[[str], None],
    *,
    zone: str | None = None,
) -> Done:
    """Take back the day ``on`` which a question was to be looked at again, or all its days, come or not.

    Raises ``RefusedError`` where there is none.
    """
    with transaction(location.place, "again", tell) as work:
        asked = the_question(work.driver, told)
        wanted = None if on is None else read_review(on, "--on", zone)
        days = [one for one in _standing(work, asked) if wanted is None or one.at == wanted.instant]
        if not days:
            what = (
                "no day to look again" if wanted is None else f"nothing set for {describe(wanted.instant, wanted.zone)}"
            )
            raise RefusedError(f"{asked.name} has {what}; see: forecast show {asked.name}")
        return _taken_back(work, asked, days, reason)


@repeated
def unset(location: Location, done: Done, tell: Callable[[str], None]) -> Done:
    """Take back the day that ``look_again`` has just set. Raises ``RefusedError`` where it does not stand any more."""
    with transaction(location.place, "again", tell) as work:
        asked = the_question(work.driver, f"#{done.question}")
        days = [one for one in _standing(work, asked) if one.entry in done.entries]
        if not days:
            raise RefusedError(
                f"{asked.name}: that day to look again was taken back, or the question was settled, meanwhile"
            )
        return _taken_back(work, asked, days, None)


def _taken_back(work: Transaction, asked: QuestionRow, days: list[DayRow], reason: str | None) -> Done:
    text = _words(reason)
    drafts = [Draft.of("look_again", {"question": asked.id, "takes_back": one.entry}, text) for one in days]
    entries = work.append(drafts)
    said = f"{asked.name}: {counted(len(days), 'day')} to look again taken back (entry {entries[0]})"
    return Done([said], [], asked.id, entries)


def _standing(work: Transaction, asked: QuestionRow) -> list[DayRow]:
    return [one for one in days_of(work.driver, asked.id) if one.stands]


def _words(reason: str | None) -> dict[str, object]:
    return {"reason": clean_input(reason, "--reason") if reason else None}
