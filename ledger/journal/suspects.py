"""What can be said of a single entry, whether or not it fits the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.errors import InputError
from ledger.journal.canonical import is_canonical_object, read_canonical_object
from ledger.journal.chain import SALT_BYTES, commit_text
from ledger.journal.entry import KINDS, Sealed
from ledger.journal.findings import Place, difference, is_command, is_committed, shown
from ledger.journal.links import UNREADABLE, is_whole
from ledger.journal.repair import texts_like

Fault = tuple[str, str]
"""A column, and what is wrong with it."""


def own_faults(row: Sealed, place: Place) -> Iterator[Fault]:
    """What is wrong with an entry that was sealed as it stands, at ``place``."""
    last, due = place.last, _due_position(row, place)
    if row.kind not in KINDS:
        yield "kind", f"{shown('kind', row.kind)} is not known"
    if not is_command(row.command):
        yield "command", f"{shown('command', row.command)} is not an id of 32 hexadecimal digits"
    if row.position != due and (last is not None or place.seq == 0):
        yield "position", f"is {row.position} where {due} is due"
    if last is not None and row.recorded_at < last.recorded_at:
        yield "recorded_at", "is before that of the entry before it"
    if not is_canonical_object(row.facts):
        yield "facts", "are not a canonical JSON object"


def with_position(row: Sealed, place: Place) -> Sealed:
    """The entry, with the position that is due where its own is not even a number."""
    return row if is_whole(row.position) else row._replace(position=_due_position(row, place))


def _due_position(row: Sealed, place: Place) -> int:
    last = place.last
    return last.position + 1 if last is not None and last.command == row.command else 0


def suspect_columns(row: Sealed, following: Sealed | None, last: Sealed | None) -> str:
    """The columns of an entry that does not fit, as closely as they can be told: "facts", "facts or command"."""
    if not is_canonical_object(row.facts):
        return "facts"
    if not is_command(row.command):
        return "command"
    if row.kind not in KINDS:
        return "kind"
    times = [each.recorded_at for each in (last, row, following) if each is not None]
    if not all(isinstance(time, int) for time in times) or times != sorted(times):
        return "recorded_at"
    return "facts, command, recorded_at or head" if following is None else "facts, command or recorded_at"


def is_redacted(row: Sealed) -> bool:
    """Whether a text was sealed, and neither it nor its salt is there."""
    return row.commitment is not None and row.salt is None and row.text is None


def named_by(row: Sealed) -> list[int]:
    """The entries that ``row`` names, when it is a redaction."""
    if row.kind != "redact":
        return []
    try:
        entries = read_canonical_object(row.facts).get("entries")
    except (InputError, *UNREADABLE):
        return []
    return [each for each in entries if isinstance(each, int)] if isinstance(entries, list) else []


def text_fault(row: Sealed, hints: Mapping[str, Any], *, search: bool) -> Fault | None:
    """What is wrong with the salt or the text of an entry that is not redacted; None when both are sound."""
    if row.commitment is None:
        return None if row.salt is None and row.text is None else ("text", "stands where none was sealed")
    if row.text is None:
        return "text", "is missing, though its salt is there"
    if not isinstance(row.salt, bytes) or len(row.salt) != SALT_BYTES:
        return "salt", "is missing" if row.salt is None else f"is not of {SALT_BYTES} bytes"
    try:
        if is_committed(row.commitment, row.salt, row.text):
            return None
    except UNREADABLE:
        return "text", "is not text that UTF-8 can hold"
    return _changed_text(row.commitment, row.salt, row.text, hints, search)


def _changed_text(commitment: bytes, salt: bytes, text: str, hints: Mapping[str, Any], search: bool) -> Fault:
    hinted = hints.get("text")
    if isinstance(hinted, str) and commit_text(salt, hinted) == commitment:
        return "text", difference("text", text, hinted)
    for column, its_salt, its_text in texts_like(salt, text) if search else ():
        if commit_text(its_salt, its_text) == commitment:
            return column, difference(column, *((text, its_text) if column == "text" else (salt, its_salt)))
    if not is_canonical_object(text):
        return "text", "is not a canonical JSON object"
    return "salt or text", "does not fit the commitment"
