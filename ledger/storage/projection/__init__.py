"""From journal to book: entries in, rows of the book out, then what follows from them is derived.

The same code writes a single command, a bulk import, a rebuild, and the book that ``verify`` lays beside
the stored one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from ledger.journal.entry import Sealed
from ledger.storage.driver import Driver
from ledger.storage.projection.batch import Batch
from ledger.storage.projection.changes import CHANGES
from ledger.storage.projection.facts import FACTS, is_plain_forecast, plain_forecasts
from ledger.storage.projection.reading import Told, told
from ledger.storage.projection.states import settle_states
from ledger.storage.projection.timings import settle_timings

__all__ = ["Projection", "Told", "told"]


def _keep(_: list[int]) -> None:
    """Leave the journal's texts alone."""


class Projection:
    """Writes the book that follows from the entries it is given, in the transaction of ``driver``."""

    def __init__(
        self, driver: Driver, *, journal: Driver | None = None, drop_texts: Callable[[list[int]], None] = _keep
    ) -> None:
        """Go on from the book as it stands in ``driver``'s store.

        ``journal`` is where the entries are, if not there too. ``drop_texts`` is what a redaction does to the
        journal's texts: nothing, unless this is the command that redacts.
        """
        self._driver = driver
        self._batch = Batch(driver, journal or driver, drop_texts)

    def apply(self, entries: Sequence[Sealed]) -> None:
        """Write the rows of ``entries``, in order; ``settle`` derives the rest."""
        batch = self._batch
        for run, same in groupby(entries, key=is_plain_forecast):
            if run:
                plain_forecasts(batch, same)
                continue
            for entry in same:
                handler = FACTS.get(entry.kind)
                if handler is not None:
                    handler(batch, told(entry))
                else:
                    batch.flush()
                    CHANGES[entry.kind](batch, told(entry))

    def settle(self) -> None:
        """Derive states, units, weights and classes of all questions that were touched since the last call."""
        self._batch.flush()
        touched = sorted(self._batch.touched)
        self._batch.touched.clear()
        settle_states(self._driver, touched)
        settle_timings(self._driver, touched)
