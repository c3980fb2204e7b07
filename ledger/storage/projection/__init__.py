"""From journal to book: entries in, rows of the book out, then what follows from them is derived.

The same code writes a single command, a bulk import, a rebuild, and the book that ``verify`` lays beside
the stored one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ledger.journal.entry import Sealed
from ledger.storage.driver import Driver, Row
from ledger.storage.projection.batch import Batch
from ledger.storage.projection.changes import CHANGES
from ledger.storage.projection.facts import FACTS, Plain, add_plain, read_plain
from ledger.storage.projection.pending import Pending, questions_asked
from ledger.storage.projection.reading import Told, told
from ledger.storage.projection.sieves import write_sieves
from ledger.storage.projection.states import settle_states
from ledger.storage.projection.timings import settle_timings

__all__ = ["Projection", "Told", "told"]


def _keep(_: list[int]) -> None:
    """Leave the journal's texts alone."""


class Projection:
    """Writes the book that follows from the entries it is given, in the transaction of ``driver``."""

    def __init__(
        self,
        driver: Driver,
        *,
        journal: Driver | None = None,
        drop_texts: Callable[[list[int]], None] = _keep,
        keep: bool = False,
    ) -> None:
        """Go on from the book as it stands in ``driver``'s store.

        ``journal`` is where the entries are, if not there too. ``drop_texts`` is what a redaction does to the
        journal's texts: nothing, unless this is the command that redacts. With ``keep`` the plain statements of new
        questions are not written but kept in ``kept``, timed, for a comparison.
        """
        self.kept: Iterator[Row] = iter(())
        self._keep = keep
        self._driver = driver
        self._batch = Batch(driver, journal or driver, drop_texts)
        self._pending, self._new, self._mixed = Pending(), set[int](), set[int]()

    def apply(self, entries: Sequence[Sealed]) -> None:
        """Write the rows of ``entries``, in order; ``settle`` derives the rest."""
        for entry in entries:
            plain = read_plain(entry)
            if plain is not None:
                self._state(entry, plain)
            elif entry.kind in FACTS:
                said = told(entry)
                FACTS[entry.kind](self._batch, said)
                self._see(entry.kind, said)
            else:
                self._write_pending()
                CHANGES[entry.kind](self._batch, told(entry))

    def settle(self) -> None:
        """Derive states, units, weights and classes of all questions that were touched since the last call."""
        self._batch.flush()
        touched = sorted(self._batch.touched)
        self._batch.touched.clear()
        settle_states(self._driver, touched)
        write_sieves(self._driver, self._batch.worded, self._batch.reworded)
        self._batch.worded.clear()
        self._batch.reworded.clear()
        timed = self._new - self._mixed
        self._write_pending(timing=True)
        settle_timings(self._driver, [question for question in touched if question not in timed])

    def _state(self, entry: Sealed, plain: Plain) -> None:
        if plain[0] in self._new:
            self._pending.add(entry.seq, entry.recorded_at, plain)
        else:
            add_plain(self._batch, entry, plain)

    def _see(self, kind: str, said: Told) -> None:
        """Remember which questions are new, and which have more than plain statements to be timed with."""
        if kind == "question":
            self._new.add(said.facts["question"])
        elif kind in {"forecast", "withdraw"}:
            self._mixed.add(said.facts["question"])

    def _write_pending(self, *, timing: bool = False) -> None:
        """Write the statements held back; without ``timing`` as stated, to be timed from their rows like others."""
        self._batch.flush()
        if len(self._pending):
            asked = questions_asked(self._driver) if timing else {}
            untimed = self._mixed if timing else self._new
            kept = self._pending.write(self._driver, asked, untimed, keep=self._keep and timing)
            self.kept = chain(self.kept, kept)
        if not timing:
            self._batch.touched |= self._new
        self._pending, self._new, self._mixed = Pending(), set(), set()
