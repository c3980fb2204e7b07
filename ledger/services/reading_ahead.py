"""What a half-typed forecast or time means, in words, before anything is recorded; and as a command would take it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from ledger.data_files import shipped_scales
from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability, parse_probability, parse_range
from ledger.domain.scales import Term, find_term, midpoint
from ledger.domain.text import quoted
from ledger.errors import InputError, NotFoundError
from ledger.services.scales import scale_named
from ledger.services.values import SUM_TOLERANCE, Stated, read_value
from ledger.services.wording import percent

LONGEST = 500
_HEDGED = re.compile(r'["“„”](?P<hedge>[^"“”„]*)["”“]\s*(?:=|:|,|as\b|is\b)?\s*(?P<rest>.*)', re.DOTALL)
_NUMBER = r"[0-9.]+(?:[eE][+-]?[0-9]+)?"
_SPAN = re.compile(
    rf"(?P<range>{_NUMBER}\s*%?\s*(?:-|–|to\b)\s*{_NUMBER}\s*%?)(?:\s*,?\s*(?:best|at)?\s*(?P<best>\S+))?", re.DOTALL
)
_TERM = re.compile(r"(?P<term>.*?)(?:\s*,?\s*(?:\b(?:best|at))?\s+(?P<best>[0-9.]\S*))?", re.DOTALL)
_PAIR = re.compile(r"\s*(?P<level>[^=,;\s]+)\s*=\s*(?P<value>[^=,;\s]+)\s*(?:[,;]|\s|$)")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a text means: ``words`` for people, ``stated`` for the service that records it."""

    words: str
    stated: Stated


def forecast_ahead(text: str, scale: str) -> Ahead:
    """A forecast of a binary question: ``70%``, ``1:4``, ``20-40%``, ``20-40%, 35%``, ``unlikely``, ``unlikely 25%``.

    Words are a term of ``scale``. A hedge as it was printed goes in quotes, and what it is read as after it:
    ``"might well" likely``; alone it is the term itself. Raises ``InputError`` or ``NotFoundError``.
    """
    told = " ".join(text.split())
    if len(told) > LONGEST:
        raise InputError(f"the forecast is too long: {LONGEST} characters are the most")
    hedged = _HEDGED.fullmatch(told)
    if hedged is None:
        return _plain(told, scale, None)
    hedge, rest = hedged["hedge"].strip(), hedged["rest"].strip()
    if rest:
        return _plain(rest, scale, hedge)
    try:
        return _plain(hedge, scale, hedge)
    except NotFoundError as problem:
        hint = f'say what it is read as, such as "{hedge}" likely, or "{hedge}" 40-60%'
        raise NotFoundError(f"{problem}; {hint}") from problem


def _plain(told: str, scale: str, hedge: str | None) -> Ahead:
    if not told:
        raise InputError("a forecast is missing: 70%, 0.7, 1:4, 20-40%, or a word of the scale")
    if not told[0].isdigit() and told[0] not in ".+-":
        term = _TERM.fullmatch(told)
        return _worded(term["term"] if term else told, scale, hedge, term["best"] if term else None)
    if span := _SPAN.fullmatch(told):
        return _ranged(span["range"], hedge, span["best"])
    read = parse_probability(told)
    return Ahead(percent(read.value), Stated(told, hedge=hedge))


def _ranged(told: str, hedge: str | None, best: str | None) -> Ahead:
    low, high = parse_range(told)
    stated = Stated(best, range=told, hedge=hedge)
    read_value(stated, Kind.BINARY, ())
    return Ahead(_range_words(low, high, midpoint(low, high), best), stated)


def _worded(words: str, scale: str, hedge: str | None, best: str | None) -> Ahead:
    term = _term(words, scale)
    stated = Stated(best, hedge=hedge, term=words, scale=scale)
    read_value(stated, Kind.BINARY, ())
    return Ahead(f"{scale_words(scale)}: {_range_words(term.low, term.high, term.best, best)}", stated)


def _range_words(low: Probability, high: Probability, middle: Probability, best: str | None) -> str:
    scored = middle if best is None else parse_probability(best)
    return f"{percent(low.value)[:-2]}–{percent(high.value)}, scored at {percent(scored.value)}"


def scale_words(scale: str) -> str:
    """A scale's name as people write it: ``ICD-203``, ``Kent``."""
    return scale.title() if scale in {"kent", "new-zealand"} else scale.upper()


def _term(words: str, scale: str) -> Term:
    try:
        return find_term(scale_named(scale), words)
    except NotFoundError as problem:
        others = [name for name in shipped_scales() if name != scale and _has(name, words)]
        if not others:
            raise
        raise NotFoundError(f"{scale} has no term {quoted(words)}, but {' and '.join(others)} has") from problem


def _has(scale: str, words: str) -> bool:
    try:
        return bool(find_term(scale_named(scale), words))
    except NotFoundError:
        return False


def options_ahead(told: Sequence[tuple[str, str]]) -> tuple[str, bool]:
    """What the probabilities of exclusive options come to, in words, and whether that is 1 (or none are given).

    Raises ``InputError``, naming the option, for a probability that cannot be read.
    """
    given = []
    for name, text in told:
        try:
            given += [parse_probability(text).value] if text.strip() else []
        except InputError as problem:
            raise InputError(f"{quoted(name)}: {problem}") from problem
    if not given:
        return "no forecast; give each option its probability, or none", True
    total = fsum(given)
    off = abs(total - 1)
    if off <= SUM_TOLERANCE:
        return f"together {percent(1.0)} ✓", True
    return f"together {percent(total)}: {percent(off)} {'missing' if total < 1 else 'too much'}", False


@dataclass(frozen=True, slots=True)
class QuantilesAhead:
    """Quantiles as typed, as words, and as points (level 0 to 1, value) of a curve, by level."""

    words: str
    stated: Stated
    points: tuple[tuple[float, float], ...]


def quantiles_ahead(text: str) -> QuantilesAhead:
    """Quantiles of a number, ``10%=120, 50%=150, 90%=200``; raises ``InputError``."""
    pairs, at = [], 0
    while at < len(text.rstrip()):
        pair = _PAIR.match(text, at)
        if pair is None:
            raise InputError(f"{quoted(text[at:].strip())} cannot be read: write level=value, such as 10%=120, 50%=150")
        pairs.append((pair["level"], pair["value"]))
        at = pair.end()
    stated = Stated(quantiles=tuple(pairs))
    value = read_value(stated, Kind.NUMERIC, ())
    kept = value.facts["quantiles"]
    assert isinstance(kept, list)
    points = tuple((float(level), float(amount)) for level, amount in kept)
    words = ", ".join(f"{percent(level)}: {amount}" for (level, _), (_, amount) in zip(points, kept, strict=True))
    return QuantilesAhead(words, stated, points)
