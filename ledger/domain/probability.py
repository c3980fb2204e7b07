"""Probabilities: read in the forms that people write, kept as float64 and as its shortest decimal.

The value is always the float64 nearest to the exact rational that was typed, so the same number typed as
``70%``, ``0.7``, ``7:3`` or ``7/10`` is the same to the last bit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from ledger.domain.text import quoted
from ledger.errors import InputError

LONGEST_NUMBER = 400
"""Characters of a number: the least positive float64 takes 326 without an exponent."""

_NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_PLAIN = re.compile(rf"0?\.[0-9]{{1,{LONGEST_NUMBER - 2}}}|[01]")
_SINGLE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<percent>%)?")
_PAIR = re.compile(rf"(?P<left>{_NUMBER})\s*(?P<sign>[:/])\s*(?P<right>{_NUMBER})")
_SPAN = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<low_percent>%)?\s*(?:-|–|\bto\b)\s*(?P<high>{_NUMBER})\s*(?P<high_percent>%)?"
)
_FORMS = "write it as 70%, 0.7, 7:3 (odds) or 7/10"


@dataclass(frozen=True, slots=True)
class Probability:
    """A probability between 0 and 1."""

    value: float
    """The float64, which is scored."""
    decimal: str
    """Its shortest decimal without an exponent, which the journal keeps and exports write."""
    typed: str | None = None
    """What was typed, where that is not ``decimal``."""


@lru_cache(maxsize=131_072)
def parse_probability(text: str) -> Probability:
    """The probability in ``70%``, ``0.7``, ``.7``, ``1e-3``, ``7:3`` (odds, for : against) or ``1/8``.

    Raises :class:`InputError` for anything that is not such a number in ASCII digits, or lies outside 0 to 1.
    """
    if _PLAIN.fullmatch(text):
        value = float(text)
        shortest = repr(value) == text and not text.endswith(".0")
        return Probability(value, text) if shortest else _kept(value, text)
    stripped = text.strip()
    if len(stripped) > LONGEST_NUMBER:
        raise InputError(f"probability {quoted(text)} is too long: {LONGEST_NUMBER} characters are the most")
    exact = _rational(stripped)
    if exact is None:
        raise InputError(f"probability {quoted(text)} is not a number that can be read: {_FORMS}")
    if not 0 <= exact <= 1:
        raise InputError(f"probability {quoted(text)} is not between 0 and 1{_percent_hint(stripped, exact)}")
    return _kept(exact.numerator / exact.denominator, stripped)


def from_float(value: float) -> Probability:
    """The probability of a float64; :class:`InputError` when it is not a number between 0 and 1."""
    if not 0.0 <= value <= 1.0:
        raise InputError(f"probability {value!r} is not between 0 and 1")
    return _kept(value + 0.0, None)  # the sum makes a negative zero positive


def shortest_decimal(value: float) -> str:
    """The shortest decimal without an exponent that reads back as ``value``: ``0.7``, ``1``, ``0.00001``.

    Zero of either sign is ``0``. Raises :class:`InputError` for an infinity or NaN.
    """
    if not isfinite(value):
        raise InputError(f"{value!r} is not a finite number")
    digits = repr(value + 0.0)
    if "e" in digits:
        digits = format(Decimal(digits), "f")
    return digits.removesuffix(".0")


def parse_range(text: str) -> tuple[Probability, Probability]:
    """The least and the greatest probability in ``20-40%``, ``20%-40%``, ``0.2-0.4`` or ``0.2 to 0.4``.

    Raises :class:`InputError` when a limit cannot be read, lies outside 0 to 1, or the first is the greater.
    """
    match = _SPAN.fullmatch(text.strip()) if len(text) <= LONGEST_NUMBER else None
    if match is None or (match["low_percent"] and not match["high_percent"]):
        raise InputError(f"range {quoted(text)} cannot be read: write it as 20-40% or 0.2-0.4")
    unit = match["high_percent"] or ""
    low, high = parse_probability(match["low"] + unit), parse_probability(match["high"] + unit)
    if low.value > high.value:
        raise InputError(f"range {quoted(text)} begins with its greater limit: write {high.decimal}-{low.decimal}")
    return low, high


def _kept(value: float, typed: str | None) -> Probability:
    decimal = shortest_decimal(value)
    return Probability(value, decimal, None if typed == decimal else typed)


def _rational(text: str) -> Fraction | None:
    if single := _SINGLE.fullmatch(text):
        number = Fraction(single["number"])
        return number / 100 if single["percent"] else number
    pair = _PAIR.fullmatch(text)
    if pair is None:
        return None
    left, right = Fraction(pair["left"]), Fraction(pair["right"])
    whole = left + right if pair["sign"] == ":" else right
    return left / whole if whole else None


def _percent_hint(text: str, exact: Fraction) -> str:
    bare = re.fullmatch(_NUMBER, text) is not None and exact <= 100
    return f"; did you mean {text}%?" if bare else ""
