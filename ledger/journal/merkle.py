"""The Merkle tree of RFC 6962, 2.1, over the leaf hashes of the entries: its root, and proofs of one entry.

A checkpoint that states the root lets one forecast be proved later, without showing the others: the entry, its
salt and text, and some twenty hashes for a million entries lead to the published root.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from ledger.errors import InputError
from ledger.journal.chain import NODE


class MerkleTree:
    """Grows leaf by leaf and keeps one hash for each bit of its size."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        """An empty tree."""
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Put a leaf hash (32 bytes) at the end."""
        peaks, full = self._peaks, self.size
        while full & 1:
            leaf = sha256(NODE + peaks.pop() + leaf).digest()
            full >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree; of an empty one, SHA-256 of nothing."""
        if not self._peaks:
            return sha256().digest()
        *lefts, node = self._peaks
        for left in reversed(lefts):
            node = sha256(NODE + left + node).digest()
        return node


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """What leads from one leaf to the root of a tree."""

    index: int
    """The leaf's place, from 0: the number of the entry less one."""
    size: int
    """The number of leaves."""
    path: tuple[bytes, ...]
    """The hashes of the neighbouring subtrees, from the leaf to the root (the audit path of RFC 6962, 2.1.1)."""

    def root(self, leaf: bytes) -> bytes:
        """The root to which ``leaf`` leads: the entry is proved when it is that of the checkpoint.

        Raises InputError when the path has not the length that the place and the size ask for.
        """
        spans = _neighbours(self.index, self.size)
        if len(spans) != len(self.path):
            raise InputError(f"a proof of entry {self.index + 1} of {self.size} takes {len(spans)} hashes")
        for (start, _), other in zip(spans, self.path, strict=True):
            leaf = sha256(NODE + (other + leaf if start < self.index else leaf + other)).digest()
        return leaf


def prove(leaves: Iterable[bytes], index: int, size: int) -> InclusionProof:
    """The proof that the leaf at ``index`` (from 0) is among the first ``size`` of ``leaves``, in one pass.

    Raises InputError when there is no such leaf.
    """
    spans = _neighbours(index, size)
    trees = [MerkleTree() for _ in spans]
    by_start = sorted(zip(spans, trees, strict=True), key=lambda each: each[0], reverse=True)
    count = 0
    for place, leaf in enumerate(islice(leaves, size)):
        count += 1
        while by_start and place >= by_start[-1][0][1]:
            by_start.pop()
        if by_start and place >= by_start[-1][0][0]:
            by_start[-1][1].add(leaf)
    if count < size:
        raise InputError(f"the journal has fewer than {size} entries")
    return InclusionProof(index, size, tuple(tree.root() for tree in trees))


def _neighbours(index: int, size: int) -> list[tuple[int, int]]:
    """The spans of leaves (first, end) of the subtrees beside the way from a leaf to the root."""
    if not 0 <= index < size:
        raise InputError(f"entry {index + 1} is not among the first {size}")
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]
