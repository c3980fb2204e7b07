"""Canonical JSON: one text for one value, so that a hash of the text is a hash of the value.

The form is that of RFC 8785 without its numbers: keys sorted by code point, no white space, UTF-8 with only
``"``, ``\\`` and the control characters escaped. Floats are refused (a probability is a decimal string), and so
is an integer beyond ±(2**53 - 1), which other readers of JSON round (RFC 7493, 2.2). Text is kept as it was
given: whoever takes it in normalises it, the journal alters nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NoReturn, TypeAlias

from ledger.errors import InputError

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

INTEGER_LIMIT = 2**53 - 1
DEPTH_LIMIT = 16

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_SIMPLE_KEY = re.compile(r"[a-z_]+")
_SIMPLE_VALUE = r'(?:"[^"\\\x00-\x1f\ud800-\udfff]*"|0|[1-9][0-9]{0,14})'


def canonical_json(value: object) -> str:
    """The canonical text of ``value``.

    Raises InputError for a float, an integer beyond ±(2**53 - 1), a key that is no string, a NUL, a lone
    surrogate, anything else that JSON lacks, and a value nested more than 16 deep.
    """
    _check(value, 0)
    return _encode(value)


def canonical_string(text: str) -> str:
    """``text`` as a canonical JSON string with its quotes, for whoever writes an object by hand.

    Raises InputError for a NUL or a lone surrogate.
    """
    _check_text(text)
    return _encode(text)


def read_canonical(text: str) -> Json:
    """The value whose canonical text is ``text``.

    Raises InputError for what is not JSON, for a key given twice, for a float, ``NaN`` or an integer out of
    range, and for any text that ``canonical_json`` would have written otherwise.
    """
    value = read_strict(text)
    if canonical_json(value) != text:
        raise InputError("not in canonical form: keys sorted, no white space, nothing escaped without need")
    return value


def read_strict(text: str) -> Json:
    """The value of a JSON text in any layout, with the strictness of ``read_canonical`` about its values."""
    try:
        value: Json = _strict_decoder.decode(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise InputError(f"nested more than {DEPTH_LIMIT} deep") from None
    _check(value, 0)
    return value


def is_canonical_object(text: object) -> bool:
    """Whether ``text`` is the canonical text of an object; made for millions of texts of few shapes."""
    if not isinstance(text, str):
        return False
    global _is_usual  # noqa: PLW0603 - remembers the last shape: a plain cache of one pattern
    if _is_usual(text):
        return True
    try:
        value = read_canonical(text)
    except InputError:
        return False
    if not isinstance(value, dict):
        return False
    if value and all(map(_SIMPLE_KEY.fullmatch, value)):
        _is_usual = _shape(tuple(value))
    return True


@lru_cache(maxsize=256)
def _shape(keys: tuple[str, ...]) -> Callable[[str], object]:
    """A test for flat objects of just these sorted keys: what it accepts is canonical, what it does not may be."""
    return re.compile(r"\{" + ",".join(f'"{key}":{_SIMPLE_VALUE}' for key in keys) + r"\}").fullmatch


_is_usual: Callable[[str], object] = _shape(("forecaster", "made_at", "p", "question"))


def _check(value: object, depth: int) -> None:
    if depth > DEPTH_LIMIT:
        raise InputError(f"nested more than {DEPTH_LIMIT} deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise InputError(f"a key must be text, not {key!r}")
            _check_text(key)
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
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
        keys = [key for key, _ in pairs]
        raise InputError(f"the key {max(keys, key=keys.count)!r} is given twice")
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
