"""The sheet: what any interchange file says, in columns, before anything of it is recorded.

Every reader of a foreign format gives a sheet, the importing service records one. A statement is a place
in parallel columns, about forty bytes, so that more than a million of them fit; the few that say more than
a probability have an :class:`Extra` under their place.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Literal

from ledger.domain.instants import Instant
from ledger.domain.probability import Probability
from ledger.errors import FileInputError
from ledger.formats.shown_mapping import Mapped

UNKNOWN = "unknown"
"""The forecaster of a statement that names none; identical statements of this one stay apart."""


def _column() -> array[int]:
    return array("q")


@dataclass(slots=True)
class SheetQuestion:
    """A question as a file tells it; texts are cleaned, times are instants (µs)."""

    key: str
    title: str
    deadline: Instant
    kind: str = "binary"
    options: list[str] = field(default_factory=list)
    """The names of the options, in order, for ``choice`` and ``ordered``; otherwise empty."""
    criteria: str | None = None
    opened_at: Instant | None = None
    zone: str | None = None
    """The IANA zone that the file's plain dates meant."""
    source_url: str | None = None
    condition: tuple[str, str] | None = None
    """The key of the question that must settle first, and the outcome that this one needs (as ``outcome``)."""
    tags: tuple[str, ...] = ()
    outcome: str | None = None
    """``yes``, ``no``, a share such as ``0.3``, ``void``, the name of an option, or a number; None when open."""
    known_at: Instant | None = None
    evidence: str | None = None
    void_reason: str | None = None
    deadline_lost: bool = False
    """Whether the file's tracker overwrote the deadline: one that the ledger has already is then the better one."""
    line: int = 0
    """The line of the file, from 1, on which it first stands."""
    first_row: int = 0
    """How many statements of the sheet come before it: it is recorded ahead of the statement in that place."""


@dataclass(slots=True)
class Extra:
    """What a statement says besides one probability."""

    hedge: str | None = None
    term: str | None = None
    scale: str | None = None
    low: Probability | None = None
    high: Probability | None = None
    reason: str | None = None
    comment: str | None = None
    withdrawn: bool = False
    """A withdrawal: the statement has a time and perhaps a reason, and nothing else."""
    vector: tuple[str, ...] | None = None
    """Probabilities as decimals, one for each of the question's options, in their order; they sum to 1 ± 1e-6."""
    quantiles: tuple[tuple[str, str], ...] | None = None
    """Pairs of a level between 0 and 1 and a number, as decimals; levels rise, numbers do not fall."""


Sort = Literal["dropped", "derived", "assumed", "warning"]
"""Left out; made of something that is no stated probability; read into the file; worth knowing before it comes in."""
FIRST_FEW = 5
OWN = frozenset({"csv", "xlsx", "parquet"})
"""The formats that have our own columns: what stands there comes in as it is."""


@dataclass(slots=True)
class Remark:
    """One thing that a reader did otherwise than copy what stood there, and how often."""

    sort: Sort
    what: str
    """What, in words that go after a count: ``bets that were cancelled``; a whole sentence where ``count`` is 0."""
    count: int = 0
    first: list[tuple[int, str | None]] = field(default_factory=list)
    """The first few places: the line (or record), and the field if one is meant."""


@dataclass(slots=True)
class Sheet:
    """Questions, and their statements in the order of the file.

    The five columns ``question_of``, ``forecaster_of``, ``made_at``, ``probability`` and ``line`` have one
    element for each statement. ``probability`` is None for withdrawals, vectors and quantiles.
    """

    name: str
    """The file, as messages call it."""
    questions: list[SheetQuestion] = field(default_factory=list)
    forecasters: list[str] = field(default_factory=list)
    question_of: array[int] = field(default_factory=_column)
    """Places in ``questions``."""
    forecaster_of: array[int] = field(default_factory=_column)
    """Places in ``forecasters``."""
    made_at: array[int] = field(default_factory=_column)
    """Instants (µs)."""
    probability: list[Probability | None] = field(default_factory=list)
    line: array[int] = field(default_factory=_column)
    extras: dict[int, Extra] = field(default_factory=dict)
    """By the statement's place."""
    notes: list[str] = field(default_factory=list)
    """Other things for the report: one line each."""
    form: str = "csv"
    """The name of the format, as ``--from`` takes it."""
    unit: Literal["line", "record"] = "line"
    """What ``line`` counts, from 1: lines of text, or the records of a file that has no telling lines (JSON)."""
    remarks: list[Remark] = field(default_factory=list)
    """What was assumed, derived or left out in the reading, for the report."""
    mapped: Mapped | None = None
    """How the columns of somebody's own table were read."""

    def __len__(self) -> int:
        """The number of statements."""
        return len(self.question_of)

    def refuse(self, problem: str, line: int, column: str | None = None) -> FileInputError:
        """The error that says ``problem`` of a place; ``column`` is named where the file has our own columns."""
        named = column if self.form in OWN else None
        return FileInputError(problem, file=self.name, line=line, column=named, unit=self.unit)
