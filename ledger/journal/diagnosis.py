"""Which column of a damaged entry was changed: told by what still fits together.

An entry whose head does not follow has either another head or another content than was sealed. If the entry
after it follows from the recomputed head, only the head was changed. Else the content was; a repair of one
column that reproduces the stored head names the column, and what stood there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.journal.entry import Sealed
from ledger.journal.findings import Finding, Place, difference
from ledger.journal.links import follows, has_number, is_nearly, recomputed, stored_head, swapped
from ledger.journal.repair import Hints, candidates
from ledger.journal.suspects import is_redacted, named_by, own_faults, suspect_columns, text_fault

Next = tuple[Place, bool]
"""Where to go on, and whether the entry after the suspect was dealt with as well."""


class Examiner:
    """Examines what is suspect, and collects what is found up to a limit."""

    def __init__(self, hints: Hints | None, limit: int) -> None:
        """``hints`` tell candidates for the columns of an entry; beyond ``limit`` findings are only counted."""
        self.findings: list[Finding] = []
        self.more = 0
        self.missing: set[int] = set()
        """Entries whose text is gone, and that no redaction has named yet."""
        self._hints = hints
        self._limit = limit
        self._doubts: dict[int, tuple[Place, Sealed | None]] = {}
        """Places that hold an entry from elsewhere, or none, by the number that is due there."""

    def judge(self, row: Sealed, following: Sealed | None, place: Place) -> Next:
        """Say what is wrong with ``row``, met at ``place`` and before ``following``; then go on from there."""
        due = place.seq + 1
        fits = row._replace(seq=due)
        if follows(place.head, fits):
            if row.seq != due:
                self._add(due, "seq", difference("seq", row.seq, due))
            return self._sealed(fits, place), False
        if following is not None and swapped(place.head, fits, following):
            self._add(due, "entry", f"and entry {due + 1} are swapped")
            self.redact(row)
            self.redact(following)
            return Place(row.head, due + 1, row._replace(seq=due + 1), following.head), True
        settled = self._settled(row, place)
        if settled is not None:
            return settled, False
        if not has_number(row):
            self._add(due, "seq", difference("seq", row.seq, due))
            row = fits
        return (self._broken if row.seq == due else self._misplaced)(row, following, place), False

    def redact(self, row: Sealed) -> None:
        """Take note of the entries that a redaction names."""
        self.missing.difference_update(named_by(row))

    def close(self) -> None:
        """At the end of the journal: a missing text that no redaction has named is a finding."""
        for seq in sorted(self.missing):
            self._add(seq, "text", "is missing, and no redaction names it")

    def _add(self, seq: int, field: str, problem: str) -> None:
        if len(self.findings) < self._limit:
            self.findings.append(Finding(seq, field, problem))
        else:
            self.more += 1

    def _settled(self, row: Sealed, place: Place) -> Place | None:
        """Where to go on, if ``row`` is what belongs at an earlier place in doubt."""
        for seq, (doubtful, found) in self._doubts.items():
            if not follows(doubtful.head, row._replace(seq=seq)):
                continue
            if found is None:
                self._replace(seq, "seq", difference("seq", row.seq, seq))
                return place
            here = found._replace(seq=place.seq + 1)
            if follows(place.head, here):
                self._replace(seq, "entry", f"and entry {here.seq} are swapped")
                self._clear(seq + 1, row.head)
                return Place(here.head, here.seq, here, place.head)
        return None

    def _replace(self, seq: int, field: str, problem: str) -> None:
        """Put what is now known of an entry in the place of what was said of it."""
        del self._doubts[seq]
        self.findings = [each for each in self.findings if each.seq != seq]
        self._add(seq, field, problem)

    def _clear(self, seq: int, head: bytes) -> None:
        """Take back what was said of an entry, if it follows from the head that was found for it."""
        found = self._doubts.get(seq, (None, None))[1]
        if found is not None and follows(head, found):
            del self._doubts[seq]
            self.findings = [each for each in self.findings if each.seq != seq]

    def _misplaced(self, row: Sealed, following: Sealed | None, place: Place) -> Place:
        """An entry with another number than is due."""
        due = place.seq + 1
        if row.seq < due:
            self._add(row.seq, "entry", "stands twice, or out of order")
            return place
        if following is not None and follows(place.head, following._replace(seq=due)):
            self._add(row.seq, "entry", "was put in: the one after it follows from the one before it")
            return place
        if row.seq == due + 1:
            self._doubts[due] = place, None
        self._add(due, "entry", "is missing" if row.seq == due + 1 else f"to entry {row.seq - 1} are missing")
        self._see_text(row)
        return Place(stored_head(row, place.head), row.seq, row, None)

    def _broken(self, row: Sealed, following: Sealed | None, place: Place) -> Place:
        """An entry with the right number that does not follow from the head before it."""
        head = recomputed(place.head, row)
        if head is not None and (is_nearly(head, row.head) or (following is not None and follows(head, following))):
            self._add(row.seq, "head", difference("head", row.head, head))
            return self._sealed(row._replace(head=head), place)
        if following is not None and follows(place.head, following._replace(seq=row.seq)):
            self._add(row.seq, "entry", "was put in: the one after it follows from the one before it")
            return place
        if following is not None and follows(row.head, following._replace(seq=row.seq + 2)):
            self._add(row.seq, "entry", "is missing, and those after it were numbered anew")
            return Place(row.head, row.seq + 1, None, None)
        repaired = self._repaired(row, following, place)
        if repaired is not None:
            return self._sealed(repaired, place)
        if self._is_explained_by_last(row, place):
            return self._sealed(row, place)
        self._doubts[row.seq] = place, row
        self._add(row.seq, suspect_columns(row, following, place.last), _unfitting(row))
        self.redact(row)
        return Place(stored_head(row, place.head), row.seq, None, None)

    def _repaired(self, row: Sealed, following: Sealed | None, place: Place) -> Sealed | None:
        """The entry as it was sealed, if it differs in one column that can be found."""
        if len(self.findings) >= self._limit:
            return None
        for column, candidate in candidates(row, place.last, following, self._hinted(row.seq)):
            if follows(place.head, candidate):
                self._add(row.seq, column, difference(column, *_both(row, candidate, column)))
                return candidate
        return None

    def _is_explained_by_last(self, row: Sealed, place: Place) -> bool:
        """Whether the entry before was changed together with its head, so that it seems sound by itself."""
        last, before = place.last, place.before
        if last is None or before is None or len(self.findings) >= self._limit:
            return False
        for column, candidate in candidates(last, None, row, self._hinted(last.seq)):
            head = recomputed(before, candidate)
            if head is not None and follows(head, row):
                told = difference(column, *_both(last, candidate, column))
                self._add(last.seq, f"{column} and head", f"were made to fit: {column} {told}")
                return True
        return False

    def _sealed(self, row: Sealed, place: Place) -> Place:
        """An entry that is what was sealed, or is now: what is left to say of it."""
        for field, problem in own_faults(row, place):
            self._add(row.seq, field, problem)
        self._see_text(row)
        self.redact(row)
        return Place(row.head, row.seq, row, place.head)

    def _see_text(self, row: Sealed) -> None:
        if is_redacted(row):
            self.missing.add(row.seq)
            return
        fault = text_fault(row, self._hinted(row.seq), search=len(self.findings) < self._limit)
        if fault is not None:
            self._add(row.seq, *fault)

    def _hinted(self, seq: int) -> Mapping[str, Any]:
        return self._hints(seq) if self._hints else {}


def _both(row: Sealed, candidate: Sealed, column: str) -> tuple[object, object]:
    return getattr(row, column), getattr(candidate, column)


def _unfitting(row: Sealed) -> str:
    before = f"entry {row.seq - 1}: one of the two was changed" if row.seq > 1 else "the start of every journal"
    return f"does not follow from {before}"
