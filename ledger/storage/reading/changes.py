"""Whether anything was written, and which questions entries are about."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ledger.storage.driver import Driver

MOST = 1000
"""More questions than these are not named one by one."""
_NAMES = ("forecaster", "source")
_OF_NONE = (*_NAMES, "review_rules", "announced")
_ENTRIES = "SELECT kind, facts FROM entry WHERE seq > ? AND seq <= ?"
_ENTRY = "SELECT kind, facts FROM entry WHERE seq = ?"
_OF_STATEMENT = "SELECT question_id FROM forecast WHERE entry = ?"
_DEPENDENT = """
    WITH RECURSIVE touched(id) AS (
        SELECT id FROM question WHERE condition_id = ?
        UNION SELECT q.id FROM question q JOIN touched t ON q.condition_id = t.id
    ) SELECT id FROM touched LIMIT ?"""


def version(driver: Driver) -> tuple[int, int]:
    """What differs after others wrote (to be compared on one connection only), and the number of the last entry."""
    last = driver.one("SELECT MAX(seq) FROM entry")
    return driver.data_version(), int(last[0] or 0) if last else 0


def touched(driver: Driver, after: int, until: int) -> frozenset[int] | None:
    """The questions that the entries after one, up to another, may have changed; ``None`` where it may be any.

    Those that depend on them are among them, through any number of conditions.
    """
    if not after < until <= after + MOST:
        return None
    found: set[int] = set()
    for kind, facts in driver.all(_ENTRIES, (after, until)):
        try:
            numbers = _questions(driver, kind, facts)
        except (LookupError, TypeError, ValueError):  # a damaged entry is for verification to name
            return None
        if numbers is None:
            return None
        found |= numbers
    for number in tuple(found):
        found.update(one for (one,) in driver.all(_DEPENDENT, (number, MOST)))
    return frozenset(found) if len(found) <= MOST else None


def _questions(driver: Driver, kind: str, facts: str) -> set[int] | None:
    told = json.loads(facts)
    if kind in _OF_NONE:
        return set()
    if kind == "correct":
        return {number for (number,) in driver.all(_OF_STATEMENT, (told["forecast"],))}
    return {told["question"]} if kind != "redact" else _redacted(driver, told["entries"])


def _redacted(driver: Driver, entries: Iterable[int]) -> set[int] | None:
    """The questions of redacted entries; a name that is gone is gone wherever it was shown."""
    found: set[int] = set()
    for entry in entries:
        for kind, facts in driver.all(_ENTRY, (entry,)):
            numbers = None if kind in _NAMES else _questions(driver, kind, facts)
            if numbers is None:
                return None
            found |= numbers
    return found
