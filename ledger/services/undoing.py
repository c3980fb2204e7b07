"""Taking back what a review has just recorded: an outcome or a void, as long as nothing newer was said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ledger.domain.words import needed_input
from ledger.errors import RefusedError
from ledger.journal.entry import Draft
from ledger.services.outcome_names import outcome_name
from ledger.services.results import WHY, Done
from ledger.services.settling import consequences
from ledger.services.stating import the_question
from ledger.storage.attempts import repeated
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import read_entries
from ledger.storage.location import Location
from ledger.storage.projection.changes import entries_of_question
from ledger.storage.reading.history import ResolutionRow, resolutions
from ledger.storage.reading.questions import QuestionRow, options
from ledger.storage.writing import Transaction, transaction

UNDONE = "undone in the review"


@repeated
def undo(location: Location, what: Done | str, tell: Callable[[str], None], *, reason: str = UNDONE) -> Done:
    """Take back the outcome or void that ``what`` recorded, or the last one of the question that ``what`` names.

    Both stay in the record. Where it stood in the place of an earlier resolution, that one is recorded again. Raises
    ``RefusedError`` where nothing is left to take back, or something newer was recorded of the question meanwhile.
    """
    with transaction(location.place, "undo", tell) as work:
        asked = the_question(work.driver, what if isinstance(what, str) else f"#{what.question}")
        undone = _undone(work.driver, asked, None if isinstance(what, str) else what.entries)
        _refuse_newer(work.driver, asked, undone.entry)
        facts = {"question": asked.id, "supersedes": undone.entry}
        text = {"reason": needed_input(reason, "--reason", WHY)}
        drafts = [Draft.of("reopen", facts, text), *_restored(work.driver, undone, text)]
        entries = work.append(drafts)
        return Done([_told(work, asked, entries)], consequences(work, asked), asked.id, entries)


def _undone(driver: Driver, asked: QuestionRow, recorded: list[int] | None) -> ResolutionRow:
    """The resolution to take back; with ``recorded`` it is one of these entries, or something came after it."""
    of_question = resolutions(driver, asked.id)
    last = of_question[-1] if of_question else None
    if last is None or last.kind == "reopen":
        taken = "" if last is None else f": entry {last.entry} took it back already"
        raise RefusedError(f"{asked.name} has no outcome to undo{taken}")
    if recorded is None or last.entry in recorded:
        return last
    if not any(one.entry in recorded for one in of_question):
        raise RefusedError(f"{asked.name}: what was recorded settled nothing, so there is no outcome to undo")
    raise RefusedError(
        f"{asked.name} was settled anew meanwhile (entry {last.entry}): look at it again before you undo anything"
    )


def _refuse_newer(driver: Driver, asked: QuestionRow, entry: int) -> None:
    newer = [seq for seq in entries_of_question(driver, asked.id) if seq > entry]
    if newer:
        kinds = {one.seq: one.kind for one in read_entries(driver, newer)}
        listed = ", ".join(f"entry {seq}: {kinds.get(seq)}" for seq in newer[:3])
        raise RefusedError(
            f"{asked.name} has something newer than its outcome ({listed}): "
            "look at it again, then take the outcome back with: forecast reopen"
        )


def _restored(driver: Driver, undone: ResolutionRow, why: dict[str, str]) -> list[Draft]:
    """What stood before the resolution that is undone, to be recorded again; nothing where nothing stood."""
    found = [] if undone.supersedes is None else list(read_entries(driver, [undone.supersedes]))
    drafts = []
    for entry in found:
        facts: dict[str, Any] = json.loads(entry.facts)
        facts.pop("supersedes", None)
        text = None if entry.text is None else json.loads(entry.text)
        drafts.append(Draft.of(entry.kind, facts, why if text is None and entry.kind == "void" else text))
    return drafts


def _told(work: Transaction, asked: QuestionRow, entries: list[int]) -> str:
    now = the_question(work.driver, f"#{asked.id}")
    stands = outcome_name(now.kind, now.outcome, options(work.driver, now.id)) or now.status(work.recorded_at).value
    return f"{asked.name}: {stands} again (entry {entries[-1]})"
