"""Why a question is void, as people read it. The book keeps indexes of options, so no redacted word stays there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.domain.conditions import fell_with, went_otherwise
from ledger.services.outcome_names import outcome_name
from ledger.storage.driver import Driver
from ledger.storage.reading.listed import NeededRow, needed_one
from ledger.storage.reading.questions import QuestionRow, options

Asked = QuestionRow | NeededRow


def void_words(
    row: Asked, reason: str | None, needed: Mapping[int, NeededRow], named: Mapping[int, Sequence[str]]
) -> str | None:
    """The ``reason`` why ``row`` is void, with options by name all down the chain of its conditions.

    ``needed`` are the questions that it depends on and ``named`` their options, by number. A reason that somebody gave
    stays as it is.
    """
    parent = None if row.condition_id is None else needed.get(row.condition_id)
    if reason is None or parent is None:
        return reason
    name = f"#{parent.id}"
    if reason.startswith(fell_with(name)):
        its_own = void_words(parent, reason.removeprefix(fell_with(name)), needed, named)
        return f"{fell_with(name)}{its_own}"
    wanted = row.condition_outcome or ""
    if reason != went_otherwise(name, parent.outcome, wanted):
        return reason
    told = [outcome_name(parent.kind, one, named.get(parent.id, ())) for one in (parent.outcome, wanted)]
    return went_otherwise(name, told[0], told[1] or "")


def void_told(driver: Driver, row: QuestionRow) -> str | None:
    """The same for one question, its conditions being read on the way."""
    needed: dict[int, NeededRow] = {}
    at: Asked | None = row
    while at is not None and at.condition_id is not None and at.condition_id not in needed:
        at = needed_one(driver, at.condition_id)
        if at is not None:
            needed[at.id] = at
    named = {number: options(driver, number) for number in needed}
    return void_words(row, row.void_reason, needed, named)
