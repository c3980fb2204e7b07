"""The scored rows of a ledger, kept in columns, with those of single questions replaced as they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.services.opening import Book
from ledger.services.score_rows import Rows, gather
from ledger.storage.driver import Row
from ledger.storage.reading.following import binary_units, statements_there
from ledger.storage.reading.units import scored_rows

Progress = Callable[[int, int], None]
_BLOCK = 20_000
_COLUMNS = ("question", "forecaster", "probability", "outcome", "weight", "low", "high")


def read_rows(book: Book, policy: Policy, filters: Filters, progress: Progress | None = None) -> Rows:
    """All rows of binary questions that count; ``progress`` hears how many statements of how many are read."""
    pending = scored_rows(book.driver, Kind.BINARY.value, policy, filters, book.now)
    total, done = max(1, statements_there(book.driver)) if progress else 1, 0
    parts: list[Rows] = []
    for block in iter(lambda: list(islice(pending, _BLOCK)), []):
        parts.append(_plain(gather(block)))
        done += len(block)
        if progress:
            progress(min(done, total), total)
    return joined(parts)


def rows_of(book: Book, question: int, policy: Policy, filters: Filters) -> Rows:
    """The rows of one question."""
    found: Iterator[Row] = scored_rows(book.driver, Kind.BINARY.value, policy, filters, book.now, of=question)
    return _plain(gather(found))


def joined(parts: Sequence[Rows]) -> Rows:
    """Rows end to end; where nothing is hedged anywhere, its ends are the probabilities themselves."""
    if not parts:
        return _plain(gather([]))
    columns = {name: np.concatenate([getattr(one, name) for one in parts]) for name in _COLUMNS}
    for end in ("low", "high"):
        if all(getattr(one, end) is one.probability for one in parts):
            columns[end] = columns["probability"]
    return _made(columns)


def picked(rows: Rows, places: slice | NDArray[np.bool_] | NDArray[np.intp]) -> Rows:
    """The rows at ``places``."""
    columns = {name: getattr(rows, name)[places] for name in _COLUMNS}
    for end in ("low", "high"):
        if getattr(rows, end) is rows.probability:
            columns[end] = columns["probability"]
    return _made(columns)


def _made(columns: dict[str, Any]) -> Rows:
    """Rows without the columns that binary questions have no use for."""
    return Rows(value=[], labels=[], **columns)


def _plain(rows: Rows) -> Rows:
    return _made({name: getattr(rows, name) for name in _COLUMNS})


def same_rows(one: Rows, other: Rows) -> bool:
    """Whether two hold the same."""
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in _COLUMNS)


def differing(one: Rows, other: Rows) -> list[int]:
    """The questions whose rows are not the same in both, which are in the order of their questions."""
    asked = np.union1d(one.question, other.question)
    sizes = [
        np.searchsorted(rows.question, asked, side="right") - np.searchsorted(rows.question, asked)
        for rows in (one, other)
    ]
    alike = asked[sizes[0] == sizes[1]]
    pairs = [picked(rows, np.isin(rows.question, alike)) for rows in (one, other)]
    unlike = np.zeros(len(pairs[0]), dtype=np.bool_)
    for name in _COLUMNS:
        unlike |= getattr(pairs[0], name) != getattr(pairs[1], name)
    found: list[int] = np.union1d(asked[sizes[0] != sizes[1]], pairs[0].question[unlike]).tolist()
    return found


@dataclass(slots=True)
class Kept:
    """Rows as they were read, in the order of their questions, and what has replaced those of single questions."""

    base: Rows
    changed: dict[int, Rows] = field(default_factory=dict)

    def of(self, question: int) -> Rows:
        """The rows of one question."""
        found = self.changed.get(question)
        if found is not None:
            return found
        first, last = np.searchsorted(self.base.question, [question, question + 1])
        return picked(self.base, slice(first, last))

    def whole(self) -> Rows:
        """All rows as they stand, in the order of their questions: what a fresh reading gives."""
        changed = dict(self.changed)  # another thread may follow meanwhile
        rows = self.base
        if changed:
            left = ~np.isin(self.base.question, list(changed))
            whole = joined([picked(self.base, left), *changed.values()])
            rows = picked(whole, np.argsort(whole.question, kind="stable"))
        return replace(rows, value=[None] * len(rows))


class Units:
    """How many binary units there are, scored or not, kept by question so that one can be counted anew."""

    def __init__(self, book: Book, filters: Filters) -> None:
        """Count them."""
        self._filters = filters
        found = binary_units(book.driver, filters, book.now)
        self._questions = np.array([question for question, _ in found], dtype=np.int64)
        self._counts = np.array([units for _, units in found], dtype=np.int64)
        self._changed: dict[int, int] = {}
        self.total = int(self._counts.sum())

    def count_anew(self, book: Book, question: int) -> None:
        """Count the units of one question again."""
        found = binary_units(book.driver, self._filters, book.now, of=question)
        now = found[0][1] if found else 0
        self.total += now - self._of(question)
        self._changed[question] = now

    def _of(self, question: int) -> int:
        if question in self._changed:
            return self._changed[question]
        at = int(np.searchsorted(self._questions, question))
        there = at < self._questions.size and self._questions[at] == question
        return int(self._counts[at]) if there else 0
