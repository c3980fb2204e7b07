"""``remind``: one pass that says through each channel what was not said there yet, and records that it was.

Each channel has a transaction of its own: the writers' lock is taken, what is due is worked out anew, recorded, handed
over, and committed only if that went well. So whoever is killed in between has at most one message said and not
recorded, and of any number of reminders at once one says each thing.

Through which channel something was said is what the record keeps. So what a timer prints into its log is said through
``log`` and never through ``terminal``, and what a screen shows while it is open (``services.falling_due``) is not
recorded at all: whoever looked away would never hear of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ledger import clock
from ledger.domain import reviews
from ledger.domain.instants import Instant, format_instant, from_datetime
from ledger.domain.review_rules import last_weekly, next_weekly
from ledger.domain.reviews import Announcement
from ledger.errors import DeliveryError
from ledger.journal.entry import Draft
from ledger.services.channels import TERMINAL, Channel, Message
from ledger.services.delivering import deliver
from ledger.services.opening import Book, opened
from ledger.services.reminder_words import message, trial_message
from ledger.services.review_facts import ReviewFacts, review_facts, told_by
from ledger.services.reviewing_week import WEEK, week_of
from ledger.storage.attempts import repeated
from ledger.storage.location import Location
from ledger.storage.reading.reminding import last_week
from ledger.storage.room import refuse_full
from ledger.storage.writing import transaction

_AT_ONCE = 5000
"""Things that one entry records."""
_ROOM, _ROOM_EACH = 262_144, 512
"""Bytes that recording takes at most: of the store's pages, and for each thing that is said."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What is to be said through one channel now; ``weekly`` is the weekly review that is to be said, if one is."""

    channel: str
    announcements: Sequence[Announcement]
    weekly: Instant | None
    message: Message | None
    """``None`` where nothing is to be said."""

    def drafts(self) -> list[Draft]:
        """The entries that record that it was said: one, or more of them where very much was."""
        said = [
            [one.why.value, of.question, format_instant(one.at)] for of in self.announcements for one in of.occasions
        ]
        weekly = None if self.weekly is None else format_instant(self.weekly)
        parts = [said[start : start + _AT_ONCE] for start in range(0, len(said), _AT_ONCE)] or [[]]
        facts = [{"channel": self.channel, "said": part or None} for part in parts]
        return [Draft.of("announced", one | {"weekly": weekly if at == 0 else None}) for at, one in enumerate(facts)]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one channel: what was said through it, if anything, and the failure if it took none."""

    channel: str
    message: Message | None
    failure: str | None = None

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        told = None if self.message is None else self.message.as_data()
        return {"channel": self.channel, "message": told, "failure": self.failure}


def pending(book: Book, channel: str = TERMINAL) -> Pending:
    """What is to be said through ``channel`` at the book's clock."""
    return _pending(book, review_facts(book), channel)


def next_moment(book: Book, channels: Iterable[str] = (TERMINAL,)) -> Instant | None:
    """When there is something to say next through one of ``channels`` (µs), as things stand.

    Not after the book's clock where something is to be said already; ``None`` where nothing ever is.
    """
    facts = review_facts(book)
    found = (moment for channel in channels for moment in _moments(book, facts, channel))
    return min((one for one in found if one is not None), default=None)


def remind(location: Location, channels: Sequence[Channel], tell: Callable[[str], None]) -> Iterator[Delivery]:
    """Say through each channel in turn what is due there; ``tell`` hears of failures, a line each.

    A channel that fails has nothing recorded, and is tried again at the next pass; the others are not hindered.
    Raises ``StoreError`` where the ledger cannot be read or written: nothing is said then.
    """
    return (_through(location, channel, tell) for channel in channels)


def preview(book: Book, channels: Iterable[str]) -> list[Delivery]:
    """What ``remind`` would say, with nothing said or recorded."""
    facts = review_facts(book)
    return [Delivery(channel, _pending(book, facts, channel).message) for channel in channels]


def try_out(channels: Sequence[Channel], tell: Callable[[str], None]) -> Iterator[Delivery]:
    """Send a test message through each channel; nothing is recorded."""
    return (_attempt(channel, trial_message(), tell) for channel in channels)


def _through(location: Location, channel: Channel, tell: Callable[[str], None]) -> Delivery:
    with opened(location) as book:
        if pending(book, channel.name).message is None:
            return Delivery(channel.name, None)
    try:
        return _recorded(location, channel, tell, set())
    except DeliveryError as problem:
        return _failed(channel, problem, tell)


@repeated
def _recorded(location: Location, channel: Channel, tell: Callable[[str], None], said: set[str]) -> Delivery:
    """One pass through ``channel``; what was ``said`` before a server lost the record of it is not said again."""
    with transaction(location.place, "remind", tell) as work:
        now = min(from_datetime(clock.now()), work.recorded_at)
        found = pending(Book(work.driver, work.driver, now, work.last_seq), channel.name)
        if found.message is None:
            return Delivery(channel.name, None)
        if not location.on_server:
            refuse_full(location.path, _ROOM + _ROOM_EACH * len(found.announcements))
        work.append(found.drafts())
        if found.message.key not in said:
            deliver(channel, found.message)
            said.add(found.message.key)
        return Delivery(channel.name, found.message)


def _attempt(channel: Channel, said: Message, tell: Callable[[str], None]) -> Delivery:
    try:
        deliver(channel, said)
    except DeliveryError as problem:
        return _failed(channel, problem, tell)
    return Delivery(channel.name, said)


def _failed(channel: Channel, problem: DeliveryError, tell: Callable[[str], None]) -> Delivery:
    tell(f"{channel.name}: {problem}")
    return Delivery(channel.name, None, str(problem))


def _pending(book: Book, facts: ReviewFacts, channel: str) -> Pending:
    told = told_by(book.driver, channel)
    found = (reviews.announcement(one, told.get(one.question, {}), facts.rules, book.now) for one in facts.asking)
    announcements = [one for one in found if one is not None]
    weekly, since = _weekly_due(book, facts, channel)
    if weekly is None and not announcements:
        return Pending(channel, [], None, None)
    review = None if weekly is None else week_of(book, facts, since)
    return Pending(channel, announcements, weekly, message(channel, announcements, facts.rows, review))


def _weekly_due(book: Book, facts: ReviewFacts, channel: str) -> tuple[Instant | None, Instant]:
    """The weekly review that is to be said, if one is, and since when it is to tell what was settled."""
    due, said = last_weekly(facts.rules, book.now), last_week(book.driver, channel)
    if due is None or (said is not None and said[0] >= due):
        return None, book.now
    return due, due - WEEK if said is None else said[1]


def _moments(book: Book, facts: ReviewFacts, channel: str) -> Iterable[Instant | None]:
    told = told_by(book.driver, channel)
    for one in facts.asking:
        yield reviews.next_moment(one, told.get(one.question, {}), facts.rules, book.now)
    weekly, _ = _weekly_due(book, facts, channel)
    yield next_weekly(facts.rules, book.now) if weekly is None else weekly
