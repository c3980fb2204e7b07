"""How long each statement stood, how well its time is shown, and what it weighs.

A unit's statements and withdrawals are taken in order of time, those at one time in the order in which they
were recorded. A statement is *late* when it was made at or after its close, the earlier of the deadline in force
when it was made and the time the outcome was known, or while the question stood as resolved. An on-time statement
stands until the next one, a withdrawal, or its close.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from ledger.domain.instants import Instant
from ledger.domain.kinds import WEAKEST_FIRST, TimingClass

PARTS = 2**32
"""Fixed-point parts in a whole unit's weight."""


class Statement(NamedTuple):
    """What timing needs of one statement (µs); ``recorded_at`` is when the value that counts was recorded."""

    entry: int
    made_at: Instant
    recorded_at: Instant
    deadline: Instant
    anchored_at: Instant | None = None
    settled: bool = False
    """Whether the question stood as resolved when it was made: whoever speaks then knows the outcome."""


class Withdrawal(NamedTuple):
    """A unit's forecaster stepping back at ``at``, as recorded at ``recorded_at`` (µs)."""

    entry: int
    at: Instant
    recorded_at: Instant


class Standing(NamedTuple):
    """One statement's place in its unit: until when it stood (``None`` when late), weight in parts, class."""

    entry: int
    until: Instant | None
    weight: int
    timing: TimingClass


class UnitTiming(NamedTuple):
    """A unit as its policies see it; ``first`` and ``last`` are entries of on-time statements, if any."""

    standings: list[Standing]
    first: int | None
    last: int | None
    weight: int
    timing: TimingClass
    late: int


def close_of(deadline: Instant, known_at: Instant | None) -> Instant:
    """The moment from which a statement is late."""
    return deadline if known_at is None else min(deadline, known_at)


def timing_class(statement: Statement, close: Instant) -> TimingClass:
    """The class of one statement.

    What was said of a question that stood as resolved is late; so is what was said exactly at the close, and an anchor
    at the close is no proof.
    """
    if statement.settled or statement.made_at >= close:
        return TimingClass.LATE
    if statement.anchored_at is not None and statement.anchored_at < close:
        return TimingClass.PROVEN
    return TimingClass.RECORDED if statement.made_at == statement.recorded_at else TimingClass.IMPORTED


def share_of_life(passed: int, life: int) -> int:
    """``passed / life`` in parts of 2⁻³², rounded half up.

    A statement weighs the difference of two such places, where it began and where it ended, so that the weights of a
    unit sum to its share of the life and never to more than one.
    """
    return (2 * passed * PARTS + life) // (2 * life)


def time_unit(
    statements: Sequence[Statement],
    withdrawals: Sequence[Withdrawal],
    known_at: Instant | None,
    starts_at: Instant,
) -> UnitTiming:
    """Time one unit.

    ``starts_at`` is where the question's scheduled life begins: the earlier of its opening and anyone's first
    statement. The life ends at the deadline in force for the unit: the latest that any of its on-time
    statements was made under, so that no edit changes what an earlier statement weighs.
    """
    ordered = sorted(statements, key=_IN_ORDER)
    timely = (one for one in ordered if not one.settled and one.made_at < close_of(one.deadline, known_at))
    ends = max((one.deadline for one in timely), default=starts_at)
    life = ends - starts_at
    standings: list[Standing] = []
    successor: Instant | None = None
    begun = 0
    for one in reversed(ordered):
        close = close_of(one.deadline, known_at)
        timing = timing_class(one, close)
        if timing is TimingClass.LATE:
            standings.append(Standing(one.entry, None, 0, timing))
            continue
        until = close if successor is None or close < successor else successor
        if withdrawals:
            until = _left_at(one, until, withdrawals)
        ended = begun if until == successor else share_of_life(until - starts_at, life)
        begun = share_of_life(one.made_at - starts_at, life)
        standings.append(Standing(one.entry, until, ended - begun, timing))
        successor = one.made_at
    standings.reverse()
    return _summary(standings)


_IN_ORDER = attrgetter("made_at", "entry")


def _left_at(one: Statement, until: Instant, withdrawals: Sequence[Withdrawal]) -> Instant:
    """``until``, or the first withdrawal after the statement where that is earlier.

    A statement that our own clock saw stands until our clock sees the withdrawal, whatever time that claims.
    """
    seen = one.made_at == one.recorded_at
    times = ((left.recorded_at if seen else left.at, left.entry) for left in withdrawals)
    return min((until, *(at for at, entry in times if (at, entry) > (one.made_at, one.entry))))


def _summary(standings: list[Standing]) -> UnitTiming:
    timely = [one for one in standings if one.until is not None]
    if not timely:
        return UnitTiming(standings, None, None, 0, TimingClass.LATE, len(standings))
    classes = {one.timing for one in timely}
    weakest = next(one for one in WEAKEST_FIRST if one in classes)
    total = sum(one.weight for one in timely)
    return UnitTiming(standings, timely[0].entry, timely[-1].entry, total, weakest, len(standings) - len(timely))
