"""The sieves of questions' words: one for every so many questions in the order of their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ledger.domain.sieve import numbers_of, part_of, sieve_of, together
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
        numbers = numbers_of(part) if part in again else (min(added[part]), max(added[part]))
        sieve = sieve_of(words for row in driver.all(_WORDS, numbers) for words in row if words is not None)
        before = None if part in again else driver.one(_SIEVE, (part,))
        driver.run(_DROP, (part,))
        driver.run(insert(QuestionSieve), (part, sieve if before is None else together(before[0], sieve)))
