"""``correct``: a mistyped statement put right; both values stay and show."""

from __future__ import annotations

from collections.abc import Callable

from ledger.domain.kinds import Kind
from ledger.domain.words import needed_input
from ledger.errors import RefusedError
from ledger.journal.entry import Draft
from ledger.services.results import WHY, Done
from ledger.services.stating import speaker, the_question
from ledger.services.values import Stated, Value, read_value
from ledger.services.wording import percent
from ledger.storage.attempts import repeated
from ledger.storage.driver import Row
from ledger.storage.location import Location
from ledger.storage.reading.questions import QuestionRow, options
from ledger.storage.writing import transaction

_VALUES = ("p", "vector", "quantiles", "typed")
_LAST = """
    SELECT entry, low, high FROM forecast WHERE question_id = ? AND forecaster_id = ?
    ORDER BY made_at DESC, entry DESC LIMIT 1"""
_LATE = "late: the question had closed; the correction is kept and shown, the first value is scored"


@repeated
def correct(
    location: Location, told: str, stated: Stated, reason: str, tell: Callable[[str], None], *,
    forecaster: str | None = None,
) -> Done:  # fmt: skip
    """Put the last statement of a forecaster right.

    One that our own clock had seen, corrected at or after its close, keeps its first value for the score.
    """
    with transaction(location.place, "correct", tell) as work:
        asked = the_question(work.driver, told)
        name, who = speaker(work.driver, asked, forecaster)
        last = work.driver.one(_LAST, (asked.id, who))
        assert last is not None
        value = read_value(stated, Kind(asked.kind), options(work.driver, asked.id))
        _refuse_other_range(asked, value, last)
        facts = {"forecast": last[0], **{key: value.facts[key] for key in _VALUES if key in value.facts}}
        entries = work.append([Draft.of("correct", facts, {"reason": needed_input(reason, "--reason", WHY)})])
        done = Done([f"{asked.name}: {name} meant {value.shown} (entry {entries[0]})"], [], asked.id, entries)
        counts = work.driver.one("SELECT counts FROM correction WHERE entry = ?", (entries[0],))
        if counts and not counts[0]:
            done.notices.append(_LATE)
        return done


def _refuse_other_range(asked: QuestionRow, value: Value, last: Row) -> None:
    """A correction puts a number right; the hedge it was read from stands, and the number stays within it."""
    if "low" in value.facts:
        raise RefusedError(
            f"{asked.name}: a correction takes a number; another hedge or range is a new statement: forecast update"
        )
    _, low, high = last
    if low is not None and not low <= float(str(value.facts["p"])) <= high:
        stood = f"{percent(low)} to {percent(high)}"
        raise RefusedError(f"{asked.name}: {value.shown} lies outside the range that the statement gave, {stood}")
