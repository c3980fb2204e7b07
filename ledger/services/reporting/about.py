"""Whose forecasts a report is of, over what, and after which entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant
from ledger.domain.policies import Policy
from ledger.journal.chain import GENESIS
from ledger.reports.model import About, Publication, Question
from ledger.services.opening import Book
from ledger.storage.reading.following import head_of
from ledger.storage.reading.questions import count

Named = TypeVar("Named", str | None, Publication)
NAMES = 10
"""Forecasters and sources that are named."""


def about(
    book: Book, policy: Policy, filters: Filters, asked: Sequence[Question], left_out: int, *, whole: bool
) -> About:
    """What stands at the head of a report over the questions ``asked``; ``whole`` where that is the whole ledger."""
    who = Counter(unit.forecaster for one in asked for unit in one.units)
    sources = Counter(one.source for one in asked if one.source is not None)
    deadlines = [one.deadline for one in asked]
    recorded_at = _recorded_at(book)
    return About(
        forecasters=len(who), names=_most(who), questions=len(asked),
        first_deadline=min(deadlines, default=None), last_deadline=max(deadlines, default=None),
        sources=_most(sources), sources_in_all=len(sources),
        entry=book.last_entry, head=(head_of(book.journal, book.last_entry) or GENESIS).hex(),
        recorded_at=recorded_at, holds_from=_holds_from(book, recorded_at), policy=policy.value,
        filters=filters.as_data(), left_out_units=left_out,
        left_out_questions=0 if whole else count(book.driver, Filters(), book.now) - len(asked),
    )  # fmt: skip


def _most(found: Counter[Named]) -> tuple[Named, ...]:
    """Those that come most often; equals in the order in which they were met."""
    return tuple(name for name, _ in found.most_common(NAMES))


def _recorded_at(book: Book) -> Instant | None:
    row = book.journal.one("SELECT recorded_at FROM entry WHERE seq = ?", (book.last_entry,))
    return None if row is None else int(row[0])


def _holds_from(book: Book, recorded_at: Instant | None) -> Instant | None:
    """The later of the last entry and the last deadline that made a question due: so the time itself is not needed."""
    row = book.driver.one("SELECT MAX(deadline) FROM question WHERE state = 'unsettled' AND deadline <= ?", (book.now,))
    known = [moment for moment in (recorded_at, row[0] if row else None) if moment is not None]
    return max(known, default=None)
