"""Scales: what the words of a verbal forecast mean in probability, as a published standard says.

A term is kept as a range, and its best value is the midpoint of that range. Limits are decimals in text and
midpoints are computed exactly, so "unlikely" of ICD-203, 0.20 to 0.45, is 0.325 and nothing near it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.domain.probability import Probability, from_float
from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import InputError, NotFoundError


@dataclass(frozen=True, slots=True)
class Term:
    """A wording of a scale and the range of probability that it stands for."""

    name: str
    low: Probability
    high: Probability
    best: Probability
    """The midpoint of the range: the value that is scored."""
    synonyms: tuple[str, ...] = ()
    low_open: bool = False
    """Whether the standard says "more than" ``low``, which then is not part of the range."""
    high_open: bool = False
    """Whether the standard says "less than" ``high``."""
    additional: bool = False
    """Whether the standard names the term only as an addition to its main ones."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the synonyms."""
        return (self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Scale:
    """A published list of terms."""

    name: str
    title: str
    structure: str
    """``partition``: each value in one term; ``gaps``: some in none; ``nested``: some in several."""
    terms: tuple[Term, ...]
    provenance: Mapping[str, str]
    """Issuer, document, year, place in it, and a note on its licence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a hedge is taken to mean: a range of probability with a best value."""

    low: Probability
    high: Probability
    best: Probability
    scale: str | None = None
    term: str | None = None
    """The term as it was said, which may be a synonym; None for a range given outright."""


def midpoint(low: Probability, high: Probability) -> Probability:
    """The float64 nearest to the exact middle of the two decimals."""
    middle = (Fraction(low.decimal) + Fraction(high.decimal)) / 2
    return from_float(middle.numerator / middle.denominator)


def find_term(scale: Scale, words: str) -> Term:
    """The term of ``scale`` that ``words`` name, in any case; :class:`NotFoundError` with the near ones if none."""
    for term in scale.terms:
        if _said(term, words):
            return term
    names = [name for term in scale.terms for name in term.names]
    hint = did_you_mean(words, names) or f"; it has {', '.join(term.name for term in scale.terms)}"
    raise NotFoundError(f"the scale {scale.name} has no term {quoted(words)}{hint}")


def reading(words: str, scales: Iterable[Scale]) -> Reading:
    """What ``words`` mean, when exactly one of ``scales`` has them as a term.

    Raises :class:`NotFoundError` when none has, and :class:`InputError` naming the scales when several do, for
    they differ: "likely" is 55 to 80 % in one and 66 to 100 % in another.
    """
    known = tuple(scales)
    found = [(scale, term, said) for scale in known for term in scale.terms if (said := _said(term, words))]
    if not found:
        names = [name for scale in known for term in scale.terms for name in term.names]
        where = " or ".join(scale.name for scale in known)
        raise NotFoundError(f"{where} has no term {quoted(words)}{did_you_mean(words, names)}")
    if len(found) > 1:
        places = ", ".join(f"{scale.name} ({term.low.decimal} to {term.high.decimal})" for scale, term, _ in found)
        raise InputError(f"{quoted(words)} is a term of several scales: name one of {places}")
    [(scale, term, said)] = found
    return Reading(term.low, term.high, term.best, scale.name, said)


def outright(low: Probability, high: Probability) -> Reading:
    """The reading of a range that was given without a term."""
    return Reading(low, high, midpoint(low, high))


def _said(term: Term, words: str) -> str | None:
    """The term's name or synonym that ``words`` are, if any."""
    return next((name for name in term.names if _plain(name) == _plain(words)), None)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())
