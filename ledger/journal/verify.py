"""Verification of the chain: one pass over the entries, in order, that names what does not fit.

The pass is quick while all is sound; at an entry that is not, an Examiner finds out which of its columns was
changed, and the pass goes on, so that every damaged entry is named. What no chain can show by itself, a cut
tail or a history written anew, is for a checkpoint kept elsewhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import TypeAlias

from ledger.domain.instants import EARLIEST, Instant, format_instant
from ledger.journal.canonical import is_canonical_object
from ledger.journal.chain import LEAF_PREFIX, NODE
from ledger.journal.diagnosis import Examiner
from ledger.journal.entry import KINDS, Sealed
from ledger.journal.findings import START, Finding, Place, is_command, is_committed
from ledger.journal.links import UNREADABLE
from ledger.journal.notes import Notes
from ledger.journal.repair import Hints

Row: TypeAlias = "Sealed | tuple[int, str, int, str, int, str, bytes | None, bytes, bytes | None, str | None]"
"""The columns of Sealed, in its order."""

_KINDS = frozenset(KINDS)


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What a pass over the chain found."""

    size: int
    """The number of the last entry; 0 for an empty journal."""
    head: bytes
    recorded_at: Instant | None
    """When the last entry was recorded; None for an empty journal."""
    findings: tuple[Finding, ...]
    more: int
    """How many findings there were beyond those kept."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_chain(rows: Iterable[Row], *, hints: Hints | None = None, limit: int = 20) -> ChainVerdict:
    """Check all entries of a journal, given in the order of their numbers.

    Checked are: numbers without a gap, positions within each command, times that never run backwards, known
    kinds, canonical facts and texts, each text against its commitment, each missing text against a later
    redaction, and every head. ``hints`` may tell what another place holds for a damaged entry; ``limit`` is
    the number of findings kept, the rest is counted.
    """
    walk = _Walk(rows, Notes(hints, limit))
    while True:
        deque(walk.sound(), maxlen=0)
        if not walk.examine():
            return walk.verdict()


def unbroken(rows: Iterable[Row], refuse: Callable[[int, Finding], Exception]) -> Iterator[Row]:
    """The same entries, as long as they are sound; the checks are those of ``check_chain``.

    At the first that is not, ``refuse`` is given its place among the rows (from 1) and what is wrong, and
    what it answers is raised; so it is at the end, of the last row, when a text is missing.
    """
    walk, count = _Walk(rows, Notes(None, 1)), 0
    for row in walk.sound():
        count += 1
        yield row
    count += walk.examine()
    for finding in walk.verdict().findings:
        raise refuse(count, finding)


class _Walk:
    def __init__(self, rows: Iterable[Row], notes: Notes) -> None:
        self.place = START
        self._stream = iter(rows)
        self._waiting: list[Row] = []
        self._suspect: Sealed | None = None
        self._notes = notes

    def examine(self) -> bool:
        """Examine the entry that ``sound`` stopped at, together with the next; whether there was one."""
        if self._suspect is None:
            return False
        following = next(self._stream, None)
        self._waiting = [] if following is None else [following]
        self.place, took_both = Examiner(self._notes).judge(self._suspect, following and Sealed(*following), self.place)
        if took_both:
            self._waiting = []
        return True

    def verdict(self) -> ChainVerdict:
        """What was found, at the end."""
        head, size, last, _ = self._notes.close(self.place)
        findings = tuple(sorted(self._notes.findings))
        return ChainVerdict(size, head, last and last.recorded_at, findings, self._notes.more)

    def sound(self) -> Iterator[Row]:
        """The entries from here on, up to one that is not sound, which is kept to be examined.

        One long function, since a million entries pass through it; the leaf is that of ``chain.leaf_bytes``.
        """
        head, due, last, before = self.place
        previous: Row | None = last
        command, position, at = (last.command, last.position, last.recorded_at) if last else ("", -1, EARLIEST)
        opening = f'{LEAF_PREFIX}{command}","commitment":'
        closing = f',"recorded_at":"{format_instant(at)}","seq":'
        missing = self._notes.missing
        for row in chain(self._waiting, self._stream):
            seq, its_command, its_position, kind, recorded_at, facts, commitment, stored, salt, text = row
            due += 1
            position += 1
            sound = True
            try:
                if its_command != command:
                    command, position, sound = its_command, 0, is_command(its_command)
                    opening = f'{LEAF_PREFIX}{command}","commitment":'
                if recorded_at != at:
                    sound &= recorded_at >= at
                    at = recorded_at
                    closing = f',"recorded_at":"{format_instant(at)}","seq":'
                if commitment is None:
                    shown = "null"
                    sound &= salt is None and text is None
                else:
                    shown = f'"{commitment.hex()}"'
                    sound &= (salt is None) if text is None else is_committed(commitment, salt, text)
                leaf = f'{opening}{shown},"facts":{facts},"kind":"{kind}","position":{position}{closing}{seq}}}'
                head_after = sha256(NODE + head + sha256(leaf.encode()).digest()).digest()
                sound &= seq == due and its_position == position and kind in _KINDS
                sound &= head_after == stored and is_canonical_object(facts)
            except UNREADABLE:
                sound = False
            if not sound:
                self.place = Place(head, due - 1, previous and Sealed(*previous), before)
                self._suspect = Sealed(*row)
                return
            before, head, previous = head, head_after, row
            if text is None and commitment is not None:
                missing.add(seq)
            if kind == "redact":
                self._notes.redact(Sealed(*row))
            yield row
        self.place, self._suspect = Place(head, due, previous and Sealed(*previous), before), None
