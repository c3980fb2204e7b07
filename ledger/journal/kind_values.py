"""Whether a value, an outcome or a set of options is one that a question of its kind can have.

The shapes of facts have been checked before (``ledger/journal/shapes.py``): decimals are decimals, probabilities lie
between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import fsum
from typing import Any, NamedTuple

from ledger.domain.kinds import Kind
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.journal import values as is_

SUM_TOLERANCE = 1e-6 + 1e-12
"""How far the probabilities of exclusive options may be from 1 together: as recorded, and float64's rounding."""

MOST_OPTIONS = 1000
"""The most options of a question whose names are redacted, as there is nothing else that bounds their number."""


class Asked(NamedTuple):
    """What a question takes: its kind, and how many options it has (0 for a kind without)."""

    kind: Kind
    options: int


def read_asked(facts: Mapping[str, Any], text: Mapping[str, Any] | None) -> Asked:
    """What the facts of a question say it takes; InputError for a number of options that cannot be."""
    kind, options = Kind(facts["kind"]), int(facts.get("options", 0))
    if not kind.has_options:
        if options:
            raise InputError(f"a {kind} question has no options, and {options} are given")
        return Asked(kind, 0)
    if options < 1:
        raise InputError(f"a {kind} question has options, and none are given")
    if text is None:
        if options > MOST_OPTIONS:
            raise InputError(f"{options} options without their names; at most {MOST_OPTIONS} are taken")
    elif len(text.get("options", ())) != options:
        raise InputError(f"{options} options, and {len(text.get('options', ()))} names of options")
    return Asked(kind, options)


def check_value(asked: Asked, facts: Mapping[str, Any]) -> None:
    """Raise InputError unless the value among ``facts`` is one of a question such as ``asked``."""
    wanted = "vector" if asked.kind.has_options else "quantiles" if asked.kind is Kind.NUMERIC else "p"
    if wanted not in facts:
        raise InputError(f"a {asked.kind} question takes {wanted!r}, and another value is given")
    if wanted == "p":
        _check_range(facts)
    elif wanted == "vector":
        _check_vector(facts["vector"], asked.options)
    else:
        _check_quantiles(facts["quantiles"])
    if wanted != "p" and ("low" in facts or "high" in facts):
        raise InputError(f"only a binary forecast has a range, and this question is {asked.kind}")


def _check_range(facts: Mapping[str, Any]) -> None:
    low, best, high = float(facts.get("low", 0)), float(facts["p"]), float(facts.get("high", 1))
    if low > high:
        raise InputError(f"'low', {low:g}, is above 'high', {high:g}")
    if not low <= best <= high:
        raise InputError(f"'p', {best:g}, lies outside its range, {low:g} to {high:g}")


def _check_vector(vector: Sequence[str], options: int) -> None:
    if len(vector) != options:
        raise InputError(f"{len(vector)} probabilities for {options} options")
    total = fsum(map(float, vector))
    if abs(total - 1) > SUM_TOLERANCE:
        raise InputError(f"the probabilities of exclusive options sum to {total:g}, not 1")


def _check_quantiles(pairs: Sequence[Sequence[str]]) -> None:
    read = [(float(level), float(value)) for level, value in pairs]
    for level, _ in read:
        if not 0 < level < 1:
            raise InputError(f"the level {level:g} of a quantile is not between 0 and 1, both excluded")
    for (level, value), (above, more) in pairwise(read):
        if level >= above:
            raise InputError(f"the levels of quantiles do not rise: {above:g} follows {level:g}")
        if value > more:
            raise InputError(f"the quantiles cross: {value:g} at {level:g} lies above {more:g} at {above:g}")


def check_outcome(asked: Asked, outcome: Any) -> None:
    """Raise InputError unless ``outcome``, as the facts of a resolution hold it, is one of the question's."""
    option = outcome.get("option") if isinstance(outcome, dict) else None
    if asked.kind.has_options:
        fits = option is not None and option < asked.options
    else:
        fits = isinstance(outcome, dict) == (asked.kind is Kind.NUMERIC) and option is None
    if not fits:
        raise InputError(f"the outcome is none of a {_described(asked)} question's")


def check_needed(asked: Asked, outcome: str) -> None:
    """Raise InputError unless ``outcome``, as a condition holds it, is one of the question's."""
    if asked.kind.has_options:
        fits = outcome in map(str, range(asked.options))
    elif asked.kind is Kind.NUMERIC:
        fits = is_.quantity(outcome)
    else:
        fits = outcome in ("yes", "no") or is_.probability(outcome)
    if not fits:
        raise InputError(
            f"the outcome of the condition, {quoted(outcome)}, is none of a {_described(asked)} question's"
        )


def _described(asked: Asked) -> str:
    return f"{asked.kind} ({asked.options} options)" if asked.options else asked.kind
