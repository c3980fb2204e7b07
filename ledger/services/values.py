"""The value of a statement as typed: a probability, a hedge, an option vector, quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum

from ledger.domain.kinds import Kind
from ledger.domain.outcomes import parse_quantity
from ledger.domain.probability import Probability, parse_probability, parse_range
from ledger.domain.scales import midpoint
from ledger.domain.text import quoted
from ledger.domain.words import clean_input, near
from ledger.errors import InputError
from ledger.services.wording import percent

SUM_TOLERANCE = 1e-6
"""How far the probabilities of exclusive options may be from 1 together."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a command says of a question, as typed."""

    probability: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    quantiles: tuple[tuple[str, str], ...] = ()
    hedge: str | None = None
    term: str | None = None
    scale: str | None = None
    range: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether a forecast was given at all, be it an empty one, which is refused when it is read."""
        single = (self.probability, self.term, self.range)
        return bool(self.options or self.quantiles) or any(one is not None for one in single)


@dataclass(slots=True)
class Value:
    """The facts of a statement's value, its words, and how it reads."""

    facts: dict[str, object]
    shown: str
    text: dict[str, object] = field(default_factory=dict)


def read_value(stated: Stated, kind: Kind, options: Sequence[str]) -> Value:
    """Read a statement for a question of ``kind`` with ``options``; raises ``InputError``."""
    if kind.has_options:
        value = _vector(stated, options)
    elif kind is Kind.NUMERIC:
        value = _quantiles(stated)
    else:
        value = _binary(stated)
    if stated.hedge:
        value.text["hedge"] = stated.hedge
    return value


def _binary(stated: Stated) -> Value:
    if stated.options or stated.quantiles:
        raise InputError("a binary question takes one probability, such as 70%; options and quantiles are for others")
    if stated.range is not None:
        return _ranged(*parse_range(stated.range), stated.probability)
    if stated.term is not None:
        return _worded(stated)
    if stated.probability is None:
        raise InputError("a probability is missing: give one such as 70%, a --term of a --scale, or a --range")
    read = parse_probability(stated.probability)
    return Value(_probability_facts(read), f"{percent(read.value)}")


def _probability_facts(read: Probability) -> dict[str, object]:
    facts: dict[str, object] = {"p": read.decimal}
    return facts | ({"typed": read.typed} if read.typed else {})


def _ranged(low: Probability, high: Probability, best: str | None) -> Value:
    value = midpoint(low, high) if best is None else parse_probability(best)
    if not low.value <= value.value <= high.value:
        raise InputError(f"the best value {best} lies outside the range {low.decimal} to {high.decimal}")
    facts = _probability_facts(value) | {"low": low.decimal, "high": high.decimal}
    return Value(facts, f"{percent(low.value)} to {percent(high.value)}, best value {percent(value.value)}")


def _worded(stated: Stated) -> Value:
    from ledger.services.scales import reading_of

    reading = reading_of(stated.term or "", stated.scale)
    value = _ranged(
        reading.low, reading.high, reading.best.decimal if stated.probability is None else stated.probability
    )
    value.facts |= {"scale": reading.scale, "term": reading.term}
    value.facts.pop("typed", None)
    value.shown = f"{quoted(reading.term or '')} of {reading.scale}: {value.shown}"
    return value


def _vector(stated: Stated, options: Sequence[str]) -> Value:
    if stated.probability or stated.term or stated.range or stated.quantiles:
        raise InputError('this question has options: give a probability for each, such as --option "Name=60%"')
    given: dict[str, Probability] = {}
    for told, text in stated.options:
        name = clean_input(told, "--option", limit=200)
        if name not in options:
            meant = near(name, options) or tuple(options)
            raise InputError(f"there is no option {quoted(name)}; did you mean {' or '.join(map(quoted, meant))}?")
        if name in given:
            raise InputError(f"option {quoted(name)} is given twice")
        given[name] = parse_probability(text)
    total = fsum(one.value for one in given.values())
    if abs(total - 1) > SUM_TOLERANCE:
        raise InputError(f"the probabilities of exclusive options sum to {total:g}, not 1; options left out count as 0")
    vector = [given[name].decimal if name in given else "0" for name in options]
    return Value({"vector": vector}, ", ".join(f"{name} {percent(one.value)}" for name, one in given.items()))


_QUANTILES = "--quantile 0.05=10 --quantile 0.5=12 --quantile 0.95=20"


def _quantiles(stated: Stated) -> Value:
    if stated.probability or stated.term or stated.range or stated.options:
        raise InputError(f"a numeric question takes quantiles: {_QUANTILES}")
    pairs = sorted(
        ((parse_probability(level), parse_quantity(value)) for level, value in stated.quantiles),
        key=lambda pair: pair[0].value,
    )
    for (level, value), (above, more) in pairwise(pairs):
        if level.value == above.value:
            raise InputError(f"the quantile level {level.decimal} is given twice")
        if float(value) > float(more):
            raise InputError(f"the quantiles cross: {value} at {level.decimal} lies above {more} at {above.decimal}")
    if any(level.value in {0.0, 1.0} for level, _ in pairs):
        raise InputError("a quantile's level lies between 0 and 1, both excluded")
    if not pairs:
        raise InputError(f"quantiles are missing: give some such as {_QUANTILES}")
    shown = ", ".join(f"{level.decimal}: {value}" for level, value in pairs)
    return Value({"quantiles": [[level.decimal, value] for level, value in pairs]}, shown)
