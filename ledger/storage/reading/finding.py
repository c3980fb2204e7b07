"""From what people type to a question's number."""

from __future__ import annotations

import re

from ledger.domain.text import quoted
from ledger.domain.words import near
from ledger.errors import InputError, NotFoundError
from ledger.storage.driver import Driver

_NUMBER = re.compile(r"#([0-9]{1,18})")
_BARE_NUMBER = re.compile(r"[0-9]{1,18}")


def find_question(driver: Driver, told: str) -> int:
    """The number of the question that ``told`` names: ``#12``, a key, or a bare number that is no key.

    Raises ``NotFoundError`` with the near keys, and ``InputError`` where two sources use the same key.
    """
    told = told.strip()
    if match := _NUMBER.fullmatch(told):
        return _by_number(driver, int(match[1]), told)
    rows = driver.all("SELECT id FROM question WHERE key = ? ORDER BY id", (told,))
    if len(rows) > 1:
        listed = ", ".join(f"#{number}" for (number,) in rows)
        raise InputError(
            f"the key {quoted(told)} is ambiguous: {listed} have it, from different sources; name one by number"
        )
    if rows:
        return int(rows[0][0])
    if _BARE_NUMBER.fullmatch(told):
        return _by_number(driver, int(told), told)
    raise NotFoundError(f"there is no question {quoted(told)}{_hint(driver, told)}")


def _by_number(driver: Driver, number: int, told: str) -> int:
    if driver.one("SELECT 1 FROM question WHERE id = ?", (number,)):
        return number
    row = driver.one("SELECT MAX(id) FROM question")
    last = row[0] if row else None
    known = "the ledger has no questions yet" if last is None else f"the numbers go from #1 to #{last}"
    raise NotFoundError(f"there is no question {told}: {known}; see: forecast list")


def _hint(driver: Driver, told: str) -> str:
    keys = [key for (key,) in driver.all("SELECT key FROM question WHERE key IS NOT NULL ORDER BY id LIMIT 50000")]
    found = near(told, keys)
    return f"; did you mean {' or '.join(found)}?" if found else "; see: forecast list"
