"""What the step plot of a question draws: who stood by what for how long, and what is marked beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.instants import DAY
from ledger.domain.kinds import Kind, Status
from ledger.services.wording import percent
from ledger.tui.cells import shown

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.said_views import StatementView
    from ledger.services.worth import Worth

NAMED = 6
"""How many lines have a letter of their own; the rest are dots."""
OF_MANY = 3
"""How many of a crowd have one."""
LETTERS = "ABCDEF"
FINEST = 160
"""Columns of the widest plot whose dots are all told apart."""


class Stretch(NamedTuple):
    """A value that stood from one instant to another (µs), with its range."""

    since: int
    until: int
    value: float
    low: float | None
    high: float | None


@dataclass(slots=True)
class Line:
    """One forecaster, or one option; ``standing`` where it still stands at the end of what is drawn."""

    name: str
    stretches: list[Stretch] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    standing: bool = False

    @property
    def last(self) -> float | None:
        """The last value that stood."""
        return self.stretches[-1].value if self.stretches else None


class Event(NamedTuple):
    """An instant to mark, and its word."""

    at: int
    word: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything drawn. ``low`` and ``high`` bound the values, 0 and 1 where ``share``."""

    start: int
    end: int
    low: float
    high: float
    share: bool
    named: list[Line]
    events: list[Event]
    zone: str | None
    happened: float | None
    others: int = 0
    """How many lines have no letter."""
    crowd: Sequence[tuple[int, float]] = ()
    """When those of them spoke, and what they said; no more than can be told apart."""
    late: Sequence[float] = ()
    """The values of all late statements."""
    of: str | None = None
    """Whose options are drawn."""

    @property
    def ranged(self) -> list[int]:
        """The places of the named lines that have a range."""
        return [at for at, line in enumerate(self.named) if any(one.low is not None for one in line.stretches)]

    def words(self, value: float) -> str:
        """A value for the legend."""
        return percent(round(value, 6)) if self.share else f"{value:.6g}"


def plot_of(card: Card) -> Plot | None:
    """The plot of a question; ``None`` where nothing was ever stated."""
    said = card.statements
    if not said:
        return None
    asked = card.question
    events = list(_events(card))
    start = min(one.made_at for one in said)
    start = min(start, asked.deadline, start if card.starts_at is None else card.starts_at)
    end = max(asked.deadline, *(one.until or start for one in said))
    stop = card.now if asked.status in (Status.OPEN, Status.WAITING, Status.DUE) else end
    of = None
    if Kind(asked.kind).has_options:
        of, lines = _by_option(said, stop)
    else:
        lines = _by_forecaster(said, stop)
    numeric = asked.kind == Kind.NUMERIC
    low, high = _bounds(lines, _happened(card)) if numeric else (0.0, 1.0)
    named = NAMED if len(lines) <= NAMED or of is not None else OF_MANY
    return Plot(
        start, end, low, high, not numeric, lines[:named], events, asked.zone, _happened(card),
        others=len(lines) - len(lines[:named]), crowd=_thinned(lines[named:], start, end, low, high),
        late=[value for line in lines for value in line.late], of=of,
    )  # fmt: skip


def _thinned(lines: Iterable[Line], start: int, end: int, low: float, high: float) -> list[tuple[int, float]]:
    """One of the points that would fall upon one another."""
    found = {}
    for line in lines:
        for one in line.stretches:
            height = (one.value / 2 - low / 2) / (high / 2 - low / 2)
            found[FINEST * (one.since - start) // max(1, end - start), round(height * FINEST / 4)] = one[0], one[2]
    return list(found.values())


def _events(card: Card) -> Iterator[Event]:
    asked = card.question
    yield Event(asked.deadline, "deadline")
    if asked.known_at is not None and asked.known_at // DAY != asked.deadline // DAY:
        yield Event(asked.known_at, "known")
    if asked.status in (Status.OPEN, Status.WAITING) and card.now < asked.deadline:
        yield Event(card.now, "now")


def _happened(card: Card) -> float | None:
    """The outcome as a place on the scale of values; options have none."""
    told = card.question.outcome
    if told is None or Kind(card.question.kind).has_options:
        return None
    words = {"yes": 1.0, "no": 0.0}
    try:
        return words[told] if told in words else float(told.removesuffix("%")) / (100 if "%" in told else 1)
    except ValueError:
        return None


def _by_forecaster(said: Iterable[StatementView], stop: int) -> list[Line]:
    """A line for each, those with most to say first."""
    lines: dict[str | None, Line] = {}
    for one in said:
        line = lines.setdefault(one.forecaster, Line(shown(one.forecaster)))
        value = _middle(one.counted)
        if value is not None:
            _put(line, one, stop, *value)
    return sorted(lines.values(), key=lambda line: -len(line.stretches))


def _by_option(said: list[StatementView], stop: int) -> tuple[str | None, list[Line]]:
    """A line for each option of whoever spoke last, the likeliest first."""
    who = next((one for one in reversed(said) if one.until is not None), said[-1]).forecaster
    lines: dict[str, Line] = {}
    for one in said:
        for name, value in one.counted.options if one.forecaster == who else ():
            _put(lines.setdefault(name, Line(shown(name))), one, stop, float(value), None, None)
    return who, sorted(lines.values(), key=lambda line: -(line.last if line.last is not None else -1.0))


def _put(line: Line, one: StatementView, stop: int, value: float, low: float | None, high: float | None) -> None:
    if one.until is None:
        line.late.append(value)
    elif one.made_at <= stop:
        line.stretches.append(Stretch(one.made_at, min(one.until, stop), value, low, high))
        line.standing = one.until >= stop


def _middle(worth: Worth) -> tuple[float, float | None, float | None] | None:
    if worth.quantiles:
        pairs = [(float(level), float(value)) for level, value in worth.quantiles]
        middle = min(pairs, key=lambda pair: abs(pair[0] - 0.5))[1]
        return (middle, pairs[0][1], pairs[-1][1]) if len(pairs) > 1 else (middle, None, None)
    return None if worth.probability is None else (worth.probability, worth.low, worth.high)


def _bounds(lines: Iterable[Line], happened: float | None) -> tuple[float, float]:
    values = [value for line in lines for one in line.stretches for value in one[2:] if value is not None]
    values += [value for line in lines for value in line.late] + ([] if happened is None else [happened])
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    return (low, high) if low < high else (low - (abs(low) or 1.0), high + (abs(high) or 1.0))
