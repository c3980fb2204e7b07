"""The kinds of question, the status of one, and the timing class of a statement."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a question asks for."""

    BINARY = "binary"
    CHOICE = "choice"
    ORDERED = "ordered"
    NUMERIC = "numeric"

    @property
    def has_options(self) -> bool:
        """Whether the outcome is one of named options."""
        return self in {Kind.CHOICE, Kind.ORDERED}


class State(StrEnum):
    """What the record alone says of a question; the clock turns ``unsettled`` into open or due."""

    UNSETTLED = "unsettled"
    WAITING = "waiting"
    RESOLVED = "resolved"
    VOID = "void"


class Status(StrEnum):
    """What a question is at a moment."""

    OPEN = "open"
    WAITING = "waiting"
    DUE = "due"
    RESOLVED = "resolved"
    VOID = "void"


class TimingClass(StrEnum):
    """How well it is shown that a statement came before the close; derived, never stored as typed."""

    PROVEN = "proven"
    RECORDED = "recorded"
    IMPORTED = "imported"
    LATE = "late"


WEAKEST_FIRST = (TimingClass.LATE, TimingClass.IMPORTED, TimingClass.RECORDED, TimingClass.PROVEN)


def status_at(state: State, deadline: int, now: int) -> Status:
    """The status of a question in ``state`` with ``deadline``, at ``now`` (both µs); at its deadline it is due."""
    if state is State.UNSETTLED:
        return Status.DUE if deadline <= now else Status.OPEN
    return Status(state.value)
