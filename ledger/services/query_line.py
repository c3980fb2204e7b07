"""The filter line: ``tag:ukraine status:due by:2025-02 "free text"``, the command line's own filters in one line."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant, format_instant, to_datetime
from ledger.domain.kinds import Status, TimingClass
from ledger.domain.moments import Moment, parse_moment, zone_named
from ledger.domain.text import quoted
from ledger.domain.words import clean_input, did_you_mean
from ledger.errors import InputError
from ledger.services.bounds import first_of, last_of
from ledger.services.query_completion import Suggestion, complete
from ledger.services.query_words import FIELDS, Word, in_quotes, words, written

__all__ = ["Suggestion", "complete", "read_query", "write_query"]

_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
Choice = TypeVar("Choice", bound=StrEnum)


def read_query(line: str, *, zone: str, now: datetime) -> Filters:
    """The filters that ``line`` asks for; what names no field is searched for as it stands, joined by spaces.

    ``by`` is ``until``. Days, months and years are read in ``zone``, words such as "yesterday" from ``now`` (aware); a
    month or a year bounds at its beginning or its end. Raises ``InputError`` that names the word and its place.
    """
    read = _Reading(zone, now)
    for word in words(line):
        try:
            read.take(word)
        except InputError as problem:
            raise InputError(f"{_told(word)} (character {word.start + 1}) {problem}") from None
    return read.filters()


def _told(word: Word) -> str:
    return quoted(word.value) if word.field is None else f"{word.field}:{quoted(word.value)}"


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    zone: str
    now: datetime
    status: list[Status] = field(default_factory=list)
    classes: list[TimingClass] = field(default_factory=list)
    named: dict[str, list[str]] = field(default_factory=dict)
    bounds: dict[str, Instant] = field(default_factory=dict)
    search: list[str] = field(default_factory=list)

    def take(self, word: Word) -> None:
        if word.field is None or word.field not in FIELDS:
            self._sought(word)
        elif not word.value and not word.quoted:
            raise InputError(f"is not finished: behind the colon stands {FIELDS[word.field]}")
        elif word.field == "status":
            self.status.append(_choice(Status, word.value))
        elif word.field == "class":
            self.classes.append(_choice(TimingClass, word.value))
        elif word.field in {"since", "until", "by"}:
            self._bounded("since" if word.field == "since" else "until", word.value)
        else:
            self.named.setdefault(word.field, []).append(clean_input(word.value, "cannot be read"))

    def _sought(self, word: Word) -> None:
        """Free text; a name that only resembles a field's was probably meant as one."""
        if word.field is not None and (meant := did_you_mean(word.field, FIELDS)):
            raise InputError(f"names no filter{meant} To search for the words, put them in quotes")
        text = word.value if word.field is None else f"{word.field}:{word.value}"
        clean_input(text, "cannot be read")
        self.search.append(unicodedata.normalize("NFC", text))

    def _bounded(self, bound: str, value: str) -> None:
        if bound in self.bounds:
            raise InputError("comes after another bound of the same end: leave one out")
        self.bounds[bound] = _bound(value, self.zone, self.now, first=bound == "since")

    def filters(self) -> Filters:
        told = {name: tuple(dict.fromkeys(values)) for name, values in self.named.items()}
        return Filters(
            status=tuple(dict.fromkeys(self.status)), classes=tuple(dict.fromkeys(self.classes)),
            tags=told.get("tag", ()), forecasters=told.get("forecaster", ()), sources=told.get("source", ()),
            since=self.bounds.get("since"), until=self.bounds.get("until"), search=" ".join(self.search) or None,
        )  # fmt: skip


def _choice(choices: type[Choice], value: str) -> Choice:
    try:
        return choices(value.lower())
    except ValueError:
        names = [one.value for one in choices]
        raise InputError(f"is none of: {', '.join(names)}{did_you_mean(value.lower(), names)}") from None


def _bound(value: str, zone: str, now: datetime, *, first: bool) -> Instant:
    from ledger.services.dates import read_moment

    try:
        moment = _of_month(value, zone, first=first) or read_moment(value, zone=zone, clock_now=now)
    except InputError as problem:
        raise InputError(str(problem).removeprefix(f"{quoted(value)} ")) from None
    return first_of(moment) if first else last_of(moment)


def _of_month(value: str, zone: str, *, first: bool) -> Moment | None:
    """The first or the last day of ``2025-02`` or ``2025``; nothing where something else is told."""
    match = _MONTH.fullmatch(value)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or (1 if first else 12))
    if not (year and 1 <= month <= 12):
        raise InputError("names a month that does not exist")
    return parse_moment(date(year, month, 1 if first else calendar.monthrange(year, month)[1]).isoformat(), zone)


def write_query(filters: Filters, zone: str) -> str:
    """A line that :func:`read_query` reads in the same ``zone`` as ``filters``."""
    return " ".join(_parts(filters, zone))


def _parts(filters: Filters, zone: str) -> Iterator[str]:
    yield from (f"status:{one}" for one in filters.status)
    for name, values in (("tag", filters.tags), ("forecaster", filters.forecasters), ("source", filters.sources)):
        yield from (f"{name}:{written(value)}" for value in values)
    yield from (f"class:{one}" for one in filters.classes)
    if filters.since is not None:
        yield f"since:{_day(filters.since, zone, first_of) or format_instant(filters.since)}"
    if filters.until is not None:
        yield f"by:{_day(filters.until, zone, last_of) or format_instant(filters.until)}"
    if filters.search:
        plain = all(written(part) == part for part in filters.search.split(" "))
        yield filters.search if plain else in_quotes(filters.search)


def _day(bound: Instant, zone: str, edge: Callable[[Moment], Instant]) -> str | None:
    """The plain day in ``zone`` whose ``edge`` is ``bound``, if one is."""
    try:
        told = to_datetime(bound).astimezone(zone_named(zone)).date().isoformat()
        return told if edge(parse_moment(told, zone)) == bound else None
    except (InputError, OverflowError):  # at either end of time
        return None
