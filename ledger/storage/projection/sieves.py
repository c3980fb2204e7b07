"""The sieves of questions' words: one for every so many questions in the order of their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ledger.domain.sieve import is_sieve, numbers_of, part_of, sieve_of, together
from ledger.storage.driver import Driver
from ledger.storage.inserts import insert
from ledger.storage.tables import QuestionSieve

_WORDS = "SELECT key, title, criteria FROM question WHERE id BETWEEN ? AND ?"
_SIEVE = "SELECT sieve FROM question_sieve WHERE part = ?"
_DROP = "DELETE FROM question_sieve WHERE part = ?"


def write_sieves(driver: Driver, new: Iterable[int], changed: Iterable[int]) -> None:
    """Add the words of ``new`` questions to their sieves, and make those anew that had ``changed`` ones."""
    again, added = set(map(part_of, changed)), defaultdict[int, list[int]](list)
    for question in new:
        added[part_of(question)].append(question)
    for part in sorted(again | added.keys()):
        first, last = numbers_of(part)
        before = None if part in again else driver.one(_SIEVE, (part,))
        if before is not None and is_sieve(before[0]):
            sieve = together(before[0], _of_words(driver, min(added[part]), max(added[part])))
        else:
            sieve = _of_words(driver, first, last)
        driver.run(_DROP, (part,))
        driver.run(insert(QuestionSieve), (part, sieve))


def _of_words(driver: Driver, first: int, last: int) -> bytes:
    rows = driver.all(_WORDS, (first, last))
    return sieve_of(words for row in rows for words in row if words is not None)
