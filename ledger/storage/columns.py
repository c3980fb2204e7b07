"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Double, Integer, LargeBinary, Text
from sqlmodel import Field

NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""64-bit integers; on SQLite ``INTEGER``, so that a primary key is the row's own number."""
WORDS = Text().with_variant(Text(collation="C"), "postgresql")
"""Text, in the order of its code points on either."""


def primary() -> Any:
    """A primary key that this program gives, never the database."""
    return Field(primary_key=True, sa_type=NUMBER, sa_column_kwargs={"autoincrement": False})


def number(*, index: bool = False) -> Any:
    """A whole number, or an instant in µs since 1970 UTC."""
    return Field(sa_type=NUMBER, index=index)


def maybe_number(*, index: bool = False) -> Any:
    """A whole number or instant that may be unknown."""
    return Field(default=None, sa_type=NUMBER, nullable=True, index=index)


def text(*, index: bool = False, unique: bool = False) -> Any:
    """Words or decimal text of any length."""
    return Field(sa_type=WORDS, index=index, unique=unique)


def maybe_text(*, index: bool = False) -> Any:
    """Words that may be absent, or dropped by a redaction."""
    return Field(default=None, sa_type=WORDS, nullable=True, index=index)


def real() -> Any:
    """A float64 that may be absent."""
    return Field(default=None, sa_type=Double, nullable=True)


def octets(*, nullable: bool = False) -> Any:
    """Bytes: a hash, a salt, a client-made id."""
    if nullable:
        return Field(default=None, sa_type=LargeBinary, nullable=True)
    return Field(sa_type=LargeBinary)
