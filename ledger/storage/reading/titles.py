"""Titles that share words with another one, a bounded number of them on any ledger."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.storage.driver import Driver

LONGEST = 500
"""So many characters of a title are looked at."""


def newest_titles(driver: Driver, count: int) -> list[str]:
    """The titles that were asked last, newest first."""
    sql = f"SELECT substr(title, 1, {LONGEST}) FROM question WHERE title IS NOT NULL ORDER BY id DESC LIMIT ?"
    return [title for (title,) in driver.all(sql, (count,))]


def titles_with(driver: Driver, words: Sequence[str], count: int, *, every: bool) -> dict[int, str]:
    """The ``count`` newest titles that hold one of ``words``, or ``every`` one, by number.

    Beyond ASCII any sign passes for a letter, since SQLite does not know its other case.
    """
    if not words:
        return {}
    tests = (" AND " if every else " OR ").join(["title LIKE ?"] * len(words))
    sql = f"SELECT id, substr(title, 1, {LONGEST}) FROM question NOT INDEXED WHERE {tests} ORDER BY id DESC LIMIT ?"
    found: dict[int, str] = dict(driver.all(sql, [*map(_pattern, words), count]))
    return found


def _pattern(word: str) -> str:
    return "%" + "".join(sign if sign.isascii() else "_" for sign in word) + "%"
