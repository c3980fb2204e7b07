"""``snooze``: putting off the review of a question, in the record. It stays due; a review leaves it out until then."""

from __future__ import annotations

from collections.abc import Callable

from ledger.domain.instants import Instant, format_instant
from ledger.domain.kinds import Status
from ledger.domain.moments import describe
from ledger.domain.words import clean_input
from ledger.errors import RefusedError
from ledger.journal.entry import Draft
from ledger.services.results import Done
from ledger.services.settling import last_resolution
from ledger.services.stating import the_question
from ledger.services.times import read_review
from ledger.storage.attempts import repeated
from ledger.storage.location import Location
from ledger.storage.reading.questions import QuestionRow
from ledger.storage.reading.reviewing import put_off_until
from ledger.storage.writing import Transaction, transaction


@repeated
def snooze(
    location: Location,
    told: str,
    until: str,
    reason: str | None,
    tell: Callable[[str], None],
    *,
    zone: str | None = None,
) -> Done:
    """Put the review of a question off until a time ahead; a plain day means its beginning in ``zone``.

    ``until`` of ``now`` wakes it. Raises ``RefusedError`` for a question that is settled, and a time that has passed.
    """
    with transaction(location.place, "snooze", tell) as work:
        asked = the_question(work.driver, told)
        moment = read_review(until, "--until", zone)
        if moment.typed == "now":
            return _wake(work, asked, reason)
        refuse_settled(work, asked, "put off")
        if moment.instant <= work.recorded_at:
            said = describe(moment.instant, moment.zone)
            raise RefusedError(f"--until {moment.typed!r} has passed: it reads as {said}; give a time ahead")
        entries = _recorded(work, asked.id, moment.instant, moment.zone, reason)
        shown = describe(moment.instant, moment.zone)
        return Done([f"{asked.name}: put off until {shown} (entry {entries[0]})"], [], asked.id, entries)


@repeated
def wake(location: Location, told: str, tell: Callable[[str], None], *, reason: str | None = None) -> Done:
    """End the putting off of a question now. Raises ``RefusedError`` where it is not put off."""
    with transaction(location.place, "wake", tell) as work:
        return _wake(work, the_question(work.driver, told), reason)


def _wake(work: Transaction, asked: QuestionRow, reason: str | None) -> Done:
    if put_off_until(work.driver, asked.id, work.recorded_at) is None:
        raise RefusedError(f"{asked.name} is not put off, so there is nothing to end")
    entries = _recorded(work, asked.id, work.recorded_at, None, reason)
    return Done([f"{asked.name}: no longer put off (entry {entries[0]})"], [], asked.id, entries)


def _recorded(work: Transaction, number: int, until: Instant, zone: str | None, reason: str | None) -> list[int]:
    text = {"reason": clean_input(reason, "--reason") if reason else None}
    return work.append([Draft.of("snooze", {"question": number, "until": format_instant(until), "zone": zone}, text)])


def refuse_settled(work: Transaction, asked: QuestionRow, done: str) -> None:
    """Refuse what has an outcome or is void: there is nothing to be ``done`` with it."""
    status = asked.status(work.recorded_at)
    if status in (Status.RESOLVED, Status.VOID):
        raise RefusedError(f"{asked.name} is {status} already: there is nothing to {done}")
    last = last_resolution(work.driver, asked.id)
    if last is not None:
        raise RefusedError(f"{asked.name} has its outcome already (entry {last[0]}): there is nothing to {done}")
