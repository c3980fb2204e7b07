"""What the rules of review look at, read from the book: the rules, and what they need of each unsettled question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from fractions import Fraction

from ledger.domain.instants import Instant
from ledger.domain.kinds import State
from ledger.domain.review_rules import WEEKDAYS, Rules, Said, Weekly
from ledger.domain.reviews import Asking, Occasion, Told, Why
from ledger.services.opening import Book
from ledger.storage.driver import Driver
from ledger.storage.reading import reminding as reads
from ledger.storage.reading.reminding import AskingRow, RulesRow


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The rules, the unsettled questions by number in the order of their deadlines, and what the rules need of them."""

    rules: Rules
    rows: Mapping[int, AskingRow]
    asking: list[Asking]
    now: Instant


def review_facts(book: Book) -> ReviewFacts:
    """Read them all."""
    driver = book.driver
    rules = rules_of(driver)
    rows = reads.asking(driver)
    updated = reads.updated(driver, book.now) if rules.stale is not None else {}
    put_off, reopened, days = reads.ever_put_off(driver), reads.reopened(driver), reads.look_again(driver)
    released = _Released(reads.conditions(driver), reads.outcomes_needed(driver))
    asking = [
        Asking(
            row.id, State.UNSETTLED, row.deadline, row.begun, updated.get(row.id), reopened.get(row.id),
            released.after(row), put_off.get(row.id), [at for at, _ in days.get(row.id, ())],
        )
        for row in rows
    ]  # fmt: skip
    return ReviewFacts(rules, {row.id: row for row in rows}, asking, book.now)


def rules_of(driver: Driver) -> Rules:
    """The rules in force: those recorded last, or the ones that hold unless told otherwise, in the user's own zone."""
    row = reads.rules(driver)
    if row is not None:
        return read_rules(row)
    from ledger.services.dates import default_zone

    return Rules(zone=default_zone().name)


def read_rules(row: RulesRow) -> Rules:
    """Rules as they were recorded."""
    stale = None if row.stale is None else Fraction(row.stale)
    repeat = () if row.repeat is None else tuple(json.loads(row.repeat))
    return Rules(stale, repeat, None if row.weekly is None else read_weekly(row.weekly), row.zone, row.recorded_at)


def read_weekly(told: str) -> Weekly:
    """A weekday and a time of day, such as ``mon@09:00``."""
    day, _, at = told.partition("@")
    return Weekly(WEEKDAYS.index(day), time.fromisoformat(at))


def told_by(driver: Driver, channel: str) -> Mapping[int, Told]:
    """What was announced through a channel, by question."""
    found: dict[int, dict[Occasion, Said]] = {}
    for question, why, at, first, last, times in reads.said(driver, channel):
        found.setdefault(question, {})[Occasion(Why(why), at)] = Said(first, last, times)
    return found


class _Released:
    """Since when the conditions of a question stand as it needs them."""

    def __init__(
        self, conditions: Mapping[int, tuple[int, str]], outcomes: Mapping[int, list[tuple[int, str | None]]]
    ) -> None:
        self._conditions, self._outcomes = conditions, outcomes

    def after(self, row: AskingRow) -> Instant | None:
        """Since when a question no longer waits, if it was recorded before that."""
        found, at, seen = row.recorded_at, row.id, {row.id}
        while at in self._conditions:
            at, outcome = self._conditions[at]
            if at in seen:
                break
            seen.add(at)
            found = max(found, self._since(at, outcome) or found)
        return found if found > row.recorded_at else None

    def _since(self, question: int, needed: str) -> Instant | None:
        since = None
        for recorded_at, outcome in reversed(self._outcomes.get(question, [])):
            if outcome != needed:
                break
            since = recorded_at
        return since
