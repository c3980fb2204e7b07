"""When a question asks for a review, and what of that is still to be said.

A question that waits for its condition, is settled or is put off asks for nothing. One that is past its deadline is
*due*: it is announced, and again after growing intervals until it is settled. What else asks is said once: a day that
the user set to look again, or to which the review was put off, a condition that settled so that an open question no
longer waits, and a forecast that is *stale*: a share of the question's scheduled life passed without an update.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from ledger.domain.instants import Instant
from ledger.domain.kinds import State
from ledger.domain.review_rules import Rules, Said, repeat_at


class Why(StrEnum):
    """Why a question asks for a review, the most pressing first."""

    DUE = "due"
    LOOK_AGAIN = "look_again"
    CONDITION = "condition"
    STALE = "stale"


class Occasion(NamedTuple):
    """One reason to review a question, which is announced once; repeats are of the same occasion.

    ``at`` (µs) tells it from others: when the question fell due (its deadline; later where its condition settled, it
    was reopened, or it was put off until then), the day to look again, when its condition settled, and of a stale
    forecast the last update.
    """

    why: Why
    at: Instant


class Asking(NamedTuple):
    """What the rules need of a question (µs)."""

    question: int
    state: State
    deadline: Instant
    begun: Instant
    """Where its scheduled life begins, or when it was recorded."""
    updated: Instant | None = None
    """When the last forecast of it was made."""
    reopened: Instant | None = None
    """When its last outcome was taken back, if none was recorded since."""
    released: Instant | None = None
    """Since when all that it waited for stands as it needs it, if that was settled after it was asked."""
    put_off: Instant | None = None
    """Until when its review is or was put off, if that was not ended and it was not settled since."""
    look_again: Sequence[Instant] = ()


class Announcement(NamedTuple):
    """What is to be said of one question: its occasions, the most pressing first, and how often that was said."""

    question: int
    occasions: tuple[Occasion, ...]
    repeat: int


Told = Mapping[Occasion, Said]
"""What was announced of a question."""


def announcement(asking: Asking, told: Told, rules: Rules, now: Instant) -> Announcement | None:
    """What is to be said of a question at ``now``: all that it asks for and that was not said, and what is repeated."""
    moments = ((occasion, _moment(occasion, since, told, rules)) for occasion, since in _occasions(asking, rules, now))
    fresh = sorted({one for one, moment in moments if moment is not None and moment <= now}, key=_pressing)
    if not fresh:
        return None
    said = told.get(fresh[0])
    return Announcement(asking.question, tuple(fresh), 0 if said is None else said.times)


def next_moment(asking: Asking, told: Told, rules: Rules, now: Instant) -> Instant | None:
    """When something is to be said of a question next: not after ``now`` where something already is.

    That is as things stand: whatever is recorded meanwhile may change it.
    """
    moments = (_moment(occasion, since, told, rules) for occasion, since in _occasions(asking, rules, now))
    return min((one for one in moments if one is not None), default=None)


def is_due(asking: Asking, now: Instant) -> bool:
    """Whether the question waits to be settled, and was not put off."""
    return asking.state is State.UNSETTLED and _due_at(asking) <= now


def is_stale(asking: Asking, rules: Rules, now: Instant) -> bool:
    """Whether its forecast is stale, and it was not put off."""
    since = _stale_at(asking, rules)
    if asking.state is not State.UNSETTLED or asking.deadline <= now or since is None:
        return False
    return max(since, asking.put_off or since) <= now


def _moment(occasion: Occasion, since: Instant, told: Told, rules: Rules) -> Instant | None:
    said = told.get(occasion)
    if said is None:
        return since
    return repeat_at(said, rules) if occasion.why is Why.DUE else None


def _pressing(occasion: Occasion) -> tuple[int, Instant]:
    return _RANKS[occasion.why], occasion.at


_RANKS = {why: rank for rank, why in enumerate(Why)}


def _occasions(asking: Asking, rules: Rules, now: Instant) -> Iterator[tuple[Occasion, Instant]]:
    """Each occasion that a question has or will have, and since when it asks."""
    if asking.state is not State.UNSETTLED:
        return
    yield Occasion(Why.DUE, due := _due_at(asking)), due
    held = asking.put_off or asking.begun
    for at in asking.look_again:
        yield Occasion(Why.LOOK_AGAIN, at), max(at, held)
    if asking.deadline > now:
        yield from ((one, max(since, held)) for one, since in _while_open(asking, rules) if held < asking.deadline)


def _while_open(asking: Asking, rules: Rules) -> Iterator[tuple[Occasion, Instant]]:
    if asking.put_off is not None:
        yield Occasion(Why.LOOK_AGAIN, asking.put_off), asking.put_off
    if asking.released is not None:
        yield Occasion(Why.CONDITION, asking.released), asking.released
    if (since := _stale_at(asking, rules)) is not None:
        yield Occasion(Why.STALE, _updated(asking)), since


def _due_at(asking: Asking) -> Instant:
    later = (asking.reopened, asking.released, asking.put_off)
    return max((asking.deadline, *(one for one in later if one is not None)))


def _updated(asking: Asking) -> Instant:
    return asking.begun if asking.updated is None else asking.updated


def _stale_at(asking: Asking, rules: Rules) -> Instant | None:
    """Since when, or from when, its forecast is stale; ``None`` where it never is before the deadline."""
    life = asking.deadline - asking.begun
    if rules.stale is None or life <= 0:
        return None
    since = _updated(asking) + life * rules.stale.numerator // rules.stale.denominator
    return since if since < asking.deadline else None
