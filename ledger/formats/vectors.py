"""Probabilities of several options, quantiles, and lists written as Python does, from foreign files."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ledger.domain.probability import from_float
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.own_csv.parts import TOLERANCE
from ledger.formats.own_csv.values import parse_quantity

FAR = Fraction(1, 50)
"""How far from 1 a sum may be and still be rounding: 33, 33 and 33 percent are."""
LONGEST_LIST = 100_000
"""Characters of a list in a cell."""


def vector(decimals: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Probabilities that sum to 1, and whether they were brought there; :class:`InputError` for a sum far from it."""
    exact = [Fraction(decimal) for decimal in decimals]
    total = sum(exact, Fraction())
    if abs(total - 1) > FAR or any(not 0 <= one <= 1 for one in exact):
        raise InputError(f"the probabilities of the options sum to {float(total):.6g}, not 1")
    if abs(total - 1) <= TOLERANCE:
        return tuple(decimals), False
    return tuple(from_float(float(one / total)).decimal for one in exact), True


def quantiles(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of a level and a number in order; :class:`InputError` where the numbers fall as the levels rise."""
    told = tuple((level, parse_quantity(number)) for level, number in pairs)
    for (low, less), (high, more) in pairwise(told):
        if Decimal(less) > Decimal(more):
            raise InputError(f"quantiles cross: {more} at level {high} is less than {less} at level {low}")
    return told


def read_list(text: str) -> list[object]:
    """A list as Python writes it, ``['a', 0.5, None]``, read as data; :class:`InputError` for anything else."""
    if len(text) > LONGEST_LIST or text.count("[") + text.count("(") + text.count("{") > 1:
        raise InputError(f"{quoted(text)} is no plain list")
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        value = None
    if not isinstance(value, list):
        raise InputError(f"{quoted(text)} is no list such as ['one', 'two']")
    return value
