"""The hash chain: SHA-256 over the canonical bytes of each entry, and over the head before it.

::

    commitment = SHA-256(0x02 ‖ salt ‖ text)               salt: 32 random bytes; text: canonical JSON, UTF-8
    leaf       = SHA-256(0x00 ‖ "forecast-ledger/1" LF ‖ canonical JSON of the entry)
    head       = SHA-256(0x01 ‖ head before ‖ leaf)         before the first: SHA-256("forecast-ledger/1 genesis")

The leaf's object has the keys command, commitment (hexadecimal or null), facts, kind, position, recorded_at
(RFC 3339) and seq. The first byte keeps leaves, heads and commitments apart, as in RFC 6962, 2.1. The salt
hides a short text from whoever tries all likely ones; once salt and text are dropped the commitment says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256

from ledger.domain.instants import Instant, format_instant
from ledger.journal.entry import Draft, Entry, Sealed

VERSION = "forecast-ledger/1"
GENESIS = sha256(f"{VERSION} genesis".encode()).digest()
"""The head of an empty journal."""

SALT_BYTES = 32
_FIRST_SALTS, _MOST_SALTS = 8, 4096
_LEAF, NODE, TEXT = b"\x00", b"\x01", b"\x02"
LEAF_PREFIX = f'{_LEAF.decode()}{VERSION}\n{{"command":"'
"""What the bytes of every leaf begin with, as text."""


def leaf_bytes(entry: Entry | Sealed) -> bytes:
    """The canonical bytes of an entry; the same for its Entry and its Sealed form."""
    commitment = "null" if entry.commitment is None else f'"{entry.commitment.hex()}"'
    return (
        f'{LEAF_PREFIX}{entry.command}","commitment":{commitment},"facts":{entry.facts},"kind":"{entry.kind}"'
        f',"position":{entry.position},"recorded_at":"{format_instant(entry.recorded_at)}","seq":{entry.seq}}}'
    ).encode()


def leaf_hash(entry: Entry | Sealed) -> bytes:
    """The hash of the canonical bytes, which is also the entry's leaf in the Merkle tree of a checkpoint."""
    return sha256(leaf_bytes(entry)).digest()


def next_head(previous: bytes, leaf: bytes) -> bytes:
    """The head after a leaf."""
    return sha256(NODE + previous + leaf).digest()


def commit_text(salt: bytes, text: str) -> bytes:
    """The commitment to a text under its salt."""
    return sha256(TEXT + salt + text.encode()).digest()


def next_recorded_at(clock: Instant, last: Instant | None) -> tuple[Instant, bool]:
    """The time to record, never before the ``last`` entry's, and whether the clock stands before that."""
    if last is None or clock >= last:
        return clock, False
    return last, True


class Sealer:
    """Seals the drafts of one command onto a head, in the order given."""

    __slots__ = ("_closing", "_opening", "_position", "_salts", "command", "head", "recorded_at", "seq")

    def __init__(self, head: bytes, last_seq: int, command: str, recorded_at: Instant) -> None:
        """Go on from ``head``, that of entry ``last_seq`` (0 and GENESIS for an empty journal).

        ``command`` is the command's id (32 hexadecimal digits), ``recorded_at`` the time of all its entries.
        """
        self.head = head
        self.seq = last_seq
        self.command = command
        self.recorded_at = recorded_at
        self._position = -1
        self._salts = _salts()
        self._opening = f'{LEAF_PREFIX}{command}","commitment":'
        self._closing = f',"recorded_at":"{format_instant(recorded_at)}","seq":'

    def seal(self, draft: Draft) -> Sealed:
        """The entry of ``draft``; its facts and text are taken as canonical, as ``Draft.of`` makes them."""
        kind, facts, text = draft
        self.seq = seq = self.seq + 1
        self._position = position = self._position + 1
        salt = commitment = None
        shown = "null"
        if text is not None:
            salt = next(self._salts)
            commitment = sha256(TEXT + salt + text.encode()).digest()
            shown = f'"{commitment.hex()}"'
        leaf = (
            f'{self._opening}{shown},"facts":{facts},"kind":"{kind}","position":{position}{self._closing}{seq}}}'
        ).encode()
        self.head = head = sha256(NODE + self.head + sha256(leaf).digest()).digest()
        return Sealed(seq, self.command, position, kind, self.recorded_at, facts, commitment, head, salt, text)

    def seal_all(self, drafts: Iterable[Draft]) -> Iterator[Sealed]:
        """The entries of ``drafts``, one by one."""
        return map(self.seal, drafts)


def _salts() -> Iterator[bytes]:
    """Salts without end, drawn from the system by growing blocks: one at a time costs more than the hashing."""
    count = _FIRST_SALTS
    while True:
        block = os.urandom(SALT_BYTES * count)
        for start in range(0, len(block), SALT_BYTES):
            yield block[start : start + SALT_BYTES]
        count = min(2 * count, _MOST_SALTS)
