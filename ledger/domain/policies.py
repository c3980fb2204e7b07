"""How a unit's statements are weighed into one score."""

from __future__ import annotations

from enum import StrEnum

from ledger.domain.instants import Instant, to_datetime


class Policy(StrEnum):
    """Which on-time statements of a unit count, and how much.

    ``time-average``: each for the time it stood, over the question's scheduled life. ``last``: the one standing at the
    close. ``first``: the first. ``all``: every one a row, for comparison only.
    """

    TIME_AVERAGE = "time-average"
    LAST = "last"
    FIRST = "first"
    ALL = "all"


_DAY = 86_400_000_000
_HORIZONS = (
    (7, "up to a week"),
    (31, "a week to a month"),
    (92, "one to three months"),
    (366, "three months to a year"),
)
HORIZONS = (*(name for _, name in _HORIZONS), "over a year")
"""The slices of a forecast's lead, shortest first."""


def horizon_of(lead: int) -> str:
    """The slice of a lead (µs from a unit's first on-time statement to the deadline)."""
    for days, name in _HORIZONS:
        if lead <= days * _DAY:
            return name
    return HORIZONS[-1]


def month_of(instant: Instant) -> str:
    """The month of an instant in UTC, as ``2025-01``."""
    return to_datetime(instant).isoformat()[:7]
