"""Which questions a stretch of the journal may have changed, and what follows down their conditions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ledger.domain.filters import Filters
from ledger.services.opening import Book
from ledger.storage.reading.following import entries_between, entries_named, question_of_statement
from ledger.storage.reading.reviewing import dependent

MOST = 20_000
"""Entries from which reading everything again is quicker than following them."""


def touched(book: Book, after: int, filters: Filters) -> set[int] | None:
    """The questions that entries after one speak of, and all that hang on them; ``None`` where all may have changed."""
    if book.last_entry - after > MOST:
        return None
    found: set[int] = set()
    for kind, told in entries_between(book.journal, after, book.last_entry):
        questions = _spoken_of(book, kind, json.loads(told), filters)
        if questions is None:
            return None
        found.update(questions)
    return _with_dependants(book, found)


def _spoken_of(book: Book, kind: str, facts: dict[str, Any], filters: Filters) -> Iterable[int] | None:
    if kind == "redact":
        return _redacted(book, facts["entries"], filters)
    if kind == "correct":
        question = question_of_statement(book.driver, facts["forecast"])
        return () if question is None else (question,)
    return (facts["question"],) if "question" in facts else ()


def _redacted(book: Book, entries: Iterable[int], filters: Filters) -> Iterable[int] | None:
    """The questions whose words went; a name that went may be one that was filtered by."""
    found: list[int] = []
    for kind, told in entries_named(book.journal, entries):
        if (kind == "forecaster" and filters.forecasters) or (kind == "source" and filters.sources):
            return None
        found.extend(_spoken_of(book, kind, json.loads(told), filters) or () if kind != "redact" else ())
    return found


def _with_dependants(book: Book, questions: set[int]) -> set[int]:
    found, waiting = set(questions), list(questions)
    while waiting:
        fresh = [child for child in _children(book, waiting) if child not in found]
        found.update(fresh)
        waiting = list(dict.fromkeys(fresh))
    return found


def _children(book: Book, questions: Iterable[int]) -> Iterator[int]:
    for question in questions:
        yield from dependent(book.driver, question)
