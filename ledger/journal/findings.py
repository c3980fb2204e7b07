"""What verification says, and where in the chain it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.domain.instants import EARLIEST, LATEST, format_instant
from ledger.domain.text import quoted
from ledger.journal.canonical import is_canonical_object
from ledger.journal.chain import GENESIS, commit_text
from ledger.journal.entry import Sealed

_match_command = re.compile(r"[0-9a-f]{32}").fullmatch

_SHOWN = 40


def is_command(value: object) -> bool:
    """Whether ``value`` has the form of a command's id."""
    return isinstance(value, str) and _match_command(value) is not None


def is_committed(commitment: bytes, salt: bytes | None, text: str) -> bool:
    """Whether ``text`` is canonical, and what was committed to under ``salt``."""
    return salt is not None and commit_text(salt, text) == commitment and is_canonical_object(text)


class Finding(NamedTuple):
    """One thing that does not fit."""

    seq: int
    """The entry's number."""
    field: str
    """The column that was changed; "entry" for a whole one; "a or b" where nothing tells which."""
    problem: str

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"entry {self.seq}: {self.field} {self.problem}"
            if self.field != "entry"
            else f"entry {self.seq} {self.problem}"
        )


class Place(NamedTuple):
    """A place between two entries."""

    head: bytes
    """The head there."""
    seq: int
    """The number of the entry before it; 0 at the start."""
    last: Sealed | None
    """The entry before it as it was sealed; None at the start, and where that is not known."""
    before: bytes | None
    """The head before that entry, None where it is not known."""


START = Place(GENESIS, 0, None, None)


def difference(field: str, found: object, sealed: object) -> str:
    """A problem in words: what a column reads, and what was sealed."""
    if isinstance(found, str) and isinstance(sealed, str) and max(len(found), len(sealed)) > _SHOWN:
        start = max(0, _common(found, sealed) - _SHOWN // 2)
        found, sealed = found[start : start + _SHOWN], sealed[start : start + _SHOWN]
    return f"reads {shown(field, found)}, but {shown(field, sealed)} was sealed"


def shown(field: str, value: object) -> str:
    """The value of a column for people, in one short line."""
    if isinstance(value, bytes):
        return value.hex()[:16] + "…"
    if field == "recorded_at" and isinstance(value, int) and EARLIEST <= value <= LATEST:
        return format_instant(value)
    return quoted(value) if isinstance(value, str) else str(value)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
