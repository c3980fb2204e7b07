"""A sieve: which groups of texts can hold a given one, without reading them.

Of a group of texts it keeps, by a hash of 13 bits, which runs of three bytes occur in them (Bloom 1970, Communications
of the ACM 13:422, with one hash). A text all of whose runs occur may be in the group, any other is not. ASCII letters
of either case count as the same, as they do to SQL's LIKE.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard
from zlib import crc32

RUN = 3
"""Bytes of a run; a text of fewer has none, so that it may be in every group."""
SHARING = 128
"""So many questions, in the order of their numbers, share a sieve: part 1 has the numbers 1 to 128."""
BITS = 8192
"""Bits of a sieve. Questions of ``nfl_elo``, ``fte_big`` and ``replication_markets`` set 5 to 13 in 100 of them."""

Wanted = tuple[tuple[int, int], ...]
"""Octets of a sieve, each with the bits that must be set in it."""


def part_of(question: int) -> int:
    """The part that a question's words belong to."""
    return (question - 1) // SHARING + 1


def numbers_of(part: int) -> tuple[int, int]:
    """The first and the last number of a part."""
    return (part - 1) * SHARING + 1, part * SHARING


def sieve_of(texts: Iterable[str]) -> bytes:
    """The sieve of a group of texts: ``BITS`` bits, a set one where a run of three bytes with that hash occurs."""
    return bytes(_bits(set().union(*map(_runs, texts))))


def is_sieve(stored: object) -> TypeGuard[bytes]:
    """Whether what a store holds is a sieve at all; anything else says nothing."""
    return isinstance(stored, bytes) and len(stored) == BITS // 8


def together(one: bytes, other: bytes) -> bytes:
    """The sieve of the texts of both groups."""
    return bytes(ours | theirs for ours, theirs in zip(one, other, strict=True))


def wanted_of(text: str) -> Wanted | None:
    """What a sieve must have for ``text`` to be in its group; ``None`` where that says nothing."""
    runs = _runs(text)
    if not runs or "\0" in text:  # a text that ends, for the store, before its end
        return None
    return tuple((octet, bits) for octet, bits in enumerate(_bits(runs)) if bits)


def may_hold(sieve: bytes, wanted: Wanted) -> bool:
    """Whether a sieve has all bits that are ``wanted``."""
    for octet, bits in wanted:  # noqa: SIM110 - in half the time of all()
        if sieve[octet] & bits != bits:
            return False
    return True


def _runs(text: str) -> set[bytes]:
    said = text.encode("utf-8", "surrogatepass").lower()
    return {said[at : at + RUN] for at in range(len(said) - RUN + 1)}


def _bits(runs: Iterable[bytes]) -> bytearray:
    kept = bytearray(BITS // 8)
    for run in runs:
        place = crc32(run) % BITS
        kept[place >> 3] |= 1 << (place & 7)
    return kept
