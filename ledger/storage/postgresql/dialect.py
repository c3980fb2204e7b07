"""The program's SQL as PostgreSQL takes it."""

from __future__ import annotations

import re
from functools import lru_cache

_TEXTS = re.compile(r"('[^']*')")
_LIKE = re.compile(r"\bLIKE \?(?!\s*ESCAPE)")
_LIMITED = re.compile(r"\bLIMIT\s+\S+\s*$")


@lru_cache(maxsize=1024)
def spoken(sql: str) -> str:
    """``sql`` with psycopg's marks for values and PostgreSQL's words for what SQLite says in others.

    SQLite's ``LIKE`` takes ASCII letters of either case for the same, as ``ILIKE`` does on columns in the collation
    ``C``; it has no escape where none is named, and knows lists of nothing.
    """
    sql = _LIKE.sub("LIKE ? ESCAPE ''", sql).replace("IN ()", "= ANY ('{}')")
    parts = _TEXTS.split(sql.replace("%", "%%"))
    parts[::2] = [_words(part) for part in parts[::2]]
    return "".join(parts)


def _words(sql: str) -> str:
    return re.sub(r"\bLIKE\b", "ILIKE", sql.replace("?", "%s")).replace("NOT INDEXED", "")


@lru_cache(maxsize=1024)
def first_only(sql: str) -> str:
    """``sql`` for the first row alone: a server would send them all."""
    return sql if _LIMITED.search(sql) else f"{sql} LIMIT 1"
