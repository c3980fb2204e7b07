"""Two forecasters against each other, as a screen asks for them: by name, under a policy, within filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.services.comparing import compare_pair, read_pair
from ledger.services.score_rows import gather
from ledger.services.scoring_rules import RULES
from ledger.storage.reading.suggesting import forecasters_like
from ledger.storage.reading.units import scored_rows

if TYPE_CHECKING:
    from ledger.services.opening import Book


def compare_named(
    book: Book, names: tuple[str, str], policy: Policy, filters: Filters, resamples: int = 1000
) -> dict[str, Any]:
    """The paired comparison by the half Brier score, as ``score --compare`` gives it.

    Raises ``NotFoundError`` for a name that is not there or two without a question in common, ``InputError`` for one
    and the same forecaster.
    """
    pair = read_pair(book.driver, names)
    beside = ("settled",)
    rows = gather(scored_rows(book.driver, Kind.BINARY.value, policy, filters, book.now, None, beside), beside)
    return compare_pair(names, pair, rows, RULES["brier"], resamples, 1)


def forecaster_names(book: Book, beginning: str, limit: int = 20) -> list[str]:
    """Forecasters one of whose names begins so, in order of the alphabet; raw text."""
    return forecasters_like(book.driver, beginning, limit)
