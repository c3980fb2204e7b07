"""Which column of a damaged entry was changed: told by what still fits together.

An entry whose head does not follow has either another head or another content than was sealed. If the entry
after it follows from the recomputed head, only the head was changed. Else the content was; a repair of one
column that reproduces the stored head names the column, and what stood there.
"""

from __future__ import annotations

from ledger.journal.entry import Sealed
from ledger.journal.findings import Place, difference
from ledger.journal.links import follows, is_nearly, is_whole, recomputed, stored_head, swapped
from ledger.journal.notes import Notes
from ledger.journal.repair import candidates
from ledger.journal.suspects import is_redacted, own_faults, suspect_columns, text_fault, with_position

Next = tuple[Place, bool]
"""Where to go on, and whether the entry after the suspect was dealt with as well."""


class Examiner:
    """Examines what is suspect, and notes what is found."""

    def __init__(self, notes: Notes) -> None:
        """Write into ``notes``."""
        self.notes = notes

    def judge(self, row: Sealed, following: Sealed | None, place: Place) -> Next:
        """Say what is wrong with ``row``, met at ``place`` and before ``following``; then go on from there."""
        due = place.seq + 1
        fits = row._replace(seq=due)
        if follows(place.head, fits):
            if row.seq != due:
                self.notes.add(due, "seq", difference("seq", row.seq, due))
            return self._sealed(fits, place), False
        if follows(place.head, row):
            self.notes.add(due, "seq", f"is {row.seq} where {due} is due")
            return self._sealed(row, place)._replace(seq=due), False
        if following is not None and swapped(place.head, fits, following):
            self.notes.add(due, "entry", f"and entry {due + 1} are swapped")
            self.notes.redact(row)
            self.notes.redact(following)
            return Place(row.head, due + 1, row._replace(seq=due + 1), following.head), True
        settled = self.notes.settle(row, place)
        if settled is not None:
            return settled, False
        if not is_whole(row.seq):
            self.notes.add(due, "seq", difference("seq", row.seq, due))
            row = fits
        if row.seq == due:
            return self._broken(row, following, place), False
        recalled = self.notes.recall(place)
        if recalled != place:
            return self.judge(row, following, recalled)
        return self._misplaced(row, following, place), False

    def _misplaced(self, row: Sealed, following: Sealed | None, place: Place) -> Place:
        """An entry with another number than is due."""
        due = place.seq + 1
        if row.seq < due:
            self.notes.stray(row)
            return place
        if following is not None and follows(place.head, following._replace(seq=due)):
            self.notes.add(row.seq, "entry", "was put in: the one after it follows from the one before it")
            return place
        if row.seq == due + 1:
            self.notes.doubt(place, None)
        self.notes.add(due, "entry", "is missing" if row.seq == due + 1 else f"to entry {row.seq - 1} are missing")
        self._see_text(row)
        self.notes.redact(row)
        return Place(stored_head(row, place.head), row.seq, row, None)

    def _broken(self, row: Sealed, following: Sealed | None, place: Place) -> Place:
        """An entry with the right number that does not follow from the head before it."""
        head = recomputed(place.head, row)
        if head is not None and (is_nearly(head, row.head) or (following is not None and follows(head, following))):
            self.notes.add(row.seq, "head", difference("head", row.head, head))
            return self._sealed(row._replace(head=head), place)
        if following is not None and follows(place.head, following._replace(seq=row.seq)):
            self.notes.add(row.seq, "entry", "was put in: the one after it follows from the one before it")
            return place
        if following is not None and follows(row.head, following._replace(seq=row.seq + 2)):
            self.notes.add(row.seq, "entry", "is missing, and those after it were numbered anew")
            return Place(row.head, row.seq + 1, None, None)
        repaired = self._repaired(row, following, place)
        if repaired is not None:
            return self._sealed(repaired, place)
        if self._is_explained_by_last(row, place):
            return self._sealed(row, place)
        self.notes.doubt(place, row)
        self.notes.add(row.seq, suspect_columns(row, following, place.last), _unfitting(row))
        self.notes.redact(row)
        return Place(stored_head(row, place.head), row.seq, None, None)

    def _repaired(self, row: Sealed, following: Sealed | None, place: Place) -> Sealed | None:
        """The entry as it was sealed, if it differs in one column that can be found."""
        if self.notes.is_full:
            return None
        for column, candidate in candidates(row, place.last, following, self.notes.hinted(row.seq)):
            if follows(place.head, candidate):
                self.notes.add(row.seq, column, difference(column, *_both(row, candidate, column)))
                return candidate
        return None

    def _is_explained_by_last(self, row: Sealed, place: Place) -> bool:
        """Whether the entry before was changed together with its head, so that it seems sound by itself."""
        last, before = place.last, place.before
        if last is None or before is None or self.notes.is_full:
            return False
        for column, candidate in candidates(last, None, row, self.notes.hinted(last.seq)):
            head = recomputed(before, candidate)
            if head is not None and follows(head, row):
                told = difference(column, *_both(last, candidate, column))
                self.notes.add(last.seq, f"{column} and head", f"were made to fit: {column} {told}")
                return True
        return False

    def _sealed(self, row: Sealed, place: Place) -> Place:
        """An entry that is what was sealed, or is now: what is left to say of it."""
        for field, problem in own_faults(row, place):
            self.notes.add(row.seq, field, problem)
        self._see_text(row)
        self.notes.redact(row)
        return Place(row.head, row.seq, with_position(row, place), place.head)

    def _see_text(self, row: Sealed) -> None:
        if is_redacted(row):
            self.notes.missing.add(row.seq)
            return
        fault = text_fault(row, self.notes.hinted(row.seq), search=not self.notes.is_full)
        if fault is not None:
            self.notes.add(row.seq, *fault)


def _both(row: Sealed, candidate: Sealed, column: str) -> tuple[object, object]:
    return getattr(row, column), getattr(candidate, column)


def _unfitting(row: Sealed) -> str:
    before = f"entry {row.seq - 1}: one of the two was changed" if row.seq > 1 else "the start of every journal"
    return f"does not follow from {before}"
