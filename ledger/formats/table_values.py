"""Probabilities and outcomes as people write them into their own tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger.domain.probability import LONGEST_NUMBER, Probability, parse_probability, parse_range
from ledger.domain.scales import Scale, midpoint, reading
from ledger.domain.text import quoted, safe_text
from ledger.errors import InputError, NotFoundError
from ledger.formats.sheet import Extra

_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_COMMA = re.compile(r"(\d*),(\d+)(\s*%?)", re.ASCII)
_IN = re.compile(r"(\d+(?:\.\d+)?) (?:in|out of) (\d+(?:\.\d+)?)", re.ASCII | re.IGNORECASE)
_APART = re.compile(r"\s*(?:-|–|\bto\b)\s*")
OUTCOMES: Mapping[str, str] = {
    **dict.fromkeys(
        ("yes", "y", "true", "t", "1", "happened", "it happened", "came true", "occurred", "✓", "✔"), "yes"
    ),
    **dict.fromkeys(("no", "n", "false", "f", "0", "did not happen", "didn't happen", "✗", "✘"), "no"),
    **dict.fromkeys(("void", "ambiguous", "annulled", "cancelled", "canceled", "invalid"), "void"),
    **dict.fromkeys(("", "open", "pending", "unresolved", "unknown", "?", "-", "–", "tbd"), "open"),
}
"""Words whose meaning is plain. "Right" is none of them: was it said to be likely, or did it happen?"""
RIGHT = frozenset({"right", "wrong", "correct", "incorrect"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How the probabilities of a column are written."""

    unit: str = "fraction"
    scale: Scale | None = None


def decimal_point(cell: str) -> str:
    """A number with a decimal comma, with a point instead."""
    match = _COMMA.fullmatch(cell)
    return f"{match[1] or '0'}.{match[2]}{match[3]}" if match else cell


def unit_of(cells: Iterable[tuple[int, str]], *, percent_named: bool) -> tuple[str, tuple[int, ...]]:
    """``fraction`` or ``percent`` for the numbers without a sign; ``mixed`` with two lines that contradict.

    Numbers above 1 are percent. One strictly between 0 and 1 beside them may be either, unless the column is named as
    percent.
    """
    above: int | None = None
    between: int | None = None
    for line, cell in cells:
        text = decimal_point(cell.strip())
        if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            continue
        value = Fraction(text)
        if value > 1:
            above = above or line
        elif 0 < value < 1:
            between = between or line
    if above and between and not percent_named:
        return "mixed", (above, between)
    return ("percent" if above or (percent_named and not between) else "fraction"), ()


def is_word(cell: str) -> bool:
    """Whether a cell says a probability in words."""
    return bool(cell) and not any(character.isdigit() for character in cell) and cell[:1].isalpha()


def read_stated(cell: str, manner: Manner) -> tuple[Probability, Extra | None]:
    """The probability of a cell, and the range and the words that it has; :class:`InputError` for what has none."""
    text = " ".join(cell.split())
    if is_word(text):
        return _worded(text, manner)
    plain = decimal_point(text.lstrip("~≈").strip())
    if odds := _IN.fullmatch(plain):
        return parse_probability(f"{odds[1]}/{odds[2]}"), None
    if len(parts := _APART.split(plain)) == 2 and all(parts):
        return _ranged(plain, parts, manner)
    if manner.unit == "percent" and _NUMBER.fullmatch(plain):
        plain += "%"
    return parse_probability(plain), None


def _worded(text: str, manner: Manner) -> tuple[Probability, Extra]:
    if manner.scale is None:
        raise InputError(f"{quoted(text)} is no number; say whose word it is with --map probability.scale=icd-203")
    said = reading(text, [manner.scale])
    return said.best, Extra(hedge=text, term=said.term, scale=said.scale, low=said.low, high=said.high)


def _ranged(plain: str, parts: Sequence[str], manner: Manner) -> tuple[Probability, Extra]:
    percent = manner.unit == "percent" and not any("%" in part for part in parts)
    low, high = parse_range("-".join(f"{part}%" for part in parts) if percent else plain)
    return midpoint(low, high), Extra(low=low, high=high)


def scale_for(words: Iterable[str], scales: Sequence[Scale]) -> list[Scale]:
    """The scales that have every one of ``words`` as a term."""
    return [scale for scale in scales if all(_is_term(word, scale) for word in words)]


def _is_term(word: str, scale: Scale) -> bool:
    try:
        reading(" ".join(word.split()), [scale])
    except (NotFoundError, InputError):
        return False
    return True


def read_outcome(cell: str, words: Mapping[str, str]) -> str | None:
    """``yes``, ``no``, ``void``, a share such as ``0.3``, or None while it is open.

    ``words`` are the meanings that were said; :class:`InputError` for a word without one.
    """
    word = " ".join(cell.split()).casefold()
    said = words.get(word) or OUTCOMES.get(word)
    if said is None:
        said = _share(decimal_point(word))
    if said is None:
        hint = "was the forecaster right, or did it happen? " if word in RIGHT else ""
        told = safe_text(" ".join(cell.split()))[:40]
        options = " or ".join(f'--map outcome.{one}="{told}"' for one in ("yes", "no", "void", "open"))
        raise InputError(f"what the outcome {quoted(cell.strip())} means is not known: {hint}say {options}")
    return None if said == "open" else said


def _share(word: str) -> str | None:
    try:
        decimal = parse_probability(word).decimal
    except InputError:
        return None
    return {"0": "no", "1": "yes"}.get(decimal, decimal)
