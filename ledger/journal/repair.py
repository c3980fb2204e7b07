"""What a damaged entry may have been: candidates, each of which a hash then confirms or rules out.

A candidate that reproduces a stored hash is proof of what stood there, so trying many does no harm. Beside
what the neighbours and the book suggest, every change of one character is undone by trial: some ten thousand
hashes, a fraction of a second.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from ledger.journal.chain import commit_text
from ledger.journal.entry import KINDS, Sealed

Hints: TypeAlias = Callable[[int], Mapping[str, Any]]
"""What another place (the book) holds for an entry: candidates by the name of the column."""

LONGEST_SEARCHED = 2000
"""Characters of a text up to which a changed one is searched for."""

_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


def candidates(
    row: Sealed, last: Sealed | None, following: Sealed | None, hints: Mapping[str, Any]
) -> Iterator[tuple[str, Sealed]]:
    """The entries that ``row`` may have been but for one column, likely ones first: (column, entry)."""
    for column, value in hints.items():
        if column in Sealed._fields[:7]:
            yield column, row._replace(**{column: value})
    for near in (last, following):
        if near is not None:
            yield "command", row._replace(command=near.command)
            yield "recorded_at", row._replace(recorded_at=near.recorded_at)
    for kind in KINDS:
        yield "kind", row._replace(kind=kind)
    for commitment in _commitments(row):
        yield "commitment", row._replace(commitment=commitment)
    for position in _positions(row, last, following):
        yield "position", row._replace(position=position)
    yield from _edited(row)


def texts_like(salt: bytes, text: str) -> Iterator[tuple[str, bytes, str]]:
    """What salt and text may have been but for one character or byte: (column, salt, text)."""
    for edited in edits(text, _PRINTABLE):
        yield "text", salt, edited
    for other in octet_edits(salt):
        yield "salt", other, text


def edits(text: str, alphabet: str) -> Iterator[str]:
    """Every text that differs from ``text`` by one character replaced, taken out or put in."""
    if len(text) > LONGEST_SEARCHED:
        return
    for place in range(len(text) + 1):
        before, after = text[:place], text[place + 1 :]
        if place < len(text):
            yield before + after
        for character in alphabet:
            yield before + character + text[place:]
            if place < len(text):
                yield before + character + after


def octet_edits(data: bytes) -> Iterator[bytes]:
    """Every string of bytes that differs from ``data`` in one of them."""
    for place in range(len(data)):
        for octet in range(256):
            yield data[:place] + bytes([octet]) + data[place + 1 :]


def number_edits(number: object) -> Iterator[int]:
    """Every number that differs from ``number`` in one decimal digit, or in one byte of its 64 bits."""
    for digits in edits(str(number), string.digits):
        if digits.isdecimal():
            yield int(digits)
    if isinstance(number, int):
        for shift in range(0, 64, 8):
            rest = number & ~(0xFF << shift)
            yield from (rest | octet << shift for octet in range(256))


def _commitments(row: Sealed) -> Iterator[bytes | None]:
    yield None
    if isinstance(row.salt, bytes) and isinstance(row.text, str):
        yield commit_text(row.salt, row.text)


def _positions(row: Sealed, last: Sealed | None, following: Sealed | None) -> Iterator[int]:
    yield 0
    if last is not None:
        yield last.position + 1
    if following is not None and isinstance(following.position, int):
        yield following.position - 1


def _edited(row: Sealed) -> Iterator[tuple[str, Sealed]]:
    for command in edits(str(row.command), string.hexdigits[:16]):
        yield "command", row._replace(command=command)
    for instant in number_edits(row.recorded_at):
        yield "recorded_at", row._replace(recorded_at=instant)
    for position in number_edits(row.position):
        yield "position", row._replace(position=position)
    if isinstance(row.commitment, bytes):
        for commitment in octet_edits(row.commitment):
            yield "commitment", row._replace(commitment=commitment)
    for facts in edits(str(row.facts), _PRINTABLE):
        yield "facts", row._replace(facts=facts)
