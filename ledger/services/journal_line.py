"""The line above the journal: an entry's number to go to, or a kind and a question to narrow it by."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.journal.entry import KINDS

_ENTRY = re.compile(r"[0-9]{1,15}").fullmatch
_QUESTION = re.compile(r"(?:#|question:#?)([0-9]{1,15})", re.IGNORECASE).fullmatch


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; ``entry`` is where to go among them."""

    entry: int | None = None
    kind: str | None = None
    question: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves entries out."""
        return self.kind is not None or self.question is not None


EVERYTHING = Wanted()


def read_line(line: str) -> Wanted:
    """``412``, ``kind:resolve``, ``resolve``, ``#3``, ``question:3``, and more than one of them with spaces between.

    Raises InputError for anything else.
    """
    wanted = EVERYTHING
    for word in line.split():
        wanted = _with(wanted, word)
    return wanted


def _with(wanted: Wanted, word: str) -> Wanted:
    if _ENTRY(word):
        return replace(wanted, entry=int(word))
    if match := _QUESTION(word):
        return replace(wanted, question=int(match[1]))
    kind = word.lower().removeprefix("kind:")
    if kind in KINDS:
        return replace(wanted, kind=kind)
    near = did_you_mean(kind, KINDS) or f"; kinds are {', '.join(KINDS)}"
    raise InputError(f"{quoted(word, limit=30)} is neither an entry's number, a question (#3), nor a kind{near}")


def completed(line: str) -> str | None:
    """The line with its last word completed to a kind, or nothing."""
    head, _, word = line.rpartition(" ")
    stem = word.removeprefix("kind:")
    if not stem or not stem.isidentifier():
        return None
    found = min((kind for kind in KINDS if kind.startswith(stem) and kind != stem), key=len, default=None)
    return None if found is None else f"{head}{' ' if head else ''}{word}{found[len(stem) :]}"
