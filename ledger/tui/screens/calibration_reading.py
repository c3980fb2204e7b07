"""What the calibration screen reads and computes, in threads; figures come first, what is resampled follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.errors import Cancelled
from ledger.tui.work import cancelled

if TYPE_CHECKING:
    from ledger.services.opening import Book
    from ledger.services.slicing import Slice, Slices
    from ledger.services.studying import Study
    from ledger.services.trending import Month

Card = Mapping[str, Any]
RESAMPLES = 1000
BINS = ("width", "mass", "exact")
"""The ways of binning, in the order in which a key goes through them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The card and its diagram, with intervals where they were ``resampled``."""

    card: Card
    asked: str
    """The way of binning that was asked for."""
    bins: str
    resampled: bool
    consistency: Mapping[float, tuple[float, float]]
    no_consistency: str | None
    counts_questions: bool
    """Whether a point of the diagram counts questions, as its rows are not independent."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known at once: the rows, and every figure that needs no resampling."""

    study: Study
    drawn: Drawn
    months: tuple[Month, ...]
    kinds: Mapping[str, Card]


def opened(book: Book, *, policy: Policy, filters: Filters, bins: str, old: Study | None) -> Opened:
    """Read what is scored, and its point figures; of an ``old`` reading of the same only what changed since."""
    from ledger.services.studying import renewed, study
    from ledger.services.trending import trend

    if old is None or (old.policy, old.filters) != (policy, filters):
        found = study(book, policy, filters, cancelled)
    else:
        found = renewed(old, book, cancelled)
    return Opened(found, drawn(found, bins, 0), trend(found.binary, found.deadlines, policy), found.kinds(0))


def drawn(found: Study, bins: str, resamples: int) -> Drawn:
    """The card and the diagram of what was read."""
    from ledger.services.binning import read_bins

    asked = read_bins("exact" if bins == "exact" else f"{bins}:10")
    bars, why = found.consistency(asked, resamples)
    card = found.card(asked, resamples)
    if cancelled():
        raise Cancelled
    return Drawn(card, bins, str(found.fitting(asked)), resamples > 0, bars, why, found.dependent is not None)


def resampled(found: Study, bins: str) -> tuple[Drawn, Mapping[str, Card]]:
    """The same with every interval, and the other kinds' cards with theirs."""
    return drawn(found, bins, RESAMPLES), found.kinds(RESAMPLES)


def slices(book: Book, *, by: str, policy: Policy, filters: Filters) -> tuple[Slices, list[Slice]]:
    """The slices, their rows and their point figures."""
    from ledger.services.slicing import read_slices

    found = read_slices(book, by, policy, filters, cancelled)
    return found, found.cards(0, cancelled)


def slice_intervals(found: Slices) -> list[Slice]:
    """The slices with their intervals."""
    return found.cards(RESAMPLES, cancelled)


def words(book: Book, *, found: Study) -> Card | None:
    """What the words turned out to mean; nothing where nothing is settled."""
    from ledger.services.meanings import meanings
    from ledger.services.score_cards import last_rows

    last = last_rows(book, found.filters)
    return meanings(last, found.binary.tally()) if len(last) else None


def compared(book: Book, *, names: tuple[str, str], policy: Policy, filters: Filters) -> Card:
    """Two forecasters against each other."""
    from ledger.services.rivals import compare_named

    return compare_named(book, names, policy, filters, RESAMPLES)


def names_like(beginning: str) -> Callable[[Book], list[str]]:
    """A job that looks up forecasters by the beginning of a name."""

    def job(book: Book) -> list[str]:
        from ledger.services.rivals import forecaster_names

        return forecaster_names(book, beginning)

    return job
