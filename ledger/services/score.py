"""``score``: the figures of a ledger, by unit and policy, whole and by slice, and what else is asked of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.services.opening import Book, opened
from ledger.storage.location import Location
from ledger.storage.reading.units import LABELS, ClassCounts, Counts, counts

if TYPE_CHECKING:
    from ledger.services.cards import Drawing
    from ledger.services.referring import Reference
    from ledger.services.score_cards import Cards

SLICES = tuple(LABELS)
Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What to score, and how; see the modules of the same words for what each may say.

    Without ``group_extras`` the groups have what a table shows and no more, which is much quicker.
    """

    policy: str = Policy.TIME_AVERAGE.value
    rule: str = "brier"
    by: str | None = None
    filters: Filters = field(default_factory=Filters)
    resamples: int = 1000
    seed: int = 1
    reference: str = "base-rate"
    decomposition: str = "corp"
    bins: str | None = None
    compare: tuple[str, str] | None = None
    words: bool = False
    group_extras: bool = True


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The answer, as ``as_data`` gives it."""

    request: ScoreRequest
    bins: str
    counts: Counts
    classes: dict[str, float]
    left_out: int
    overall: Card
    kinds: dict[str, Card]
    groups: list[Card]
    parts: dict[str, Any]
    """The reference, the decomposition, and the comparison and the words where they were asked for."""

    def as_data(self) -> dict[str, Any]:
        """The figures for JSON: ``null`` where one is not defined, with its reason, never NaN."""
        request = self.request
        return {
            "policy": request.policy, "rule": request.rule, "filters": request.filters.as_data(), "bins": self.bins,
            "resamples": request.resamples, "seed": request.seed, "left_out": self.left_out,
            "counts": self.counts._asdict(), "classes": self.classes, "overall": self.overall, "kinds": self.kinds,
            **self.parts, "groups": self.groups,
        }  # fmt: skip


def score(location: Location, request: ScoreRequest, as_of: str | None = None) -> ScoreReport:
    """Score the ledger as it is, or as it was.

    Raises ``InputError`` for a policy, rule, slice, reference, decomposition or bins that are none, ``NotFoundError``
    for a forecaster who is not there or two without a question in common.
    """
    how = _drawing(request)
    with opened(location, as_of) as book:
        return score_book(book, request, how)


def score_book(book: Book, request: ScoreRequest, how: Drawing) -> ScoreReport:
    """Score an open book."""
    from ledger.services.comparing import read_pair
    from ledger.services.referring import read_reference
    from ledger.services.score_cards import Cards

    reference = read_reference(book.driver, request.reference)
    pair = None if request.compare is None else read_pair(book.driver, request.compare)
    told = counts(book.driver, request.filters, book.now)
    whole = counts(book.driver, Filters(), book.now).units if request.filters.narrows else told.units
    beside = (("since", "until") if reference.stands else ()) + (("settled",) if pair else ())
    cards = Cards(book, request.filters, how, request.by, beside)
    overall, kinds = cards.whole()
    parts = {
        "reference": _against(book, cards, how, reference, overall),
        "decomposition": _made_of(cards, how, request, overall),
    }
    if pair is not None and request.compare is not None:
        parts["comparison"] = _compared(cards, how, request.compare, pair)
    if request.words:
        parts["words"] = _worded(book, cards, request)
    classes = ClassCounts.read(book.driver, request.filters, book.now).shares()
    groups = cards.groups(extras=request.group_extras)
    return ScoreReport(request, str(how.bins), told, classes, whole - told.units, overall, kinds, groups, parts)


def explanation(book: Book, told: str, policy: str, rule: str, forecasters: tuple[str, ...] = ()) -> dict[str, Any]:
    """Why the question that ``told`` names scored as it did, by forecaster and statement; see ``explaining``."""
    from ledger.services.explaining import explain
    from ledger.services.scoring_rules import rule_named

    return explain(book, told, policy_named(policy), rule_named(rule), forecasters)


def policy_named(told: str) -> Policy:
    """The policy called ``told``; raises ``InputError`` with those there are."""
    try:
        return Policy(told)
    except ValueError as problem:
        raise InputError(f"--policy {told!r} is none of: {', '.join(Policy)}") from problem


def _drawing(request: ScoreRequest) -> Drawing:
    """Read what is asked for; what cannot be is refused before anything is opened."""
    from ledger.services.binning import read_bins
    from ledger.services.cards import Drawing
    from ledger.services.decomposing import check_decomposition
    from ledger.services.scoring_rules import rule_named

    policy = policy_named(request.policy)
    if request.by is not None and request.by not in SLICES:
        hint = did_you_mean(request.by, SLICES) or f"; there are {', '.join(SLICES)}"
        raise InputError(f"--by {request.by!r} is no slice{hint}")
    rule = rule_named(request.rule)
    check_decomposition(request.decomposition, rule)
    return Drawing(policy, rule, request.resamples, request.seed, read_bins(request.bins))


def _against(book: Book, cards: Cards, how: Drawing, reference: Reference, overall: Card) -> Card:
    from ledger.services.referring import BASE_RATE, base_rate_told, skill_against
    from ledger.services.score_cards import everybody

    if reference.name == BASE_RATE:
        return base_rate_told(reference, cards.binary, overall["score"])
    standing = everybody(book) if reference.stands else None
    return skill_against(reference, cards.binary, standing, how.policy, how.rule)


def _made_of(cards: Cards, how: Drawing, request: ScoreRequest, overall: Card) -> Card:
    from ledger.services.decomposing import decompose

    rows, bins = cards.binary, None if request.bins is None else how.bins
    return decompose(request.decomposition, rows, how.rule, overall["score"], bins)


def _compared(cards: Cards, how: Drawing, names: tuple[str, str], pair: tuple[int, int]) -> Card:
    from ledger.services.comparing import compare_pair

    return compare_pair(names, pair, cards.binary, how.rule, how.resamples, how.seed)


def _worded(book: Book, cards: Cards, request: ScoreRequest) -> Card:
    from ledger.services.meanings import meanings
    from ledger.services.score_cards import last_rows

    return meanings(last_rows(book, request.filters), cards.binary.tally())
