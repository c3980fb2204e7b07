"""What an examination has found so far, and what it is still in doubt about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.journal.entry import Sealed
from ledger.journal.findings import Finding, Place, difference
from ledger.journal.links import follows
from ledger.journal.repair import Hints
from ledger.journal.suspects import named_by


class Notes:
    """Findings up to a limit, and the entries that may explain one another."""

    def __init__(self, hints: Hints | None, limit: int) -> None:
        """``hints`` tell candidates for the columns of an entry; beyond ``limit`` findings are only counted."""
        self.findings: list[Finding] = []
        self.more = 0
        self.missing: set[int] = set()
        """Entries whose text is gone, and that no redaction has named yet."""
        self.strays: list[Sealed] = []
        """Entries that stood out of order."""
        self.doubts: dict[int, tuple[Place, Sealed | None]] = {}
        """Places that hold an entry from elsewhere, or none, by the number that is due there."""
        self._hints = hints
        self._limit = limit

    @property
    def is_full(self) -> bool:
        """Whether further findings are only counted, and not worth a search."""
        return len(self.findings) >= self._limit

    def hinted(self, seq: int) -> Mapping[str, Any]:
        """What another place holds for the columns of an entry."""
        return self._hints(seq) if self._hints else {}

    def add(self, seq: int, field: str, problem: str) -> None:
        """Note a finding."""
        if self.is_full:
            self.more += 1
        else:
            self.findings.append(Finding(seq, field, problem))

    def redact(self, row: Sealed) -> None:
        """Take note of the entries that a redaction names."""
        self.missing.difference_update(named_by(row))

    def doubt(self, place: Place, found: Sealed | None) -> None:
        """Remember a place that holds an entry from elsewhere, or none."""
        if not self.is_full:
            self.doubts[place.seq + 1] = place, found

    def stray(self, row: Sealed) -> None:
        """Note an entry that stands out of order."""
        if not self.is_full:
            self.strays.append(row)
        self.add(row.seq, "entry", "stands twice, or out of order")
        self.redact(row)

    def settle(self, row: Sealed, place: Place) -> Place | None:
        """Where to go on, if ``row`` is what belongs at an earlier place in doubt."""
        for seq, (doubtful, found) in self.doubts.items():
            if not follows(doubtful.head, row._replace(seq=seq)):
                continue
            if found is None:
                self._retract(seq)
                self.add(seq, "seq", difference("seq", row.seq, seq))
                return place
            here = found._replace(seq=place.seq + 1)
            if follows(place.head, here):
                self._retract(seq)
                self._clear(seq + 1, row.head)
                self.add(seq, "entry", f"and entry {here.seq} are swapped")
                return Place(here.head, here.seq, here, place.head)
        return None

    def recall(self, place: Place) -> Place:
        """The place after all entries that stood out of order and belong here."""
        for row in self.strays:
            here = row._replace(seq=place.seq + 1)
            if follows(place.head, here):
                self.strays.remove(row)
                self._retract(row.seq)
                self.add(here.seq, "seq", difference("seq", row.seq, here.seq))
                return self.recall(Place(here.head, here.seq, here, place.head))
        return place

    def close(self, place: Place) -> Place:
        """Say what is left to say at the end of the journal, and where that is."""
        place = self.recall(place)
        for seq in sorted(self.missing):
            self.add(seq, "text", "is missing, and no redaction names it")
        return place

    def _retract(self, seq: int) -> None:
        """Take back what was said of an entry."""
        self.doubts.pop(seq, None)
        self.findings = [each for each in self.findings if each.seq != seq]

    def _clear(self, seq: int, head: bytes) -> None:
        """Take back what was said of an entry, if it follows from the head that was found for it."""
        found = self.doubts[seq][1] if seq in self.doubts else None
        if found is not None and follows(head, found):
            self._retract(seq)
