"""A score that follows the ledger: read once, then brought along entry by entry, exact to the last bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.scoring.tally import Tally
from ledger.services.binning import read_bins
from ledger.services.cards import Drawing, binary_card
from ledger.services.live_changes import touched
from ledger.services.live_figures import PointFigures, point_figures
from ledger.services.live_rows import Kept, Progress, Units, differing, read_rows, rows_of, same_rows
from ledger.services.live_tally import exchanged
from ledger.services.opening import Book
from ledger.services.score import policy_named
from ledger.services.score_rows import Rows
from ledger.services.scoring_rules import RULES
from ledger.storage.reading.following import head_of

EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Effect:
    """What new entries did to the score; ``questions`` are those whose own part of it changed, by number."""

    before: PointFigures
    after: PointFigures
    questions: list[int]


class LiveScore:
    """The score of binary questions, under one policy and one set of filters. It holds no connection.

    One thread at a time may ``follow``; ``figures`` and ``card`` may be asked by others.
    """

    def __init__(self, policy: Policy, filters: Filters) -> None:
        """Nothing is read yet; see ``read``."""
        self.policy, self.filters = policy, filters

    @classmethod
    def read(
        cls,
        book: Book,
        policy: str = Policy.TIME_AVERAGE.value,
        filters: Filters = EVERYTHING,
        progress: Progress | None = None,
    ) -> LiveScore:
        """Read all scored rows; ``progress`` hears how many statements of how many, and may raise to call it off.

        Raises ``InputError`` for a policy that is none.
        """
        live = cls(policy_named(policy), filters)
        live._read(book, progress)
        return live

    def follow(self, book: Book) -> Effect | None:
        """Take in what was recorded since the last reading; ``None`` where nothing was.

        Only the questions that it touched, and those that hang on them, are read again. Where the ledger is another one
        or an earlier one, or very much was recorded, all of it is.
        """
        if book.last_entry == self._seen and head_of(book.journal, self._seen) == self._head:
            return None
        before = self.figures()
        questions = self._touched(book)
        changed = self._read_anew(book) if questions is None else self._exchange(book, sorted(questions))
        return Effect(before, self.figures(), changed)

    def figures(self) -> PointFigures:
        """The figures as they stand."""
        return self._figures

    @property
    def tally(self) -> Tally:
        """The tally as it stands, not keyed by question."""
        return self._tally

    @property
    def seen(self) -> int:
        """The last entry that was taken in."""
        return self._seen

    def card(self, resamples: int = 1000, seed: int = 1) -> dict[str, Any]:
        """The whole card with its interval, as ``services.score`` draws it up; seconds on a large ledger."""
        how = Drawing(self.policy, RULES["brier"], resamples, seed, read_bins(None))
        return binary_card(self._kept.whole(), how)

    def _read(self, book: Book, progress: Progress | None = None) -> None:
        rows = read_rows(book, self.policy, self.filters, progress)
        self._kept, self._units = Kept(rows), Units(book, self.filters)
        self._tally, self._scored = _tally(rows), rows.units
        self._finish(book)

    def _finish(self, book: Book) -> None:
        self._seen, self._head = book.last_entry, head_of(book.journal, book.last_entry)
        self._figures = point_figures(self._tally, self.policy, self._scored, self._units.total)

    def _touched(self, book: Book) -> set[int] | None:
        if book.last_entry < self._seen or head_of(book.journal, self._seen) != self._head:
            return None
        return touched(book, self._seen, self.filters)

    def _read_anew(self, book: Book) -> list[int]:
        before = self._kept
        self._read(book)
        return differing(before.whole(), self._kept.whole())

    def _exchange(self, book: Book, questions: list[int]) -> list[int]:
        changed = []
        for question in questions:
            self._units.count_anew(book, question)
            gone, come = self._kept.of(question), rows_of(book, question, self.policy, self.filters)
            if not same_rows(gone, come):
                self._tally = exchanged(self._tally, _tally(gone), _tally(come))
                self._scored += come.units - gone.units
                self._kept.changed[question] = come
                changed.append(question)
        if self.filters.status:  # which units are open or due, the clock decides as well
            self._units = Units(book, self.filters)
        self._finish(book)
        return changed


def _tally(rows: Rows) -> Tally:
    return Tally.of_parts(forecast=rows.probability, outcome=rows.outcome, parts=rows.weight)
