"""Times and probabilities in words, as lists and cards show them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, tzinfo

from ledger.domain.instants import DAY, HOUR, MINUTE, MONTHS, Instant, format_instant, to_datetime
from ledger.domain.kinds import Status
from ledger.errors import InputError

_MONTH = 30.436875 * DAY
"""The mean month of the Gregorian calendar."""
NEAR = 60 * DAY
"""Up to here a deadline ahead is told as a span, beyond as a date."""


def span(length: int) -> str:
    """A length of time (µs) in one whole unit: ``40 minutes``, ``3 days``, ``10 months``, ``4 years``."""
    length = abs(length)
    for unit, size, limit in _UNITS:
        if length < limit:
            count = int(length // size)
            return f"{count} {unit}" + ("" if count == 1 else "s") if count else "less than a minute"
    return f"{int(length // (12 * _MONTH))} years"


_UNITS = (
    ("minute", MINUTE, 2 * HOUR),
    ("hour", HOUR, 2 * DAY),
    ("day", DAY, NEAR),
    ("month", _MONTH, 24 * _MONTH),
)


def day_words(instant: Instant, zone: str | None) -> str:
    """The day of an instant in its zone: ``20 January 2026``."""
    moment = to_datetime(instant)
    with suppress(InputError, OverflowError):  # a zone that this computer lacks, or the very first or last day
        moment = moment.astimezone(_zone(zone))
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _zone(name: str | None) -> tzinfo:
    if name is None or name == "UTC":
        return UTC
    from ledger.domain.moments import zone_named  # looking for the zone database takes a while

    return zone_named(name)


def minute_words(instant: Instant) -> str:
    """An instant to the minute, in UTC: ``2026-01-20 17:00Z``."""
    return format_instant(instant)[:16].replace("T", " ") + "Z"


def deadline_words(deadline: Instant, zone: str | None, status: Status, now: Instant) -> str:
    """A deadline for a list: ``in 3 days``, ``due 10 months``, ``20 January 2026``."""
    if status is Status.DUE:
        return f"due {span(now - deadline)}"
    if status is Status.OPEN and 0 < deadline - now < NEAR:
        return f"in {span(deadline - now)}"
    return day_words(deadline, zone)


def percent(value: float) -> str:
    """A probability as people read it: ``70 %``, ``0.3 %``."""
    return f"{_hundredfold(value)} %"


def probability_words(value: float, low: float | None = None, high: float | None = None) -> str:
    """A probability with its range, if it has one: ``37.5 % (25–50)``."""
    ranged = "" if low is None or high is None else f" ({_hundredfold(low)}–{_hundredfold(high)})"
    return percent(value) + ranged


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number of things: ``1 question``, ``1,200 questions``; ``many`` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _hundredfold(value: float) -> str:
    return f"{value * 100:.6g}"
