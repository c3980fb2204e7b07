"""The rows of a score, read once for each kind, and the cards drawn up of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.policies import Policy
from ledger.services.cards import Card, Drawing, binary_card
from ledger.services.kind_cards import numeric_card, option_card
from ledger.services.opening import Book
from ledger.services.score_rows import Rows, gather, grouped, reading_order
from ledger.storage.reading.units import scored_rows, tags_of_questions


class Cards:
    """Cards of what ``filters`` leave, whole and by slice."""

    def __init__(
        self, book: Book, filters: Filters, how: Drawing, by: str | None = None, beside: Sequence[str] = ()
    ) -> None:
        """Read the rows of every kind there is; ``beside`` is what else the binary ones are to tell."""
        self._how, self._by = how, by
        self._tags = tags_of_questions(book.driver) if by == "tag" else {}
        present = {kind for (kind,) in book.driver.all("SELECT DISTINCT kind FROM question WHERE state = 'resolved'")}
        self._rows: dict[Kind, Rows] = {}
        for kind in Kind:
            if kind is Kind.BINARY or kind.value in present:
                more = tuple(beside) if kind is Kind.BINARY else ()
                rows = scored_rows(book.driver, kind.value, how.policy, filters, book.now, by, more)
                self._rows[kind] = gather(rows, more)

    @property
    def binary(self) -> Rows:
        """The rows of binary questions."""
        return self._rows[Kind.BINARY]

    def whole(self) -> tuple[Card, dict[str, Card]]:
        """The binary card, and that of each other kind there is."""
        kinds = {
            kind.value: _card(kind, rows, self._how) for kind, rows in self._rows.items() if kind is not Kind.BINARY
        }
        return _card(Kind.BINARY, self.binary, self._how), {name: card for name, card in kinds.items() if card["n"]}

    def groups(self, *, extras: bool) -> list[Card]:
        """A card for each slice; without ``extras`` only what a table shows."""
        if self._by is None:
            return []
        how = replace(self._how, extras=extras)
        found: dict[str | None, dict[Kind, Rows]] = {}
        for kind, rows in self._rows.items():
            for label, part in grouped(rows, self._by, self._tags):
                found.setdefault(label, {})[kind] = part
        by = self._by
        ordered = sorted(found.items(), key=lambda one: reading_order(by, one[0]))
        return [_group(by, label, parts, how) for label, parts in ordered]


def _group(by: str, label: str | None, parts: dict[Kind, Rows], how: Drawing) -> Card:
    binary = parts.pop(Kind.BINARY, None)
    kinds = {kind.value: _card(kind, rows, how) for kind, rows in parts.items()}
    card = _card(Kind.BINARY, binary if binary is not None else gather([]), how)
    return {"by": by, "value": label, **card, "kinds": kinds}


def _card(kind: Kind, rows: Rows, how: Drawing) -> Card:
    if kind is Kind.BINARY:
        return binary_card(rows, how)
    if kind is Kind.NUMERIC:
        return numeric_card(rows, how)
    return option_card(rows, how, ordered=kind is Kind.ORDERED)


def everybody(book: Book) -> Rows:
    """All on-time statements of scored binary questions, whoever made them, with the times that they stood."""
    beside = ("since", "until")
    return gather(scored_rows(book.driver, Kind.BINARY.value, Policy.ALL, Filters(), book.now, beside=beside), beside)


def last_rows(book: Book, filters: Filters) -> Rows:
    """The last statements of binary units that ``filters`` leave, with their words."""
    beside = ("term", "scale", "source")
    return gather(scored_rows(book.driver, Kind.BINARY.value, Policy.LAST, filters, book.now, beside=beside), beside)
