"""What the forms of Metaculus share: how it settles a question, its intervals, and its dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ledger.domain.instants import SECOND, Instant
from ledger.domain.kinds import Kind
from ledger.domain.outcomes import parse_outcome
from ledger.domain.probability import Probability
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.own_csv.values import parse_quantity
from ledger.formats.sheet import Extra
from ledger.formats.told_times import read_time

SOURCE = "https://www.metaculus.com"
KINDS = {
    "binary": Kind.BINARY, "multiple_choice": Kind.CHOICE, "numeric": Kind.NUMERIC, "discrete": Kind.NUMERIC,
    "date": Kind.NUMERIC,
}  # fmt: skip
VOIDS = {"ambiguous": "ambiguous on Metaculus", "annulled": "annulled on Metaculus"}
OUT_OF_BOUNDS = ("above_upper_bound", "below_lower_bound")
AGGREGATES = frozenset({"recency_weighted", "unweighted", "single_aggregation", "metaculus_prediction"})
DERIVED = "derived: an aggregate of the crowd, stated by nobody"
DATES = "dates are numbers: seconds since 1970 in UTC"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}.*", re.ASCII | re.DOTALL)


def number(text: str) -> str:
    """A quantity, or a date as seconds since 1970."""
    if _DAY.fullmatch(text):
        return str(read_time(text, "UTC").instant // SECOND)
    return parse_quantity(text)


def outcome_of(
    word: str | None, kind: Kind, options: list[str], builder: SheetBuilder, line: int
) -> tuple[str | None, str | None]:
    """The outcome and, where it is void, the reason; what lies out of bounds is no number, and is left out."""
    if word is None:
        return None, None
    lower = word.lower()
    if lower in VOIDS and lower not in {option.lower() for option in options}:
        return "void", VOIDS[lower]
    if lower in OUT_OF_BOUNDS:
        builder.remark("dropped", "outcomes out of the bounds of their question, which are no number", line)
        return None, None
    try:
        if kind is Kind.NUMERIC:
            return number(word), None
        return parse_outcome(word, kind, options).shown if kind.has_options else lower, None
    except InputError as error:
        raise builder.refuse(str(error), line, "Resolution") from None


@dataclass(slots=True)
class Stand:
    """A forecast over the time that it stood."""

    question: int
    who: str
    start: Instant
    end: Instant | None
    """None while it stands."""
    probability: Probability | None
    extra: Extra | None
    line: int


@dataclass
class Stands:
    """Forecasts as intervals, put into a sheet as statements and withdrawals."""

    builder: SheetBuilder
    found: list[Stand] = field(default_factory=list)

    def put(self) -> None:
        """State each; where one ended and none began, and the question was open still, withdraw it."""
        starts = {(one.question, one.who, one.start) for one in self.found}
        for one in self.found:
            self.builder.state(one.question, one.who, one.start, one.probability, one.line, one.extra)
        for one in self.found:
            if one.end is None or (one.question, one.who, one.end) in starts or not self._open_at(one):
                continue
            self.builder.remark("derived", "withdrawals, from forecasts that ended with none after them", one.line)
            self.builder.state(one.question, one.who, one.end, None, one.line, Extra(withdrawn=True))

    def _open_at(self, one: Stand) -> bool:
        question = self.builder.sheet.questions[one.question]
        close = min(question.deadline, self.builder.given.now, question.known_at or question.deadline)
        return one.end is not None and one.start < one.end < close
