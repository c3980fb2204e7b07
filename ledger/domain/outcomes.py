"""Outcomes: reading what happened in the terms of a question's kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from ledger.domain.kinds import Kind
from ledger.domain.probability import parse_probability
from ledger.domain.text import quoted
from ledger.domain.words import near
from ledger.errors import InputError

_WORDS = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
_VOIDS = {"void", "annulled", "ambiguous", "n/a"}
_NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``text`` is how the book holds it: yes, no, a share, an option's index, a quantity; ``fact`` the journal."""

    text: str
    fact: object
    shown: str


def parse_outcome(told: str, kind: Kind, options: Sequence[str] = ()) -> Outcome:
    """Read ``told`` as an outcome of a question of ``kind`` with ``options``.

    Raises ``InputError`` for what is none of its outcomes, saying which there are.
    """
    word = told.strip().lower()
    if word in _VOIDS and not any(word == name.lower() for name in options):
        raise InputError(f"{word!r} is no outcome: a question is annulled with: forecast void ID --reason …")
    if kind.has_options:
        return _option(told, options)
    return _quantity(told) if kind is Kind.NUMERIC else _binary(told, word)


def _binary(told: str, word: str) -> Outcome:
    if word in _WORDS:
        name = _WORDS[word]
        return Outcome(name, name, name)
    try:
        share = parse_probability(told)
    except InputError as problem:
        raise InputError(
            f"outcome {quoted(told)} is not one of this question's: say yes, no, or a share such as 0.3"
        ) from problem
    if share.value in {0.0, 1.0}:
        return _binary(told, str(int(share.value)))
    return Outcome(share.decimal, share.decimal, f"a share of {share.decimal}")


def _option(told: str, options: Sequence[str]) -> Outcome:
    wanted = told.strip()
    exact = [index for index, name in enumerate(options) if name == wanted]
    found = exact or [index for index, name in enumerate(options) if name.lower() == wanted.lower()]
    if len(found) != 1:
        meant = near(wanted, options) or tuple(options)
        raise InputError(
            f"outcome {quoted(told)} is not one of this question's; did you mean {' or '.join(map(quoted, meant))}?"
        )
    return Outcome(str(found[0]), {"option": found[0]}, options[found[0]])


def _quantity(told: str) -> Outcome:
    decimal = parse_quantity(told)
    return Outcome(decimal, {"value": decimal}, decimal)


def parse_quantity(told: str) -> str:
    """A number as decimal text without an exponent. Raises ``InputError`` for what is none, or is not finite."""
    text = told.strip().replace(" ", "")
    if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
        raise InputError(f"{quoted(told)} is not a number: write it as 12.5 or 1e6")
    exact = Decimal(text)
    if not exact:
        return "0"
    decimal = format(exact, "f")
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal
