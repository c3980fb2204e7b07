"""Tests of single values in facts and texts: each says in its docstring what the value must be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date as calendar_date
from functools import lru_cache
from math import isfinite

from ledger.domain.instants import format_instant, parse_rfc3339
from ledger.domain.kinds import Kind
from ledger.domain.probability import shortest_decimal
from ledger.domain.text import LONGEST_TEXT
from ledger.errors import InputError
from ledger.journal.canonical import Json

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?").fullmatch
_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


def meaning(test: Callable[[Json], bool]) -> str:
    """What a test of this module asks for, in words."""
    return (test.__doc__ or "as it must be").rstrip(".")


def number(value: Json) -> bool:
    """a whole number from 1."""
    return type(value) is int and value >= 1


def numbers(value: Json) -> bool:
    """a list of one or more whole numbers from 1."""
    return _each(value, number)


def word(value: Json) -> bool:
    """a text of one or more characters."""
    return isinstance(value, str) and value != ""


def words(value: Json) -> bool:
    """a list of one or more texts, none empty."""
    return _each(value, word)


def text(value: Json) -> bool:
    """a text."""
    return isinstance(value, str)


def texts(value: Json) -> bool:
    """a list of texts."""
    return value == [] or _each(value, text)


def instant(value: Json) -> bool:
    """a time in UTC such as 2026-12-31T23:59:59Z."""
    return isinstance(value, str) and _is_instant(value)


def date(value: Json) -> bool:
    """a date such as 2026-12-31."""
    return isinstance(value, str) and _DATE(value) is not None and _is_date(value)


def digest(value: Json) -> bool:
    """a SHA-256 as 64 hexadecimal digits."""
    return isinstance(value, str) and _DIGEST(value) is not None


def quantity(value: Json) -> bool:
    """a decimal such as "12.5", without an exponent and needless zeros."""
    fits = isinstance(value, str) and len(value) <= LONGEST_TEXT and _DECIMAL(value)
    return bool(fits) and isfinite(float(str(value)))


def probability(value: Json) -> bool:
    """a probability as the shortest decimal of its float64, such as "0.7"."""
    return isinstance(value, str) and _is_probability(value)


def vector(value: Json) -> bool:
    """a list of one or more probabilities as decimals."""
    return _each(value, probability)


def quantiles(value: Json) -> bool:
    """a list of pairs of a level and a quantity, as decimals."""
    return _each(value, _quantile)


def question_kind(value: Json) -> bool:
    """binary, choice, ordered or numeric."""
    return value in set(Kind) if isinstance(value, str) else False


def deadline_from(value: Json) -> bool:
    """stated, implied or assigned."""
    return value in ("stated", "implied", "assigned")


def condition(value: Json) -> bool:
    """a question's number and the outcome that it needs."""
    return (
        isinstance(value, dict)
        and value.keys() == {"question", "outcome"}
        and number(value["question"])
        and word(value["outcome"])
    )


def outcome(value: Json) -> bool:
    """yes, no, a share as a decimal, {"option": index from 0} or {"value": quantity}."""
    if not isinstance(value, dict):
        return value in ("yes", "no") or probability(value)
    option = value.get("option")
    if value.keys() == {"option"}:
        return type(option) is int and option >= 0
    return value.keys() == {"value"} and quantity(value["value"])


def _each(value: Json, test: Callable[[Json], bool]) -> bool:
    return isinstance(value, list) and bool(value) and all(map(test, value))


def _quantile(value: Json) -> bool:
    return isinstance(value, list) and len(value) == 2 and probability(value[0]) and quantity(value[1])


@lru_cache(maxsize=65_536)
def _is_probability(text: str) -> bool:
    return quantity(text) and 0.0 <= float(text) <= 1.0 and shortest_decimal(float(text)) == text


def _is_instant(text: str) -> bool:
    try:
        return format_instant(parse_rfc3339(text)) == text
    except InputError:
        return False


def _is_date(text: str) -> bool:
    try:
        calendar_date.fromisoformat(text)
    except ValueError:
        return False
    return True
