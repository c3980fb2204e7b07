"""``score``: the figures of a ledger, by unit and policy, whole and by slice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.services.opening import Book, opened
from ledger.storage.location import Location
from ledger.storage.reading.units import LABELS, Counts, counts, scored_rows, tags_of_questions

SLICES = tuple(LABELS)
Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What to score, and how."""

    policy: str = Policy.TIME_AVERAGE.value
    rule: str = "brier"
    by: str | None = None
    filters: Filters = field(default_factory=Filters)
    resamples: int = 1000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The answer, as ``as_data`` gives it."""

    request: ScoreRequest
    counts: Counts
    left_out: int
    overall: Card
    kinds: dict[str, Card]
    groups: list[Card]

    def as_data(self) -> dict[str, Any]:
        """The figures for JSON: ``null`` where one is not defined, with its reason, never NaN."""
        request = self.request
        return {
            "policy": request.policy, "rule": request.rule, "filters": request.filters.as_data(),
            "resamples": request.resamples, "seed": request.seed, "left_out": self.left_out,
            "counts": self.counts._asdict(), "overall": self.overall, "kinds": self.kinds, "groups": self.groups,
        }  # fmt: skip


def score(location: Location, request: ScoreRequest, as_of: str | None = None) -> ScoreReport:
    """Score the ledger as it is, or as it was; raises ``InputError`` for a policy or slice that is none."""
    policy = _policy(request.policy)
    if request.by is not None and request.by not in SLICES:
        hint = did_you_mean(request.by, SLICES) or f"; there are {', '.join(SLICES)}"
        raise InputError(f"--by {request.by!r} is no slice{hint}")
    with opened(location, as_of) as book:
        told = counts(book.driver, request.filters, book.now)
        whole = counts(book.driver, Filters(), book.now).units if request.filters.narrows else told.units
        cards = _Cards(book, policy, request)
        overall, kinds = cards.whole()
        return ScoreReport(request, told, whole - told.units, overall, kinds, cards.groups())


def _policy(told: str) -> Policy:
    try:
        return Policy(told)
    except ValueError as problem:
        raise InputError(f"--policy {told!r} is none of: {', '.join(Policy)}") from problem


class _Cards:
    """Reads the rows of each kind once, and draws up cards of them."""

    def __init__(self, book: Book, policy: Policy, request: ScoreRequest) -> None:
        from ledger.services.score_rows import gather

        self._policy, self._request = policy, request
        self._tags = tags_of_questions(book.driver) if request.by == "tag" else {}
        present = {kind for (kind,) in book.driver.all("SELECT DISTINCT kind FROM question WHERE state = 'resolved'")}
        self._rows = {
            kind: gather(scored_rows(book.driver, kind.value, policy, request.filters, book.now, request.by))
            for kind in Kind
            if kind is Kind.BINARY or kind.value in present
        }

    def whole(self) -> tuple[Card, dict[str, Card]]:
        """The binary card, and that of each other kind there is."""
        kinds = {kind.value: self._card(kind, rows) for kind, rows in self._rows.items() if kind is not Kind.BINARY}
        overall = self._card(Kind.BINARY, self._rows[Kind.BINARY])
        return overall, {name: card for name, card in kinds.items() if card["n"]}

    def groups(self) -> list[Card]:
        """A card for each slice."""
        from ledger.services.score_rows import grouped

        by = self._request.by
        if by is None:
            return []
        found: dict[str | None, dict[Kind, Any]] = {}
        for kind, rows in self._rows.items():
            for label, part in grouped(rows, by, self._tags):
                found.setdefault(label, {})[kind] = part
        return [self._group(by, label, parts) for label, parts in found.items()]

    def _group(self, by: str, label: str | None, parts: dict[Kind, Any]) -> Card:
        from ledger.services.score_rows import gather

        binary = parts.pop(Kind.BINARY, None)
        kinds = {kind.value: self._card(kind, rows) for kind, rows in parts.items()}
        card = self._card(Kind.BINARY, binary if binary is not None else gather([]))
        return {"by": by, "value": label, **card, "kinds": kinds}

    def _card(self, kind: Kind, rows: Any) -> Card:
        from ledger.services import cards

        drawing = (self._request.resamples, self._request.seed)
        if kind is Kind.BINARY:
            return cards.binary_card(rows, self._policy, *drawing)
        if kind is Kind.NUMERIC:
            return cards.numeric_card(rows, self._policy, *drawing)
        return cards.option_card(rows, self._policy, kind is Kind.ORDERED, *drawing)
