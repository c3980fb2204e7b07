"""Whether one entry follows from another, also where their columns hold what they never should."""

from __future__ import annotations

from ledger.journal.chain import leaf_hash, next_head
from ledger.journal.entry import Sealed

UNREADABLE = (TypeError, ValueError, AttributeError, OverflowError)
"""What a value of the wrong type, or out of all bounds, raises on the way into a hash."""


def recomputed(head: bytes, row: Sealed) -> bytes | None:
    """The head after ``row``, going on from ``head``; None where a column cannot be read at all."""
    try:
        return next_head(head, leaf_hash(row))
    except UNREADABLE:
        return None


def follows(head: bytes, row: Sealed) -> bool:
    """Whether the stored head of ``row`` is the one that ``head`` and its content give."""
    after = recomputed(head, row)
    return after is not None and after == row.head


def stored_head(row: Sealed, otherwise: bytes) -> bytes:
    """The stored head of ``row`` where it can be gone on from, else ``otherwise``."""
    return row.head if _is_octets(row.head) else otherwise


def is_whole(value: object) -> bool:
    """Whether a column that should hold a whole number does."""
    return isinstance(value, int)


def swapped(head: bytes, first: Sealed, second: Sealed) -> bool:
    """Whether the two entries found after ``head`` follow from it in the other order."""
    earlier, later = second._replace(seq=first.seq), first._replace(seq=first.seq + 1)
    return follows(head, earlier) and follows(earlier.head, later)


def is_nearly(head: bytes, stored: object) -> bool:
    """Whether ``stored`` is ``head`` with at most two bytes changed, or no head at all.

    Of two unrelated hashes, fewer than one pair in 10**60 agrees in thirty bytes.
    """
    if not isinstance(stored, bytes) or len(stored) != len(head):
        return True
    return sum(a != b for a, b in zip(head, stored, strict=True)) <= 2


def _is_octets(value: object) -> bool:
    return isinstance(value, bytes)
