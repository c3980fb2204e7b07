"""What may come next in a filter line: fields, their values, and names from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.domain.kinds import Status, TimingClass
from ledger.domain.text import safe_text
from ledger.services.opening import Book
from ledger.services.query_words import FIELDS, Word, words, written
from ledger.storage.reading.suggesting import forecasters_like, sources_like, tags_like

MOST = 8
LONGEST = 200
_CHOICES: dict[str, dict[str, str]] = {
    "status": {
        Status.OPEN: "the deadline is ahead",
        Status.WAITING: "for its condition",
        Status.DUE: "the deadline has passed, and there is no outcome yet",
        Status.RESOLVED: "with an outcome",
        Status.VOID: "out of the count",
    },
    "class": {
        TimingClass.PROVEN: "shown by an outside proof",
        TimingClass.RECORDED: "seen by our own clock",
        TimingClass.IMPORTED: "at a claimed time",
        TimingClass.LATE: "after the close",
    },
}
_NAMES = {"tag": tags_like, "forecaster": forecasters_like, "source": sources_like}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line as it would read, where the cursor would stand in it, and what the new word means. Raw text."""

    line: str
    cursor: int
    meaning: str


def complete(book: Book, line: str, cursor: int) -> list[Suggestion]:
    """At most 8 ways to go on with the word at ``cursor`` (a place from 0), names from the ledger among them.

    Names that hold controls or invisible characters are not offered: they cannot be typed in a line.
    """
    word = next((one for one in words(line) if one.start <= cursor <= one.end), Word(cursor, cursor, None, "", False))
    typed = next(words(line[word.start : cursor]), Word(0, 0, None, "", False))
    offered: dict[str, str] = {}
    for told, meaning in _offered(book, typed):
        if told != line[word.start : word.end]:
            offered.setdefault(told, meaning)
        if len(offered) == MOST:
            break
    return [
        Suggestion(line[: word.start] + told + line[word.end :], word.start + len(told), meaning)
        for told, meaning in offered.items()
    ]


def _offered(book: Book, typed: Word) -> Iterator[tuple[str, str]]:
    if typed.field in FIELDS:
        yield from _values(book, typed.field, typed.value)
    elif typed.field is None and not typed.quoted:
        yield from _fields(typed.value.lower())
        if typed.value:
            for name in ("status", "class", "tag", "forecaster"):
                yield from _values(book, name, typed.value)


def _fields(beginning: str) -> Iterator[tuple[str, str]]:
    for name, meaning in FIELDS.items():
        if name.startswith(beginning) and not (name == "until" and not beginning):
            yield f"{name}:", meaning


def _values(book: Book, name: str, beginning: str) -> Iterator[tuple[str, str]]:
    if name in _NAMES and len(beginning) <= LONGEST and _is_clean(beginning):
        found = _NAMES[name](book.driver, beginning, MOST)
        yield from ((f"{name}:{written(told)}", name) for told in found if _is_clean(told))
    for choice, meaning in _CHOICES.get(name, {}).items():
        if choice.startswith(beginning.lower()):
            yield f"{name}:{choice}", meaning


def _is_clean(text: str) -> bool:
    return safe_text(text) == text
