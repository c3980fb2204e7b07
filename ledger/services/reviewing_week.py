"""The weekly review: what was settled since the last one, what is due, what closes next, what is stale, and the score.

A guided pass goes through these lists in this order; the change of the score is its end. Where the rules name a day for
it, the week is that between the last two such days with what came after it, whenever one comes to look; else it is the
seven days up to now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.domain.instants import DAY, Instant, format_instant
from ledger.domain.policies import Policy
from ledger.domain.review_rules import Rules, last_weekly, next_weekly
from ledger.domain.reviews import Asking, is_due, is_stale
from ledger.services.browse_views import Data
from ledger.services.opening import Book, opened
from ledger.services.outcome_names import outcome_name
from ledger.services.review_facts import ReviewFacts, review_facts
from ledger.storage.location import Location
from ledger.storage.reading.questions import options
from ledger.storage.reading.reminding import AskingRow, SettledRow, settled_since

if TYPE_CHECKING:
    from ledger.services.live_figures import PointFigures

WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question in the weekly review; its words are raw."""

    number: int
    key: str | None
    title: str | None
    at: Instant
    """When its outcome was recorded; its deadline; of a stale forecast the last update (µs)."""
    zone: str | None
    outcome: str | None = None
    """The name of its outcome, or ``void``."""

    @property
    def name(self) -> str:
        """How to name it: its key, or its number where that was redacted."""
        return self.key or f"#{self.number}"

    def as_data(self) -> Data:
        """For JSON."""
        about: Data = {"number": self.number, "key": self.key, "title": self.title}
        return about | {"at": format_instant(self.at), "zone": self.zone, "outcome": self.outcome}


@dataclass(frozen=True, slots=True)
class Week:
    """What a weekly review goes through: what was settled after ``since``, and what closes by ``until`` (µs)."""

    since: Instant
    until: Instant
    settled: list[Reviewed]
    due: list[Reviewed]
    closing: list[Reviewed]
    stale: list[Reviewed]

    def as_data(self) -> Data:
        """For JSON."""
        lists = ("settled", "due", "closing", "stale")
        found: Data = {name: [one.as_data() for one in getattr(self, name)] for name in lists}
        return found | {"since": format_instant(self.since), "until": format_instant(self.until)}


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The figures of all binary questions as they were at the beginning of the week, and as they are."""

    before: PointFigures
    after: PointFigures


def week(book: Book, since: Instant | None = None) -> Week:
    """The week up to the book's clock: what was settled ``since`` (where the week began, unless told otherwise)."""
    facts = review_facts(book)
    return week_of(book, facts, week_began(facts.rules, book.now) if since is None else since)


def week_began(rules: Rules, now: Instant) -> Instant:
    """Where the week begins that is reviewed at ``now``: one weekly day before the last one, or seven days ago."""
    last = last_weekly(rules, now)
    if last is None:
        return now - WEEK
    return last_weekly(rules, last - 1) or last - WEEK


def week_of(book: Book, facts: ReviewFacts, since: Instant) -> Week:
    """The same with what the rules look at read already."""
    until = next_weekly(facts.rules, book.now) or book.now + WEEK
    closing = [one for one in facts.asking if book.now < one.deadline <= until]
    due = [one for one in facts.asking if is_due(one, book.now)]
    stale = [one for one in facts.asking if is_stale(one, facts.rules, book.now)]
    settled = [_settled(book, row) for row in settled_since(book.driver, since)]
    return Week(
        since, until, settled, _reviewed(due, facts), _reviewed(closing, facts),
        [_one(facts.rows[one.question], one.updated or one.begun) for one in stale],
    )  # fmt: skip


def score_before(location: Location, since: Instant, policy: str = Policy.TIME_AVERAGE.value) -> PointFigures:
    """The figures as they were at ``since``: they change no more, whatever is recorded now."""
    from ledger.services.live_score import LiveScore

    with opened(location, format_instant(since)) as book:
        return LiveScore.read(book, policy).figures()


def _reviewed(asking: list[Asking], facts: ReviewFacts) -> list[Reviewed]:
    return [_one(facts.rows[one.question], one.deadline) for one in asking]


def _one(row: AskingRow, at: Instant) -> Reviewed:
    return Reviewed(row.id, row.key, row.title, at, row.zone)


def _settled(book: Book, row: SettledRow) -> Reviewed:
    outcome = outcome_name(row.kind, row.outcome, options(book.driver, row.id)) if row.state == "resolved" else "void"
    return Reviewed(row.id, row.key, row.title, row.recorded_at, row.zone, outcome)
