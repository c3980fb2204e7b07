"""JSON from elsewhere, read within limits: a file cannot make the reader run out of stack, memory or time."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import NoReturn

from ledger.errors import FileInputError, InputError

DEEPEST = 64
LONGEST_INTEGER = 400
MOST_CONTAINERS, MOST_VALUES = 1_000_000, 4_000_000
"""Objects and arrays, and values in them: a text of brackets takes fifty times its size."""
_ENDLESS = re.compile(r"[0-9]{401}")
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read_json(text: str, *, file: str) -> object:
    """What ``text`` says; integers and decimals are exact.

    Raises :class:`FileInputError`, with the line, for what is not JSON, is deeper than :data:`DEEPEST` levels, or
    holds a number of more than :data:`LONGEST_INTEGER` characters, ``NaN`` or an infinity.
    """
    if text.count("{") + text.count("[") > MOST_CONTAINERS or text.count(",") > MOST_VALUES:
        problem = f"more than {MOST_CONTAINERS:,} records or {MOST_VALUES:,} values: import it in parts"
        raise FileInputError(problem, file=file)
    if found := _ENDLESS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problem = f"a number of more than {LONGEST_INTEGER} digits: none is so exact"
        raise FileInputError(problem, file=file, line=line)
    _refuse_deep(text, file)
    try:
        return json.loads(text, parse_int=_integer, parse_float=_decimal, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        problem = f"not JSON from here on ({error.msg.lower()}): fetch the file again, or mend it"
        raise FileInputError(problem, file=file, line=error.lineno) from None
    except InputError as error:
        raise FileInputError(str(error), file=file) from None


def _refuse_deep(text: str, file: str) -> None:
    depth = 0
    for mark in _MARKS.finditer(text):
        sign = text[mark.start()]
        if sign in "[{":
            depth += 1
            if depth > DEEPEST:
                line = text.count("\n", 0, mark.start()) + 1
                raise FileInputError(f"nested deeper than {DEEPEST} levels: no format is", file=file, line=line)
        elif sign in "]}":
            depth -= 1


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise InputError(f"a number of {len(digits):,} digits: {LONGEST_INTEGER} are the most")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if len(digits) > LONGEST_INTEGER:
        raise InputError(f"a number of {len(digits):,} characters: {LONGEST_INTEGER} are the most")
    return Decimal(digits)


def _no_number(word: str) -> NoReturn:
    raise InputError(f"{word} is no number: remove it")
