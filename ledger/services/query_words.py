"""A filter line cut into words: quotes hold words together, and a field's name stands before a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FIELDS = {
    "status": "how the question stands",
    "tag": "a tag of the question",
    "forecaster": "who stated a forecast",
    "source": "author, title, publisher or URL of the source",
    "class": "the timing class",
    "by": "deadlines up to this day, month or year",
    "since": "deadlines from this day, month or year on",
    "until": "deadlines up to this day, month or year",
}
"""The fields of a line, and what stands behind each one's colon."""

_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.|\\$)*)("|$)', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_PLAIN = re.compile(r'[^\s":\\]+')


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, and where it stands (from 0, the end not included)."""

    start: int
    end: int
    field: str | None
    """What stands before the colon, in small letters; ``None`` in quotes, and where there is no colon."""
    value: str
    """What stands behind it, or the whole word, without its quotes."""
    quoted: bool


def words(line: str) -> Iterator[Word]:
    """The words of ``line``; a quote that is not closed reaches to its end.

    A quote begins a word, or the value of a field; anywhere else it is a sign like any other. Inside quotes ``\\"`` is
    a quote and ``\\\\`` a backslash.
    """
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        word = _word(line, at)
        yield word
        at = word.end


def _word(line: str, start: int) -> Word:
    named = _FIELD.match(line, start)
    field, at = (named[1].lower(), named.end()) if named else (None, start)
    if match := _QUOTED.match(line, at):
        return Word(start, match.end(), field, _ESCAPED.sub(r"\1", match[1]), quoted=True)
    end = next((place for place in range(at, len(line)) if line[place].isspace()), len(line))
    return Word(start, end, field, line[at:end], quoted=False)


def written(value: str) -> str:
    """``value`` as a line holds it: in quotes where it would not be one plain word otherwise."""
    return value if _PLAIN.fullmatch(value) else in_quotes(value)


def in_quotes(value: str) -> str:
    """``value`` between quotes."""
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
