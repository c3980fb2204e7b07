"""What stands in the journal: one command writes one or more entries, numbered from 1 without a gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.errors import InputError
from ledger.journal.canonical import canonical_json

KINDS = (
    "forecaster",
    "source",
    "question",
    "forecast",
    "withdraw",
    "correct",
    "resolve",
    "void",
    "reopen",
    "edit",
    "snooze",
    "look_again",
    "review_rules",
    "announced",
    "redact",
)


class Draft(NamedTuple):
    """An entry before it is sealed; ``facts`` and ``text`` are canonical JSON objects.

    Facts are hashed into the chain as they are. Text (titles, names, notes, addresses) is hashed under a salt,
    and can be dropped later without a change to the chain; None when there is none.
    """

    kind: str
    facts: str
    text: str | None = None

    @classmethod
    def of(cls, kind: str, facts: Mapping[str, object], text: Mapping[str, object] | None = None) -> Draft:
        """A draft from mappings; keys whose value is None are left out, and a text of nothing is None.

        Raises InputError for an unknown kind and for what ``canonical_json`` refuses.
        """
        if kind not in KINDS:
            raise InputError(f"unknown kind of entry {kind!r}: one of {', '.join(KINDS)}")
        kept = _without_none(text or {})
        return cls(kind, canonical_json(_without_none(facts)), canonical_json(kept) if kept else None)


class Entry(NamedTuple):
    """What the chain commits to: place, command, kind, time, facts, and the commitment to the text."""

    seq: int
    """The entry's number, from 1."""
    command: str
    """The id of the command that wrote it: a UUID made by the client, as 32 hexadecimal digits."""
    position: int
    """Its place among the entries of that command, from 0."""
    kind: str
    recorded_at: int
    """When our clock saw it: microseconds since 1970-01-01 UTC."""
    facts: str
    commitment: bytes | None
    """SHA-256 over salt and text, 32 bytes; None for an entry without text."""


class Sealed(NamedTuple):
    """An entry with its head, and beside the chain the salt and the text (both None once redacted)."""

    seq: int
    command: str
    position: int
    kind: str
    recorded_at: int
    facts: str
    commitment: bytes | None
    head: bytes
    salt: bytes | None
    text: str | None

    @property
    def entry(self) -> Entry:
        """The part that the chain commits to."""
        return Entry(*self[:7])


def _without_none(mapping: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in mapping.items() if value is not None}
