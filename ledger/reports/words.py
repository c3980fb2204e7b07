"""Figures in words: one form for each kind of number, and one sign for what is not there."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.domain.instants import MONTHS, format_instant

ABSENT = "–"
REDACTED = "(redacted)"
NO_BINARY = "No question of yes or no is scored yet"
"""What stands where the figures of binary questions would: those of other kinds may be scored all the same."""


def score(value: float | None, *, signed: bool = False) -> str:
    """A score or a part of one, to four places."""
    if value is None:
        return ABSENT
    return (f"{value:+.4f}" if signed else f"{value:.4f}").replace("-", "−")


def between(ends: Sequence[float] | None, *, signed: bool = False) -> str:
    """An interval of scores."""
    return ABSENT if ends is None else f"{score(ends[0], signed=signed)} to {score(ends[1], signed=signed)}"


def percent(value: float | None) -> str:
    """A share or a probability: ``70 %``, ``0.3 %``."""
    return ABSENT if value is None else f"{100 * value:.3g} %"


def percents(ends: Sequence[float] | None) -> str:
    """A range of shares: ``12–30 %``."""
    return ABSENT if ends is None else f"{100 * ends[0]:.3g}–{100 * ends[1]:.3g} %"


def plain(value: float | None) -> str:
    """Any other figure, to three places."""
    return ABSENT if value is None else f"{value:.3f}".replace("-", "−")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number of things: ``1 question``, ``1,200 questions``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(instant: int | None) -> str:
    """The day of an instant in UTC, as ``2026-01-20``."""
    return ABSENT if instant is None else format_instant(instant)[:10]


def moment(instant: int | None) -> str:
    """An instant to the minute in UTC: ``2026-01-20 17:00 UTC``."""
    return ABSENT if instant is None else format_instant(instant)[:16].replace("T", " ") + " UTC"


def date_words(instant: int | None) -> str:
    """The day of an instant in UTC: ``20 January 2026``."""
    if instant is None:
        return ABSENT
    year, month, of_month = format_instant(instant)[:10].split("-")
    return f"{int(of_month)} {MONTHS[int(month) - 1]} {int(year)}"


def named(text: str | None) -> str:
    """Text, or that it was redacted."""
    return REDACTED if text is None else text


def listed(names: Sequence[str], in_all: int) -> str:
    """Some of many: ``Ann, Bo and 3 more``."""
    if in_all > len(names):
        return f"{', '.join(names)} and {in_all - len(names):,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
