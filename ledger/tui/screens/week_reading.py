"""What the weekly review reads, in threads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ledger.domain.review_rules import next_weekly
from ledger.services.review_facts import rules_of
from ledger.services.reviewing_week import ScoreChange, Week, score_before, week

if TYPE_CHECKING:
    from ledger.domain.review_rules import Rules
    from ledger.services.live_figures import PointFigures
    from ledger.services.opening import Book
    from ledger.storage.location import Location
    from ledger.tui.app import ForecastApp

AT_ONCE = 100_000
"""Entries up to which the score as it was is worked out unasked: the journal is told anew for it."""
EACH = 50
"""Microseconds that telling one entry anew takes, as measured on a small computer."""


@dataclass(frozen=True, slots=True)
class Read:
    """The week, the rules that made it, and how long the journal is."""

    week: Week
    rules: Rules
    following: int | None
    """When the next weekly review is due (µs), where there are any."""
    now: int
    entries: int

    @property
    def is_large(self) -> bool:
        """Whether working out the score as it was takes long."""
        return self.entries > AT_ONCE


def read_week(book: Book, *, since: int | None) -> Read:
    """The four lists; ``since`` keeps a week that was begun before its next day came."""
    rules = rules_of(book.driver)
    return Read(week(book, since), rules, next_weekly(rules, book.now), book.now, book.last_entry)


def read_before(location: Location, *, since: int, policy: str) -> PointFigures:
    """The score as it was."""
    return score_before(location, since, policy)


def read_change(book: Book, *, program: ForecastApp, before: PointFigures, policy: str) -> ScoreChange:
    """The score as it is, beside what it was; it is the one that the reviews of this program bring along."""
    from ledger.tui.screens.review_scoring import scoring_of

    follow = partial(scoring_of(program).follow, policy=policy, original=False)
    return ScoreChange(before, follow(book).figures)
