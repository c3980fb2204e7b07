"""Entries that say when a question is to be reviewed.

They only add rows: no state, unit or score follows from them. A further rule of review is a kind of entry of its own,
with a table of its own, beside these.
"""

from __future__ import annotations

from collections.abc import Callable

from ledger.storage import tables
from ledger.storage.inserts import insert
from ledger.storage.projection.batch import Batch
from ledger.storage.projection.reading import Told, instant

_SNOOZE = insert(tables.Snooze)


def _snooze(batch: Batch, told: Told) -> None:
    facts = told.facts
    row = (told.seq, facts["question"], told.recorded_at, instant(facts, "until"), facts.get("zone"))
    batch.add(_SNOOZE, (*row, told.text.get("reason")))


REVIEWS: dict[str, Callable[[Batch, Told], None]] = {"snooze": _snooze}
"""What each kind of entry adds."""
