"""Entries that say when questions are to be reviewed, and what was announced of that.

They only add rows: no state, unit or score follows from them. A further rule of review is a kind of entry of its own,
with a table of its own, beside these.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from ledger.domain.instants import parse_rfc3339
from ledger.storage import tables
from ledger.storage.inserts import insert
from ledger.storage.projection.batch import Batch
from ledger.storage.projection.reading import Told, instant

_SNOOZE = insert(tables.Snooze)
_LOOK_AGAIN = insert(tables.LookAgain)
_REVIEW_RULES = insert(tables.ReviewRules)
_ANNOUNCED = insert(tables.Announced)


def _snooze(batch: Batch, told: Told) -> None:
    facts = told.facts
    row = (told.seq, facts["question"], told.recorded_at, instant(facts, "until"), facts.get("zone"))
    batch.add(_SNOOZE, (*row, told.text.get("reason")))


def _look_again(batch: Batch, told: Told) -> None:
    facts = told.facts
    row = (told.seq, facts["question"], told.recorded_at, instant(facts, "at"), facts.get("takes_back"))
    batch.add(_LOOK_AGAIN, (*row, facts.get("zone"), told.text.get("reason")))


def _review_rules(batch: Batch, told: Told) -> None:
    facts = told.facts
    repeat = json.dumps(facts["repeat"]) if "repeat" in facts else None
    row = (told.seq, told.recorded_at, facts.get("stale"), repeat, facts.get("weekly"), facts["zone"])
    batch.add(_REVIEW_RULES, row)


def _announced(batch: Batch, told: Told) -> None:
    facts = told.facts
    if "weekly" in facts:
        weekly = (told.seq, 0, facts["channel"], told.recorded_at, None, "weekly", instant(facts, "weekly"))
        batch.add(_ANNOUNCED, weekly)
    for place, (why, question, at) in enumerate(facts.get("said", ()), start=1):
        row = (told.seq, place, facts["channel"], told.recorded_at, question, why, parse_rfc3339(at))
        batch.add(_ANNOUNCED, row)


REVIEWS: dict[str, Callable[[Batch, Told], None]] = {
    "snooze": _snooze,
    "look_again": _look_again,
    "review_rules": _review_rules,
    "announced": _announced,
}
"""What each kind of entry adds."""
