"""The names that a ledger holds, by how they begin, in a bounded number of steps on any ledger."""

from __future__ import annotations

from ledger.storage.driver import Driver
from ledger.storage.reading.narrowing import escaped

LAST = chr(0x10FFFF)
MOST = 20_000
"""So many forecasters or publications are looked at."""

# From one tag to the next by the index, however many questions have each; DISTINCT would read them all.
_TAGS = """
    WITH RECURSIVE walk(tag) AS (
        SELECT MIN(tag) FROM question_tag WHERE tag >= ?
        UNION ALL SELECT (SELECT MIN(tag) FROM question_tag WHERE tag > walk.tag) FROM walk WHERE walk.tag < ?
    ) SELECT tag FROM walk WHERE tag < ? LIMIT ?"""
_FORECASTERS = r"""
    SELECT name FROM (SELECT name FROM forecaster WHERE name IS NOT NULL ORDER BY id LIMIT ?) AS known
    WHERE name LIKE ? ESCAPE '\' OR name LIKE ? ESCAPE '\' ORDER BY name LIMIT ?"""
_SOURCES = r"""
    WITH known AS (SELECT title, author, publisher, url FROM source ORDER BY id LIMIT ?),
    named(name) AS (SELECT title FROM known UNION SELECT author FROM known UNION SELECT publisher FROM known
        UNION SELECT url FROM known)
    SELECT name FROM named WHERE name LIKE ? ESCAPE '\' OR name LIKE ? ESCAPE '\' ORDER BY name LIMIT ?"""


def tags_like(driver: Driver, beginning: str, limit: int) -> list[str]:
    """Tags that begin so, as written, in small letters, in capitals or with one capital, in order."""
    found: set[str] = set()
    for told in dict.fromkeys((beginning, beginning.lower(), beginning.upper(), beginning.capitalize())):
        found.update(tag for (tag,) in driver.all(_TAGS, (told, told + LAST, told + LAST, limit)))
    return sorted(found)[:limit]


def forecasters_like(driver: Driver, beginning: str, limit: int) -> list[str]:
    """Forecasters one of whose names begins so."""
    return _named(driver, _FORECASTERS, beginning, limit)


def sources_like(driver: Driver, beginning: str, limit: int) -> list[str]:
    """Titles, authors, publishers and URLs one of whose words begins so."""
    return _named(driver, _SOURCES, beginning, limit)


def _named(driver: Driver, sql: str, beginning: str, limit: int) -> list[str]:
    like = escaped(beginning) + "%"
    return [name for (name,) in driver.all(sql, (MOST, like, "% " + like, limit))]
