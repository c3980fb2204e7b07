"""``snooze``: putting off the review of a question, in the record. It stays due; a review leaves it out until then."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time

from ledger.domain.instants import Instant, format_instant, from_datetime, to_datetime
from ledger.domain.kinds import Status
from ledger.domain.moments import Moment, describe, zone_named
from ledger.domain.words import clean_input
from ledger.errors import RefusedError
from ledger.journal.entry import Draft
from ledger.services.results import Done
from ledger.services.settling import last_resolution
from ledger.services.stating import the_question
from ledger.services.times import read_time
from ledger.storage.location import Location
from ledger.storage.reading.questions import QuestionRow
from ledger.storage.reading.reviewing import put_off_until
from ledger.storage.writing import Transaction, transaction

_TIMED = re.compile(r":|hour|minute", re.IGNORECASE)
"""In a time that people type: it names more than a day."""


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
    with transaction(location.path, "snooze", tell) as work:
        asked = the_question(work.driver, told)
        moment = _begun(read_time(until, "--until", zone, ahead=True))
        if moment.typed == "now":
            return _wake(work, asked, reason)
        _refuse_settled(work, asked)
        if moment.instant <= work.recorded_at:
            said = describe(moment.instant, moment.zone)
            raise RefusedError(f"--until {moment.typed!r} has passed: it reads as {said}; give a time ahead")
        entries = _recorded(work, asked.id, moment.instant, moment.zone, reason)
        shown = describe(moment.instant, moment.zone)
        return Done([f"{asked.name}: put off until {shown} (entry {entries[0]})"], [], asked.id, entries)


def wake(location: Location, told: str, tell: Callable[[str], None], *, reason: str | None = None) -> Done:
    """End the putting off of a question now. Raises ``RefusedError`` where it is not put off."""
    with transaction(location.path, "wake", tell) as work:
        return _wake(work, the_question(work.driver, told), reason)


def _wake(work: Transaction, asked: QuestionRow, reason: str | None) -> Done:
    if put_off_until(work.driver, asked.id, work.recorded_at) is None:
        raise RefusedError(f"{asked.name} is not put off, so there is nothing to end")
    entries = _recorded(work, asked.id, work.recorded_at, None, reason)
    return Done([f"{asked.name}: no longer put off (entry {entries[0]})"], [], asked.id, entries)


def _recorded(work: Transaction, number: int, until: Instant, zone: str | None, reason: str | None) -> list[int]:
    text = {"reason": clean_input(reason, "--reason") if reason else None}
    return work.append([Draft.of("snooze", {"question": number, "until": format_instant(until), "zone": zone}, text)])


def _begun(moment: Moment) -> Moment:
    """The moment, or the beginning of its day where only a day was named: deadlines end with it, reviews begin."""
    if moment.zone is None or _TIMED.search(moment.typed):
        return moment
    place = zone_named(moment.zone)
    wall = to_datetime(moment.instant).astimezone(place)
    if wall.time() != time(23, 59, 59):
        return moment
    midnight = datetime.combine(wall.date(), time(), place)
    return replace(moment, instant=from_datetime(midnight.astimezone(UTC)))


def _refuse_settled(work: Transaction, asked: QuestionRow) -> None:
    status = asked.status(work.recorded_at)
    if status in (Status.RESOLVED, Status.VOID):
        raise RefusedError(f"{asked.name} is {status} already: there is nothing to put off")
    last = last_resolution(work.driver, asked.id)
    if last is not None:
        raise RefusedError(f"{asked.name} has its outcome already (entry {last[0]}): there is nothing to put off")
