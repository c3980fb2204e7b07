"""The score of each slice of a ledger, as the terminal UI's table shows it: figures first, intervals after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.errors import Cancelled
from ledger.services.binning import Binning
from ledger.services.cards import Drawing, binary_card
from ledger.services.score import SLICES
from ledger.services.score_rows import Rows, grouped
from ledger.services.scoring_rules import RULES
from ledger.services.studying import SEED, laid_out
from ledger.storage.cancelling import cancellable
from ledger.storage.reading.units import scored_rows, tags_of_questions

if TYPE_CHECKING:
    from ledger.services.opening import Book

__all__ = ["MOST_INTERVALS", "SLICES", "Slice", "Slices", "read_slices"]

MOST_INTERVALS = 300
"""Of more slices than this no intervals are drawn."""
Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice: its label (``None`` for what has none) and figures; the Brier score is the half form (0 to 1)."""

    label: str | None
    n: int
    base_rate: float | None
    brier: float | None
    interval: tuple[float, float] | None
    skill: float | None
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Slices:
    """The binary rows of each slice, read once."""

    by: str
    policy: Policy
    parts: list[tuple[str | None, Rows]]

    def cards(self, resamples: int, cancelled: Asked) -> list[Slice]:
        """The figures of each; raises ``Cancelled`` when nobody waits any more."""
        drawn = resamples if len(self.parts) <= MOST_INTERVALS else 0
        how = Drawing(self.policy, RULES["brier"], drawn, SEED, Binning(10, "width"), extras=False)
        found = []
        for label, rows in self.parts:
            if cancelled():
                raise Cancelled
            found.append(_slice(label, rows, how))
        return found


def _slice(label: str | None, rows: Rows, how: Drawing) -> Slice:
    card = binary_card(rows, how)
    ends = card["brier_interval"]
    interval = None if ends is None else (ends[0], ends[1])
    return Slice(
        label, card["n"], card["base_rate"], card["brier"], interval, card["skill_score"], dict(card["reasons"])
    )


def read_slices(book: Book, by: str, policy: Policy, filters: Filters, cancelled: Asked) -> Slices:
    """Read the rows by one of ``SLICES``; raises ``Cancelled``."""
    with cancellable(book.driver, cancelled):
        tags = tags_of_questions(book.driver) if by == "tag" else {}
        rows = laid_out(scored_rows(book.driver, Kind.BINARY.value, policy, filters, book.now, by), cancelled)
    return Slices(by, policy, list(grouped(rows, by, tags)))
