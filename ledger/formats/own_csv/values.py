"""Cells that hold one value: a number, an outcome, a kind, a mark."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite

from ledger.domain.kinds import Kind
from ledger.domain.probability import LONGEST_NUMBER, Probability, parse_probability
from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import InputError

VOID = "void"

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_YES, _NO = frozenset({"1", "yes", "true"}), frozenset({"0", "no", "false"})


def parse_quantity(text: str) -> str:
    """A finite number as its decimal without an exponent or needless zeros: ``12.5``, ``-3``, ``0``.

    Raises :class:`InputError` for anything else, also for one beyond float64 or longer than 400 characters.
    """
    fits = len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text)
    if not fits:
        raise InputError(f"{quoted(text)} is not a number that can be read: write it as 12.5")
    number = Decimal(text)
    decimal = format(number, "f") if number else "0"
    if "." in decimal:
        decimal = decimal.rstrip("0").rstrip(".")
    if not isfinite(float(decimal)) or len(decimal) > LONGEST_NUMBER:
        raise InputError(f"{quoted(text)} is beyond what is kept: use a larger unit")
    return decimal


def parse_level(text: str) -> Probability:
    """The level of a quantile, between 0 and 1, neither included."""
    level = parse_probability(text)
    if not 0.0 < level.value < 1.0:
        raise InputError(f"the level {quoted(text)} is not between 0 and 1")
    return level


def parse_kind(text: str) -> str:
    """One of the kinds."""
    kinds = [str(kind) for kind in Kind]
    if text.lower() not in kinds:
        raise InputError(f"{quoted(text)} is no kind of question: write {', '.join(kinds)}{did_you_mean(text, kinds)}")
    return text.lower()


def parse_mark(text: str) -> bool:
    """Yes (``1``, ``yes``, ``true``) or no (``0``, ``no``, ``false``)."""
    if text.lower() not in _YES | _NO:
        raise InputError(f"{quoted(text)} is neither yes nor no: write 1, or leave it empty")
    return text.lower() in _YES


def parse_outcome(text: str, kind: str) -> str:
    """``void``, or the outcome of a question of ``kind``.

    Of a binary one ``yes``, ``no`` or a share as a decimal; of a numeric one a number; of one with options
    ``yes`` or ``no`` for the option of the row. Raises :class:`InputError` for anything else.
    """
    word = text.lower()
    if word == VOID:
        return VOID
    if kind == Kind.NUMERIC:
        return parse_quantity(text)
    if word in _YES | _NO:
        return "yes" if word in _YES else "no"
    share = _share(text)
    if share is None or (kind != Kind.BINARY and share not in {"yes", "no"}):
        choices = "1, 0, a share between them, void" if kind == Kind.BINARY else "1 or 0 for this option, void"
        raise InputError(f"{quoted(text)} is not an outcome of a {kind} question: write {choices}, or leave it empty")
    return share


def _share(text: str) -> str | None:
    try:
        decimal = parse_probability(text).decimal
    except InputError:
        return None
    return {"0": "no", "1": "yes"}.get(decimal, decimal)
