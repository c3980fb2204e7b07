"""Canonical JSON: one text for one value, so that a hash of the text is a hash of the value.

The form is that of RFC 8785 without its numbers: keys sorted by code point, no white space, UTF-8 with only
``"``, ``\\`` and the control characters escaped; the values are those that ``strict`` lets pass. Text is kept
as it was given: whoever takes it in normalises it, the journal alters nothing.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable
from functools import lru_cache

from ledger.errors import InputError
from ledger.journal.strict import Json, check_value, read_strict

__all__ = [
    "Json",
    "canonical_json",
    "canonical_string",
    "is_canonical_object",
    "read_canonical",
    "read_canonical_object",
]

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_read_plain = json.JSONDecoder().raw_decode
_SIMPLE_KEY = re.compile(r"[a-z_]+")
_SIMPLE_VALUE = r'(?:"[^"\\\x00-\x1f\ud800-\udfff]*"|0|[1-9][0-9]{0,14})'


def canonical_json(value: object) -> str:
    """The canonical text of ``value``.

    Raises InputError for a float, an integer beyond ±(2**53 - 1), a key that is no string, a NUL, a lone
    surrogate, anything else that JSON lacks, and a value nested more than 16 deep.
    """
    check_value(value)
    return _encode(value)


def canonical_string(text: str) -> str:
    """``text`` as a canonical JSON string with its quotes, for whoever writes an object by hand.

    Raises InputError for a NUL or a lone surrogate.
    """
    check_value(text)
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


def read_canonical_object(text: str) -> dict[str, Json]:
    """The object whose canonical text is ``text``; InputError as ``read_canonical``, and for any other value.

    Made for millions of texts of few shapes: flat objects of a shape just met are read without the checks
    that their pattern makes needless.
    """
    for fits in tuple(_shapes):
        if fits(text):
            usual: dict[str, Json] = _read_plain(text)[0]
            return usual
    value = read_canonical(text)
    if not isinstance(value, dict):
        raise InputError("not a JSON object")
    if all(map(_SIMPLE_KEY.fullmatch, value)):
        _shapes.appendleft(_shape(tuple(value)))
    return value


def is_canonical_object(text: object) -> bool:
    """Whether ``text`` is the canonical text of an object."""
    if not isinstance(text, str):
        return False
    for fits in tuple(_shapes):
        if fits(text):
            return True
    try:
        read_canonical_object(text)
    except InputError:
        return False
    return True


@lru_cache(maxsize=256)
def _shape(keys: tuple[str, ...]) -> Callable[[str], object]:
    """A test for flat objects of just these sorted keys: what it accepts is canonical, what it does not may be."""
    return re.compile(r"\{" + ",".join(f'"{key}":{_SIMPLE_VALUE}' for key in keys) + r"\}").fullmatch


_shapes: deque[Callable[[str], object]] = deque(maxlen=4)
"""The shapes met last; read as a copy, since another thread may add one meanwhile."""
