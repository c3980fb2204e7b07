"""States of questions: their own resolution, and what their condition makes of them, down the chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.domain.conditions import Condition, Settled, settle
from ledger.domain.kinds import State
from ledger.storage.driver import Driver

_QUESTION = """
    SELECT state, outcome, value, known_at, resolution, void_reason, condition_id, condition_outcome
    FROM question WHERE id = ?"""
_RESOLUTION = """
    SELECT entry, kind, outcome, known_at, note FROM resolution WHERE question_id = ? ORDER BY entry DESC LIMIT 1"""
_WRITE = """
    UPDATE question SET state = ?, outcome = ?, value = ?, known_at = ?, resolution = ?, void_reason = ?
    WHERE id = ?"""
_NUMBERS = {"yes": 1.0, "no": 0.0}


class _Own(NamedTuple):
    """What a question's own last resolution says."""

    entry: int | None = None
    outcome: str | None = None
    known_at: int | None = None
    voided: str | None = None


def settle_states(driver: Driver, questions: Iterable[int]) -> None:
    """Settle ``questions`` and all that depend on them."""
    waiting = list(questions)
    queued = set(waiting)
    for question in waiting:
        queued.discard(question)
        if _settle_one(driver, question):
            dependants = driver.all("SELECT id FROM question WHERE condition_id = ? ORDER BY id", (question,))
            fresh = [child for (child,) in dependants if child not in queued]
            waiting.extend(fresh)
            queued.update(fresh)


def _settle_one(driver: Driver, question: int) -> bool:
    """Settle one question from rows as they stand; whether that changed it."""
    row = driver.one(_QUESTION, (question,))
    if row is None:
        return False
    *before, needed, outcome_needed = row
    own = _own(driver, question)
    condition = None if needed is None else Condition(needed, outcome_needed)
    parent = None if needed is None else _parent(driver, needed)
    settled = settle(
        outcome=own.outcome, voided=own.voided, condition=condition, parent=parent, name_of_parent=f"#{needed}"
    )
    value = None if settled.outcome is None else _NUMBERS.get(settled.outcome)
    if settled.outcome is not None and value is None:
        value = float(settled.outcome)
    after = [settled.state.value, settled.outcome, value, own.known_at, own.entry, settled.reason]
    if after == before:
        return False
    driver.run(_WRITE, (*after, question))
    return True


def _own(driver: Driver, question: int) -> _Own:
    row = driver.one(_RESOLUTION, (question,))
    if row is None or row[1] == "reopen":
        return _Own()
    entry, kind, outcome, known_at, note = row
    if kind == "void":
        return _Own(entry, voided=note or "voided")
    return _Own(entry, outcome, known_at)


def _parent(driver: Driver, number: int) -> Settled | None:
    row = driver.one("SELECT state, outcome, void_reason FROM question WHERE id = ?", (number,))
    return None if row is None else Settled(State(row[0]), row[1], row[2])
