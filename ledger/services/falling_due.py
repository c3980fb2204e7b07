"""What falls due while somebody has the ledger open: told once, by the clock alone, though nobody records anything.

Nothing of it is recorded as announced: it is seen only by whoever looks at that moment, and ``remind`` says it again
where the user wants to be told. What somebody's entry makes due is not told here, as that entry is noticed itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ledger import clock
from ledger.domain.filters import Filters
from ledger.domain.instants import LATEST, Instant, from_datetime
from ledger.domain.kinds import Status
from ledger.domain.review_rules import last_weekly, next_weekly
from ledger.domain.reviews import Why
from ledger.services.browse_views import REDACTED
from ledger.services.opening import Book, opened
from ledger.services.review_facts import rules_of
from ledger.services.wording import counted
from ledger.storage.location import Location
from ledger.storage.reading.falling import FallenRow, days_come, deadlines_passed, next_to_come, snoozes_ended
from ledger.storage.reading.questions import count

LONGEST = 60
"""Characters of a title in a line."""


class Fallen(NamedTuple):
    """A question that asks for a review since ``at`` (µs); its words are raw."""

    number: int
    title: str | None
    why: Why
    at: Instant


@dataclass(frozen=True, slots=True)
class Fell:
    """What came since the last look; ``weekly`` where the weekly review is due, ``due`` how many questions are."""

    questions: tuple[Fallen, ...]
    weekly: bool
    due: int

    def words(self) -> str:
        """One line however much it is: ``#12 is due: Will it rain?``, ``3 questions are due``; holds raw titles."""
        told = [_one(self.questions[0])] if len(self.questions) == 1 else list(_many(self.questions))
        return "\n".join([*told, *(["The weekly review is due"] if self.weekly else [])])


class FallingDue:
    """Compares the clock with the next time that matters; reads the ledger only when that came or somebody recorded.

    For one thread. However the clock is set, nothing is told twice.
    """

    def __init__(self, location: Location, since: datetime) -> None:
        """Tell what comes after ``since``."""
        self._location = location
        self._since = from_datetime(since)
        self._next: Instant | None = None
        """``None`` where it must be read."""
        self._told: set[tuple[int, Why, Instant]] = set()
        self._weekly: Instant | None = None

    def look(self, *, changed: bool) -> Fell | None:
        """What came since the last look, if anything; ``changed`` where somebody has recorded something.

        Raises ``LedgerError`` where the ledger cannot be read; nothing is lost by that.
        """
        now = _now()
        if now < self._since:  # the clock was set back
            self._since, self._next = now, None
        if changed:
            self._next = None
        if self._next is not None and now < self._next:
            return None
        with opened(self._location) as book:
            found = self._fresh(fallen_between(book, self._since, now))
            weekly = self._weekly_came(book, now)
            self._next = following(book, now) or LATEST + 1
            self._since = now
            due = count(book.driver, Filters(status=(Status.DUE,)), now) if found or weekly else 0
        return Fell(tuple(found), weekly, due) if found or weekly else None

    def _fresh(self, found: list[Fallen]) -> list[Fallen]:
        fresh = [one for one in found if (one.number, one.why, one.at) not in self._told]
        self._told.update((one.number, one.why, one.at) for one in fresh)
        return fresh

    def _weekly_came(self, book: Book, now: Instant) -> bool:
        last = last_weekly(rules_of(book.driver), now)
        if last is None or last <= max(self._since, self._weekly or 0):
            return False
        self._weekly = last
        return True


def fallen_between(book: Book, after: Instant, until: Instant) -> list[Fallen]:
    """The questions that came to ask for a review after one time and up to another, by time, each once: due first."""
    rows = [(row, Why.DUE) for row in deadlines_passed(book.driver, after, until)]
    rows += [(row, _awake(row, until)) for row in snoozes_ended(book.driver, after, until)]
    rows += [(row, Why.LOOK_AGAIN) for row in days_come(book.driver, after, until)]
    found: dict[int, Fallen] = {}
    for row, why in rows:
        found.setdefault(row.id, Fallen(row.id, row.title, why, row.at))
    return sorted(found.values(), key=lambda one: (one.at, one.number))


def following(book: Book, after: Instant) -> Instant | None:
    """The next time at which something may fall due, as things stand."""
    times = (next_to_come(book.driver, after), next_weekly(rules_of(book.driver), after))
    return min((one for one in times if one is not None), default=None)


def _awake(row: FallenRow, now: Instant) -> Why:
    return Why.DUE if row.deadline <= now else Why.LOOK_AGAIN


def _one(asked: Fallen) -> str:
    title = asked.title or REDACTED
    cut = title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
    return f"#{asked.number} is {'due' if asked.why is Why.DUE else 'to be looked at again'}: {cut}"


def _many(questions: tuple[Fallen, ...]) -> list[str]:
    kinds = Counter(one.why for one in questions)
    words = {Why.DUE: "due", Why.LOOK_AGAIN: "to be looked at again"}
    return [
        f"{counted(kinds[why], 'question is', 'questions are')} {told}" for why, told in words.items() if kinds[why]
    ]


def _now() -> Instant:
    return from_datetime(clock.now())
