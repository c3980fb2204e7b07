"""What JSON may hold here, and the reading that lets nothing else pass, in any layout.

Floats are refused (a probability is a decimal string), and so is an integer beyond ±(2**53 - 1), which other
readers of JSON round (RFC 7493, 2.2), a key given twice (2.3), a lone surrogate (2.1), and a NUL, which not
every database can store.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import NoReturn, TypeAlias

from ledger.domain.text import quoted
from ledger.errors import InputError

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

INTEGER_LIMIT = 2**53 - 1
DEPTH_LIMIT = 16


def read_strict(text: str) -> Json:
    """The value of a JSON text in any layout.

    Raises InputError for what is not JSON, and for every value that ``check_value`` refuses.
    """
    try:
        value: Json = _strict_decoder.decode(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}") from None
    except RecursionError:
        raise InputError(f"nested more than {DEPTH_LIMIT} deep") from None
    check_value(value)
    return value


def check_value(value: object, depth: int = 0) -> None:
    """Raise InputError for a value that has no place in the journal, ``depth`` levels below its top."""
    if depth >= DEPTH_LIMIT and isinstance(value, dict | list | tuple):
        raise InputError(f"nested more than {DEPTH_LIMIT} deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise InputError(f"a key must be text, not {quoted(str(key))}")
            _check_text(key)
            check_value(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            check_value(item, depth + 1)
    else:
        _check_plain(value)


def _check_plain(value: object) -> None:
    if isinstance(value, float):
        raise InputError(f"the number {value!r} is a float: write it as a decimal string")
    if not (value is None or isinstance(value, int)):
        raise InputError(f"a value of type {type(value).__name__} has no place in the journal")
    if value is not None and not -INTEGER_LIMIT <= value <= INTEGER_LIMIT:
        raise InputError(f"an integer beyond ±{INTEGER_LIMIT}: write it as a decimal string")


def _check_text(text: str) -> None:
    if "\0" in text:
        raise InputError("a NUL character in the text: take it out")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"a lone surrogate at character {error.start + 1} of the text: take it out") from None


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise InputError(f"the key {quoted(twice)} is given twice")
    return found


def _no_float(text: str) -> NoReturn:
    shown = text if len(text) <= 20 else text[:20] + "…"
    raise InputError(f"the number {shown} is a float: write it as a decimal string")


def _integer(text: str) -> int:
    if len(text) > len(str(-INTEGER_LIMIT)):  # before int(): it refuses, or labours at, thousands of digits
        raise InputError(f"an integer of {len(text.lstrip('-'))} digits: write it as a decimal string")
    return int(text)


_strict_decoder = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_no_float, parse_constant=_no_float, parse_int=_integer
)
