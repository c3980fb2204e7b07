"""Outcomes that an import brought for questions whose condition is unsettled: kept, and not counting yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.formats.sheet import Sheet
from ledger.services.reconciling import Plan
from ledger.services.wording import counted
from ledger.storage.driver import Driver

Waiting = tuple[int, str]

_WAITING = """
    SELECT asked.id, needed.id, needed.key FROM question asked JOIN question needed ON needed.id = asked.condition_id
    WHERE asked.state = 'waiting' AND asked.resolution IS NOT NULL"""


def waiting_outcomes(driver: Driver, plan: Plan) -> list[Waiting]:
    """The places in the sheet of outcomes whose question's condition is unsettled, each with the condition's name."""
    if not plan.outcomes:
        return []
    names = {
        number: f"#{condition} {key}" if key else f"#{condition}" for number, condition, key in driver.all(_WAITING)
    }
    return [(at, names[plan.numbers[at]]) for at in sorted(plan.outcomes) if plan.numbers[at] in names]


def waiting_words(sheet: Sheet, waiting: Sequence[Waiting]) -> Iterator[str]:
    """A line for each of the first twenty, and how many more there are."""
    for at, condition in waiting[:20]:
        one = sheet.questions[at]
        yield (
            f"line {one.line}: the outcome of {one.key} is kept; it does not count while {one.key} waits for its "
            f"condition, {condition}"
        )
    if (more := len(waiting) - 20) > 0:
        yield f"{counted(more, 'more outcome is', 'more outcomes are')} kept likewise"
