"""Checkpoints: one line that pins a journal down to an entry, to be kept or posted elsewhere.

The chain alone cannot show that its tail was cut or its history written anew; a checkpoint kept where nobody
can change it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger.domain.instants import Instant, format_instant, parse_rfc3339
from ledger.domain.text import quoted
from ledger.errors import InputError, RefusedError
from ledger.journal.chain import VERSION, leaf_hash
from ledger.journal.entry import Sealed
from ledger.journal.findings import Finding, shown
from ledger.journal.links import UNREADABLE
from ledger.journal.merkle import MerkleTree

_LINE = re.compile(
    re.escape(VERSION) + r" checkpoint size=(?P<size>[1-9][0-9]{0,14})"
    r" head=(?P<head>[0-9a-f]{64}) root=(?P<root>[0-9a-f]{64}) at=(?P<at>\S{20,27})"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a journal after one of its entries."""

    size: int
    """The number of that entry, from 1."""
    head: bytes
    recorded_at: Instant
    """When that entry was recorded."""
    root: bytes
    """The Merkle root over the leaf hashes of all entries up to it."""

    def __str__(self) -> str:
        """The line to keep."""
        at = format_instant(self.recorded_at)
        return f"{VERSION} checkpoint size={self.size} head={self.head.hex()} root={self.root.hex()} at={at}"

    @classmethod
    def parse(cls, line: str) -> Checkpoint:
        """The checkpoint of a line, white space around it aside; InputError for any other line."""
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise InputError(f"{quoted(line)} is not a checkpoint: it begins with {VERSION} checkpoint size=")
        head, root = bytes.fromhex(match["head"]), bytes.fromhex(match["root"])
        return cls(int(match["size"]), head, parse_rfc3339(match["at"]), root)


class Witness:
    """Looks on while a journal is read, and compares it with checkpoints."""

    def __init__(self, checkpoints: Iterable[Checkpoint] = ()) -> None:
        """Hold ``checkpoints`` against the rows to come."""
        self._due = sorted(checkpoints, key=lambda each: each.size, reverse=True)
        self._tree = MerkleTree()
        self._last: Sealed | None = None
        self._findings: list[Finding] = []

    def watch(self, rows: Iterable[Sealed]) -> Iterator[Sealed]:
        """The same rows, each seen on its way."""
        for row in rows:
            self._tree.add(_leaf(row))
            self._last = row
            while self._due and self._due[-1].size <= row.seq:
                self._compare(self._due.pop(), row)
            yield row

    def checkpoint(self) -> Checkpoint:
        """The checkpoint of all that was seen; RefusedError when that is nothing."""
        if self._last is None:
            raise RefusedError("an empty journal has no checkpoint: record something first")
        return Checkpoint(self._last.seq, self._last.head, self._last.recorded_at, self._tree.root())

    def findings(self) -> list[Finding]:
        """What differs from the checkpoints, those beyond the end of the journal included."""
        size = self._last.seq if self._last else 0
        cut = [
            Finding(each.size, "entry", f"is missing: a checkpoint saw it, and the journal ends at entry {size}")
            for each in reversed(self._due)
        ]
        return self._findings + cut

    def _compare(self, due: Checkpoint, row: Sealed) -> None:
        seen = Checkpoint(row.seq, row.head, row.recorded_at, self._tree.root())
        for field in ("head", "root", "recorded_at"):
            was, is_now = getattr(due, field), getattr(seen, field)
            if was != is_now:
                problem = f"is {shown(field, is_now)}, and a checkpoint saw {shown(field, was)}"
                self._findings.append(Finding(due.size, field, problem))
                return


def _leaf(row: Sealed) -> bytes:
    """The leaf hash; of an entry that can have none, which verification names, nothing but zeros."""
    try:
        return leaf_hash(row)
    except UNREADABLE:
        return bytes(32)


def take_checkpoint(rows: Iterable[Sealed]) -> Checkpoint:
    """The checkpoint of a whole journal; RefusedError for an empty one."""
    witness = Witness()
    for _ in witness.watch(rows):
        pass
    return witness.checkpoint()
