"""Where in a ledger a text can be, by the sieves of its questions' words."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.sieve import SHARING, is_sieve, may_hold, numbers_of, wanted_of
from ledger.storage.driver import Driver
from ledger.storage.schema import has_table

Stretch = tuple[int, int]
"""The first and the last number of questions in a row."""

NEAR = 2 * SHARING
"""Questions that are read along rather than asked around: a query costs about as much."""
BLOCK = 100


def stretches(driver: Driver, text: str, last: int, *, longest: int, descending: bool = False) -> Iterator[Stretch]:
    """The stretches of the questions 1 to ``last`` in which ``text`` can be, each of about ``longest`` at most.

    They come in order, or ``descending``, and are looked for as they are asked for.
    """
    parts = _parts(driver, text, last, descending=descending)
    low, high = next(parts, (0, 0))
    for start, end in parts:
        joined = (start, high) if descending else (low, end)
        if min(abs(start - high), abs(low - end)) <= NEAR and joined[1] - joined[0] < longest:
            low, high = joined
        else:
            yield low, high
            low, high = start, end
    if low:
        yield low, high


def _parts(driver: Driver, text: str, last: int, *, descending: bool) -> Iterator[Stretch]:
    """Each part that may have the text; all of them where that is not known."""
    wanted = wanted_of(text) if has_table(driver, "question_sieve") else None
    if wanted is None:
        for start in range(1, last + 1, SHARING):
            low = last + 1 - start if descending else start
            yield (max(low - SHARING + 1, 1), low) if descending else (low, min(low + SHARING - 1, last))
        return
    way = "DESC" if descending else "ASC"
    for part, sieve in driver.stream(f"SELECT part, sieve FROM question_sieve ORDER BY part {way}", size=BLOCK):
        if not is_sieve(sieve) or may_hold(sieve, wanted):
            low, high = numbers_of(part)
            yield low, min(high, last)
