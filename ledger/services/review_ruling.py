"""``rules``: the rules of review as the user sets them, a whole set at a time, in the record."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from fractions import Fraction

from ledger.domain.instants import format_instant
from ledger.domain.moments import zone_named
from ledger.domain.review_rules import WEEKDAYS, Rules, Weekly, next_weekly
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.journal.entry import Draft
from ledger.journal.review_values import LONGEST_WAIT
from ledger.services.opening import Book
from ledger.services.results import Done
from ledger.services.review_facts import rules_of
from ledger.storage.attempts import repeated
from ledger.storage.location import Location
from ledger.storage.reading.reminding import rules as recorded_rules
from ledger.storage.writing import transaction

OFF = "off"
_SHARE = re.compile(r"([0-9]{1,6})/([0-9]{1,6})|([0-9]{1,2}(?:\.[0-9]{1,3})?) ?%|(0?\.[0-9]{1,5})").fullmatch
_WEEKLY = re.compile(r"([a-z]{3,9})@([0-9]{1,2}):([0-9]{2})").fullmatch


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules in force; ``entry`` recorded them, ``None`` where they hold because nothing else was told."""

    rules: Rules
    entry: int | None
    next_week: int | None
    """When the next weekly review is (µs)."""

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        following = None if self.next_week is None else format_instant(self.next_week)
        return _facts(self.rules) | {"entry": self.entry, "next_weekly": following}


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be changed, as it was typed; ``None`` leaves a rule as it is, ``off`` ends it."""

    stale: str | None = None
    repeat: str | None = None
    weekly: str | None = None
    zone: str | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to change."""
        return any(one is not None for one in (self.stale, self.repeat, self.weekly, self.zone))


def rules_view(book: Book) -> RulesView:
    """The rules as they are."""
    row, found = recorded_rules(book.driver), rules_of(book.driver)
    return RulesView(found, None if row is None else row.entry, next_weekly(found, book.now))


@repeated
def set_rules(location: Location, changes: Changes, tell: Callable[[str], None]) -> Done:
    """Record the rules with ``changes``; raises ``InputError`` for what cannot be read."""
    with transaction(location.place, "rules", tell) as work:
        before = rules_of(work.driver)
        after = _changed(before, changes)
        if after == before and recorded_rules(work.driver) is not None:
            return Done(["the rules are so already; nothing was recorded"])
        entries = work.append([Draft.of("review_rules", _facts(after))])
        return Done([f"{line}" for line in rules_lines(after)], [f"recorded (entry {entries[0]})"], None, entries)


def rules_lines(rules: Rules) -> list[str]:
    """The rules in words, a line each."""
    stale = "no forecast is stale" if rules.stale is None else f"stale after {rules.stale} of its scheduled life"
    days = ", ".join(map(str, rules.repeat))
    repeat = f"repeated after {days} days, then every {rules.repeat[-1]}" if rules.repeat else "nothing is repeated"
    weekly = f"weekly review {_weekly_text(rules.weekly)}" if rules.weekly else "no weekly review"
    return [stale, repeat, weekly, f"in {rules.zone}"]


def _changed(rules: Rules, changes: Changes) -> Rules:
    if changes.zone is not None:
        rules = replace(rules, zone=zone_named(changes.zone).key)
    if changes.stale is not None:
        rules = replace(rules, stale=None if _is_off(changes.stale) else _share(changes.stale))
    if changes.repeat is not None:
        rules = replace(rules, repeat=() if _is_off(changes.repeat) else _days(changes.repeat))
    if changes.weekly is not None:
        rules = replace(rules, weekly=None if _is_off(changes.weekly) else read_weekly_told(changes.weekly))
    return rules


def _is_off(told: str) -> bool:
    return told.strip().lower() == OFF


def _share(told: str) -> Fraction:
    match = _SHARE(told.strip())
    share = None
    if match is not None and match[2] is None:
        share = Fraction(match[4] or match[3]) / (1 if match[4] else 100)
    elif match is not None and int(match[2]):
        share = Fraction(int(match[1]), int(match[2]))
    if share is None or not 0 < share < 1:
        raise InputError(f"--stale {quoted(told)}: write a share of the life between 0 and 1, such as 1/3, or off")
    return share


def _days(told: str) -> tuple[int, ...]:
    parts = [part.strip() for part in told.split(",")]
    days = tuple(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 6)
    if len(days) != len(parts) or sorted(set(days)) != list(days) or not 1 <= days[0] <= days[-1] <= LONGEST_WAIT:
        raise InputError(
            f"--repeat {quoted(told)}: write ascending numbers of days from 1 to {LONGEST_WAIT}, such as 1,3,7, or off"
        )
    return days


def read_weekly_told(told: str) -> Weekly:
    """A weekday and a time of day as people type them: ``mon@09:00``. Raises ``InputError``."""
    match = _WEEKLY(told.strip().lower())
    day = None if match is None or match[1][:3] not in WEEKDAYS else WEEKDAYS.index(match[1][:3])
    if match is None or day is None or not _FULL[day].startswith(match[1]):
        raise InputError(f"--weekly {quoted(told)}: write a weekday and a time of day, such as mon@09:00, or off")
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise InputError(f"--weekly {quoted(told)}: there is no such time of day; the last is 23:59")
    return Weekly(day, time(hour, minute))


_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekly_text(weekly: Weekly) -> str:
    return f"{WEEKDAYS[weekly.day]}@{weekly.at.isoformat('minutes')}"


def _facts(rules: Rules) -> dict[str, object]:
    """The rules as the journal keeps them."""
    return {
        "stale": None if rules.stale is None else str(rules.stale),
        "repeat": list(rules.repeat) or None,
        "weekly": None if rules.weekly is None else _weekly_text(rules.weekly),
        "zone": rules.zone,
    }
