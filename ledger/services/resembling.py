"""Questions that were asked before and ask nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ledger.domain.instants import Instant
from ledger.domain.kinds import Status
from ledger.domain.words import similar_titles, telling_words
from ledger.services.opening import Book
from ledger.storage.cancelling import cancellable
from ledger.storage.driver import Driver
from ledger.storage.reading.pages import questions_among
from ledger.storage.reading.titles import LONGEST, newest_titles, titles_with

SAMPLE, CANDIDATES = 500, 2000
"""Titles that tell how common a word is, and titles that are compared at most."""
RARE = SAMPLE // 100
"""In so many of those a word is still rare."""


@dataclass(frozen=True, slots=True)
class Resembling:
    """A question that is there already. Texts are raw."""

    number: int
    key: str | None
    title: str
    asked_at: Instant
    """When it was opened, or where that is not known, recorded (µs)."""
    status: Status


def resembling(book: Book, title: str, limit: int = 3, cancelled: Callable[[], bool] | None = None) -> list[Resembling]:
    """The questions whose titles are close to ``title``, closest first; ``Cancelled`` once ``cancelled`` says so."""
    with cancellable(book.driver, cancelled):
        return close_to(book.driver, title, book.now, limit)


def close_to(driver: Driver, title: str, now: Instant, limit: int = 3) -> list[Resembling]:
    """The same inside somebody's transaction.

    Compared are those that share one of the two rarest words of ``title``, and those that share both of two common
    ones: the newest 2000 of each, so that a ledger of any size is quick.
    """
    title = title[:LONGEST]
    known = sorted(_candidates(driver, telling_words(title)).items())
    near = [known[at][0] for at in similar_titles(title, [other for _, other in known], limit=limit)]
    rows = questions_among(driver, near)
    return [
        Resembling(row.id, row.key, row.title or "", row.recorded_at if row.opened_at is None else row.opened_at,
                   row.status(now))
        for row in map(rows.__getitem__, near)
    ]  # fmt: skip


def _candidates(driver: Driver, words: frozenset[str]) -> dict[int, str]:
    # Close questions often differ in a year or another number, which says little as such.
    words = frozenset(word for word in words if not word.isdigit()) or words
    sample = newest_titles(driver, SAMPLE)
    common = Counter(word for title in sample for word in telling_words(title) & words)
    by_rarity = sorted(words, key=lambda word: (common[word], -len(word), word))
    rare = [word for word in by_rarity[:2] if common[word] <= RARE]
    pair = by_rarity[len(rare) :][:2]
    if rare and len(pair) < 2:
        pair = []
    known = titles_with(driver, rare, CANDIDATES, every=False)
    return known | titles_with(driver, pair, CANDIDATES, every=True)
