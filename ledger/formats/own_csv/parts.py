"""Statements of several rows: a probability for each option, or a number for each level.

Rows of one question, forecaster and time form one statement, wherever they stand; an option or a level
that the statement already has begins the next one. (Two sets of quantiles of one person and one moment that
share no level are therefore read as one; a journal as JSON Lines keeps them apart.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ledger.domain.probability import Probability
from ledger.domain.text import quoted
from ledger.errors import FileInputError
from ledger.formats.sheet import Extra, Sheet

TOLERANCE = Fraction(1, 1_000_000)
"""How far from 1 the probabilities of a statement may sum: six decimals are often all that was printed."""


@dataclass(slots=True)
class _Parts:
    place: int
    probabilities: dict[int, Probability] = field(default_factory=dict)
    numbers: dict[float, tuple[str, str, int]] = field(default_factory=dict)


class Statements:
    """The statements of several rows of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        """Statements take their places in ``sheet`` when they begin, and their values at the end."""
        self._sheet = sheet
        self._open: dict[tuple[int, int, int], _Parts] = {}
        self._all: list[_Parts] = []

    def option(self, who: tuple[int, int, int], option: int, probability: Probability, line: int) -> int:
        """Take in one option of the statement of ``who`` (question, forecaster, made_at); return its place."""
        parts = self._open.get(who)
        if parts is None or option in parts.probabilities:
            parts = self._begin(who, line)
        parts.probabilities[option] = probability
        return parts.place

    def quantile(self, who: tuple[int, int, int], level: Probability, value: str, line: int) -> int:
        """Take in one quantile likewise."""
        parts = self._open.get(who)
        if parts is None or level.value in parts.numbers:
            parts = self._begin(who, line)
        parts.numbers[level.value] = (level.decimal, value, line)
        return parts.place

    def _begin(self, who: tuple[int, int, int], line: int) -> _Parts:
        parts = self._open[who] = _Parts(append(self._sheet, who, None, line))
        self._all.append(parts)
        return parts

    def finish(self) -> None:
        """Put the values in; :class:`FileInputError` for a sum that is not 1, and for quantiles that cross."""
        for parts in self._all:
            extra = self._sheet.extras.setdefault(parts.place, Extra())
            if parts.numbers:
                extra.quantiles = self._quantiles(parts)
            else:
                extra.vector = self._vector(parts)

    def _vector(self, parts: _Parts) -> tuple[str, ...]:
        total = sum((Fraction(probability.decimal) for probability in parts.probabilities.values()), Fraction())
        if not 1 - TOLERANCE <= total <= 1 + TOLERANCE:
            shown = f"{float(total):.9g}"
            problem = f"the probabilities of this forecast sum to {shown}, not 1: complete or correct its options"
            raise FileInputError(
                problem, file=self._sheet.name, line=self._sheet.line[parts.place], column="probability"
            )
        options = self._sheet.questions[self._sheet.question_of[parts.place]].options
        stated = {option: probability.decimal for option, probability in parts.probabilities.items()}
        return tuple(stated.get(option, "0") for option in range(len(options)))

    def _quantiles(self, parts: _Parts) -> tuple[tuple[str, str], ...]:
        rising = [parts.numbers[level] for level in sorted(parts.numbers)]
        for (low, less, _), (high, more, line) in pairwise(rising):
            if Decimal(less) > Decimal(more):
                crossed = f"level {high} has {quoted(more)}, less than {quoted(less)} at level {low}"
                raise FileInputError(f"quantiles cross: {crossed}", file=self._sheet.name, line=line, column="value")
        return tuple((level, value) for level, value, _ in rising)


def append(sheet: Sheet, who: tuple[int, int, int], probability: Probability | None, line: int) -> int:
    """Put a statement of ``who`` (question, forecaster, made_at) at the end of ``sheet``; return its place."""
    question, forecaster, made_at = who
    sheet.question_of.append(question)
    sheet.forecaster_of.append(forecaster)
    sheet.made_at.append(made_at)
    sheet.probability.append(probability)
    sheet.line.append(line)
    return len(sheet) - 1
