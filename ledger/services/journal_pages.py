"""The journal a page at a time, as it came; read so that a damaged entry is shown, and hides no other."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ledger.domain.instants import Instant
from ledger.journal.chain import GENESIS
from ledger.journal.entry import Sealed
from ledger.services.entry_words import Names, field_words, what
from ledger.services.journal_line import EVERYTHING, Wanted
from ledger.storage.access import reading
from ledger.storage.cancelling import cancellable
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.reading.entries import (
    entries_among,
    entries_of_kind,
    forecasts_among,
    head_after,
    last_entry,
    names_among,
    title_of,
)  # fmt: skip
from ledger.storage.reading.pages import options_among

Asked = Callable[[], bool]
UNREADABLE = "cannot be read; verify says what differs"
MISSING = "missing"
"""The kind of a row that stands for an entry which is not there."""
_DAMAGE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Committed(StrEnum):
    """What the chain holds beside the facts."""

    NOTHING = "no words"
    WORDS = "words"
    REDACTED = "words redacted"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in the table; ``recorded_at`` in µs, ``None`` where it cannot be read. ``what`` is raw text."""

    number: int
    kind: str
    recorded_at: Instant | None
    question: int | None
    what: str
    committed: Committed


@dataclass(frozen=True, slots=True)
class Page:
    """Which entries there are, and the rows around one of them, which stands at ``place``."""

    numbers: Sequence[int]
    start: int
    rows: list[EntryRow]
    place: int
    entries: int
    """The number of the journal's last entry."""
    head: str | None


@dataclass(frozen=True, slots=True)
class EntryCard:
    """Everything of one entry; hashes in hexadecimal, facts and words as (name, value) in words."""

    row: EntryRow
    command: str
    position: int
    title: str | None
    """Of the question that it speaks of."""
    facts: list[tuple[str, str]]
    words: list[tuple[str, str]]
    commitment: str | None
    head: str
    previous: str


def page_around(
    location: Location, wanted: Wanted = EVERYTHING, around: int | None = None, *, block: int,
    cancelled: Asked | None = None,
) -> Page:  # fmt: skip
    """The rows around an entry, or at the journal's end, in whole blocks; raises ``Cancelled``."""
    with reading(location.place, any_text=True) as driver, cancellable(driver, cancelled):
        last = last_entry(driver)
        numbers = _numbers(driver, wanted, last)
        place = max(0, len(numbers) - 1 if around is None else min(bisect_left(numbers, around), len(numbers) - 1))
        start = max(0, place // block - 1) * block
        found = _rows(driver, numbers[start : start + 3 * block])
        head = head_after(driver, last)
    return Page(numbers, start, found, place, last, _hex(head))


def rows_of(location: Location, numbers: Sequence[int]) -> list[EntryRow]:
    """The rows of those entries; one that is not there has a row that says so."""
    with reading(location.place, any_text=True) as driver:
        return _rows(driver, numbers)


def entry_card(location: Location, number: int) -> EntryCard | None:
    """One entry with its place in the chain; ``None`` where it is not there."""
    with reading(location.place, any_text=True) as driver:
        entry = entries_among(driver, [number]).get(number)
        if entry is None:
            return None
        row = _rows(driver, [number])[0]
        title = None if row.question is None else title_of(driver, row.question)
        before = GENESIS if number == 1 else head_after(driver, number - 1)
        return EntryCard(
            row, str(entry.command), entry.position, title, _fields(entry.facts), _fields(entry.text),
            _hex(entry.commitment), _hex(entry.head) or "–", _hex(before) or "missing",
        )  # fmt: skip


def _numbers(driver: Driver, wanted: Wanted, last: int) -> Sequence[int]:
    if wanted.question is not None:
        from ledger.storage.projection.changes import entries_of_question

        numbers = entries_of_question(driver, wanted.question)
        if wanted.kind is None:
            return numbers
        return [number for number in numbers if _kind_of(driver, number) == wanted.kind]
    return range(1, last + 1) if wanted.kind is None else entries_of_kind(driver, wanted.kind)


def _kind_of(driver: Driver, number: int) -> str | None:
    return next((entry.kind for entry in entries_among(driver, [number]).values()), None)


def _rows(driver: Driver, numbers: Sequence[int]) -> list[EntryRow]:
    found = entries_among(driver, numbers)
    facts = {number: _decoded(entry.facts) for number, entry in found.items()}
    spoken = forecasts_among(driver, _numbers_in(facts, "forecast"))
    for one in facts.values():
        forecast = None if one is None else one.get("forecast")
        if one is not None and isinstance(forecast, int) and forecast in spoken:
            one["question"] = spoken[forecast]
    names = Names(
        names_among(driver, _numbers_in(facts, "forecaster")), options_among(driver, _numbers_in(facts, "question"))
    )
    return [_row(number, found.get(number), facts.get(number), names) for number in numbers]


def _numbers_in(facts: dict[int, dict[str, Any] | None], name: str) -> list[int]:
    named = {one.get(name) for one in facts.values() if one is not None}
    return [number for number in named if isinstance(number, int) and 0 < number < 2**62]


def _decoded(facts: object) -> dict[str, Any] | None:
    try:
        told = json.loads(str(facts))
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _row(number: int, entry: Sealed | None, facts: dict[str, Any] | None, names: Names) -> EntryRow:
    if entry is None:
        return EntryRow(number, MISSING, None, None, "there is no such entry", Committed.NOTHING)
    question = None if facts is None else facts.get("question")
    recorded_at: object = entry.recorded_at
    return EntryRow(
        number, str(entry.kind), recorded_at if isinstance(recorded_at, int) else None,
        question if isinstance(question, int) else None, _what(entry, facts, names), _committed(entry),
    )  # fmt: skip


def _what(entry: Sealed, facts: dict[str, Any] | None, names: Names) -> str:
    text = {} if entry.text is None else _decoded(entry.text)
    if facts is None or text is None:
        return UNREADABLE
    try:
        return what(entry.kind, facts, text, names)
    except _DAMAGE:
        return UNREADABLE


def _committed(entry: Sealed) -> Committed:
    if entry.commitment is None:
        return Committed.NOTHING
    return Committed.REDACTED if entry.text is None else Committed.WORDS


def _fields(told: str | None) -> list[tuple[str, str]]:
    if told is None:
        return []
    fields = _decoded(told)
    if fields is None:
        return [("damaged", str(told))]
    return [(name, field_words(name, value)) for name, value in fields.items()]


def _hex(value: object) -> str | None:
    return value.hex() if isinstance(value, bytes) else None if value is None else str(value)
