"""The journal's entries as they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ledger.domain.instants import Instant, format_instant
from ledger.journal.entry import Sealed
from ledger.services.browse_views import Data
from ledger.services.opening import Book
from ledger.storage.journal_rows import read_entries, stream_entries


@dataclass(frozen=True, slots=True)
class JournalView:
    """One entry; ``facts`` and ``text`` are JSON objects."""

    seq: int
    command: str
    position: int
    kind: str
    recorded_at: Instant
    facts: Data
    text: Data | None
    redacted: bool
    head: str

    def as_data(self) -> Data:
        """For JSON."""
        return {
            "seq": self.seq, "kind": self.kind, "recorded_at": format_instant(self.recorded_at),
            "command": self.command, "position": self.position, "facts": self.facts, "text": self.text,
            "redacted": self.redacted, "head": self.head,
        }  # fmt: skip


def journal_views(book: Book, after: int, limit: int | None) -> Iterator[JournalView]:
    """The entries after one, in order, at most ``limit``."""
    return map(_view, islice(stream_entries(book.journal, until=book.last_entry, after=after), limit))


def head_of(book: Book) -> str | None:
    """The chain's head after the last entry that the book knows, in hexadecimal."""
    return next((entry.head.hex() for entry in read_entries(book.journal, [book.last_entry])), None)


def _view(entry: Sealed) -> JournalView:
    text = None if entry.text is None else json.loads(entry.text)
    return JournalView(
        entry.seq, entry.command, entry.position, entry.kind, entry.recorded_at, json.loads(entry.facts), text,
        entry.commitment is not None and entry.text is None, bytes(entry.head).hex(),
    )  # fmt: skip
