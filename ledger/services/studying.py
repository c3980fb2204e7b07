"""The scored rows of a ledger, read once, from which cards and diagrams are drawn again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.errors import Cancelled
from ledger.scoring.consistency_bars import consistency_bars
from ledger.scoring.independence import why_dependent
from ledger.services.binning import Binning
from ledger.services.cards import Card, Drawing, binary_card
from ledger.services.kind_cards import numeric_card, option_card
from ledger.services.live_changes import touched
from ledger.services.live_rows import joined, picked
from ledger.services.score_rows import Rows, gather
from ledger.services.scoring_rules import RULES
from ledger.storage.cancelling import cancellable
from ledger.storage.reading.following import head_of
from ledger.storage.reading.units import ClassCounts, Counts, counts, scored_rows

if TYPE_CHECKING:
    from ledger.services.opening import Book

Asked = Callable[[], bool]
BLOCK = 20_000
"""Rows that are laid out at a time: small enough for other threads to have their turn."""
MOST_VALUES = 200
"""Above so many distinct probabilities the diagram of exact values is drawn by percentage points."""
SEED = 1
MOST_FOLLOWED = 500
"""Questions that changed from which reading everything again is quicker."""
Known = tuple[int, Any]
"""The last entry that was read, and its place in the chain."""


Laid = tuple[Rows, NDArray[np.int64]]
"""Rows, and the label of each."""


@dataclass(frozen=True, slots=True)
class Study:
    """What a policy and filters leave to score; ``binary`` and ``others`` are the rows, by kind."""

    policy: Policy
    filters: Filters
    binary: Rows
    deadlines: NDArray[np.int64]
    """The deadline (µs) of each binary row's question."""
    others: dict[Kind, Rows]
    counts: Counts
    classes: dict[str, float]
    """The share of each timing class among the scored units."""
    left_out: int
    """The units that the filters leave out."""
    known: Known

    def card(self, bins: Binning, resamples: int) -> Card:
        """The card of the binary rows; without ``resamples`` it has no interval of the score."""
        return binary_card(self.binary, self._how(self.fitting(bins), resamples))

    def kinds(self, resamples: int) -> dict[str, Card]:
        """The cards of the other kinds that have scored rows."""
        how = self._how(Binning(10, "width"), resamples)
        return {kind.value: _other_card(kind, rows, how) for kind, rows in self.others.items() if len(rows)}

    def fitting(self, bins: Binning) -> Binning:
        """The bins that are drawn where ``bins`` are asked for: too many exact values are drawn by the percent."""
        if bins.by != "value" or np.unique(self.binary.probability).size <= MOST_VALUES:
            return bins
        return Binning(100, "width")

    def consistency(self, bins: Binning, resamples: int) -> tuple[dict[float, tuple[float, float]], str | None]:
        """Where each bin's frequency falls if the forecasts are calibrated, by its low end, or why that is not had."""
        if not len(self.binary) or not resamples:
            return {}, "it is made by resampling"
        chosen = self.fitting(bins)
        found = consistency_bars(self.binary.tally(), bins=chosen.bins, by=chosen.by, resamples=resamples, seed=SEED)
        return {low: bar for low, bar in zip(found.low, found.bars, strict=True) if bar is not None}, found.reason

    @property
    def dependent(self) -> str | None:
        """Why a point of the diagram counts questions and not rows; ``None`` where its rows are independent."""
        return why_dependent(self.binary.tally())

    def _how(self, bins: Binning, resamples: int) -> Drawing:
        return Drawing(self.policy, RULES["brier"], resamples, SEED, bins)


def study(book: Book, policy: Policy, filters: Filters, cancelled: Asked) -> Study:
    """Read what is scored; raises ``Cancelled`` when nobody waits for it any more."""
    with cancellable(book.driver, cancelled):
        rows = scored_rows(book.driver, Kind.BINARY.value, policy, filters, book.now, "month")
        return _studied(book, policy, filters, _dated(laid_out(rows, cancelled)))


def renewed(old: Study, book: Book, cancelled: Asked) -> Study:
    """The same after what was recorded since: only the questions that it touched are read again."""
    seen, head = old.known
    if book.last_entry < seen or head_of(book.journal, seen) != head:
        return study(book, old.policy, old.filters, cancelled)
    questions = touched(book, seen, old.filters)
    if questions is None or len(questions) > MOST_FOLLOWED:
        return study(book, old.policy, old.filters, cancelled)
    with cancellable(book.driver, cancelled):
        return _studied(book, old.policy, old.filters, _exchanged(old, book, sorted(questions)))


def _exchanged(old: Study, book: Book, questions: list[int]) -> Laid:
    """The binary rows with those of ``questions`` read again."""
    kept = ~np.isin(old.binary.question, questions)
    parts = [(picked(old.binary, kept), old.deadlines[kept])]
    for question in questions:
        found = scored_rows(
            book.driver, Kind.BINARY.value, old.policy, old.filters, book.now, "month", of=question
        )  # fmt: skip
        parts.append(_dated(gather(found)))
    rows, deadlines = joined([rows for rows, _ in parts]), np.concatenate([dates for _, dates in parts])
    order = np.argsort(rows.question, kind="stable")
    return replace(picked(rows, order), value=[None] * len(rows)), deadlines[order]


def _dated(rows: Rows) -> Laid:
    """Rows without their labels, and these, which are deadlines."""
    return replace(rows, labels=[]), np.array(rows.labels, dtype=np.int64)


def _studied(book: Book, policy: Policy, filters: Filters, laid: Laid) -> Study:
    told = counts(book.driver, filters, book.now)
    whole = counts(book.driver, Filters(), book.now).units if filters.narrows else told.units
    classes = ClassCounts.read(book.driver, filters, book.now).shares()
    others = {}
    for (kind,) in book.driver.all("SELECT DISTINCT kind FROM question WHERE state = 'resolved'"):
        if kind != Kind.BINARY.value:
            others[Kind(kind)] = gather(scored_rows(book.driver, kind, policy, filters, book.now))
    known = (book.last_entry, head_of(book.journal, book.last_entry))
    return Study(policy, filters, *laid, others, told, classes, whole - told.units, known)


def laid_out(rows: Iterator[Any], cancelled: Asked) -> Rows:
    """The rows in columns with their labels, a block at a time, so that a million of them stop nobody else."""
    parts = []
    while block := list(islice(rows, BLOCK)):
        if cancelled():
            raise Cancelled
        parts.append(gather(block))
    found = joined(parts)
    return replace(found, value=[None] * len(found), labels=[one for part in parts for one in part.labels])


def _other_card(kind: Kind, rows: Rows, how: Drawing) -> Card:
    if kind is Kind.NUMERIC:
        return numeric_card(rows, how)
    return option_card(rows, how, ordered=kind is Kind.ORDERED)
