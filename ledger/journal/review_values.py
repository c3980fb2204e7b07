"""Tests of the values that say when something is reviewed; each says in its docstring what the value must be."""

from __future__ import annotations

import re
from itertools import pairwise
from math import gcd

from ledger.domain.reviews import Why
from ledger.journal.canonical import Json
from ledger.journal.values import instant, number, numbers

_SHARE = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})").fullmatch
_WEEKLY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)@(?:[01][0-9]|2[0-3]):[0-5][0-9]").fullmatch
LONGEST_WAIT = 3650
"""The most days that lie between an announcement and its repeat."""


def share(value: Json) -> bool:
    """a share less than 1 in lowest terms, such as 1/3."""
    found = _SHARE(value) if isinstance(value, str) else None
    return found is not None and int(found[1]) < int(found[2]) and gcd(int(found[1]), int(found[2])) == 1


def ascending_days(value: Json) -> bool:
    """a list of ascending numbers of days from 1 to 3650."""
    days = [one for one in value if type(one) is int] if isinstance(value, list) and numbers(value) else []
    return bool(days) and all(left < right for left, right in pairwise(days)) and days[-1] <= LONGEST_WAIT


def weekly(value: Json) -> bool:
    """a weekday and a time of day, such as mon@09:00."""
    return isinstance(value, str) and _WEEKLY(value) is not None


def announcements(value: Json) -> bool:
    """a list of one or more of why, a question's number and a time in UTC."""
    return isinstance(value, list) and bool(value) and all(map(_announcement, value))


def _announcement(value: Json) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    why, question, at = value
    return isinstance(why, str) and why in set(Why) and number(question) and instant(at)
