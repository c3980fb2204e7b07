"""What the ledger's own table is in files that know types: which columns are texts, which numbers, which times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ledger.errors import FileInputError
from ledger.formats.cells import escape
from ledger.formats.faulty import Faulty
from ledger.formats.own_csv.columns import NEEDED, OPTIONAL, STANDARD

TIMES = frozenset({"forecast_at", "opened_at", "deadline", "resolved_at"})
NUMBERS = frozenset({"probability", "low", "high", "quantile", "value"})
TEXTS = frozenset({*STANDARD, *OPTIONAL}) - TIMES - NUMBERS - {"outcome", "withdrawn", "kind", "zone"}
"""Columns that are escaped in a CSV, and nowhere else: other files say themselves that a cell is text."""
_TELLING = frozenset({"question_id", "forecast_at"})
"""Names that only the ledger's table has."""
LIKE_OURS = 3


@dataclass(slots=True)
class AtRow:
    """Where a reader of rows is."""

    record_line: int = 0


def is_own(header: Iterable[str]) -> bool:
    """Whether the columns of a table are the ledger's own, perhaps with one missing or mistyped."""
    names = {cell.strip().lower() for cell in header}
    return bool(names & _TELLING) and len(names.intersection(NEEDED)) >= LIKE_OURS


def as_csv(
    header: Sequence[str], rows: Iterable[tuple[int, list[str]]], *, file: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a typed table as a CSV has them: texts escaped, every row as wide as the header.

    Raises :class:`FileInputError` for a cell without a value, and for one to the right of the last column.
    """
    names = [name.strip().lower() for name in header]
    width, texts = len(names), [place for place, name in enumerate(names) if name in TEXTS]
    known = {place for place, name in enumerate(names) if name in {*STANDARD, *OPTIONAL}}
    for line, cells in rows:
        if any(cells[width:]):
            problem = f"there are cells to the right of the last of {width} columns: name their columns, or empty them"
            raise FileInputError(problem, file=file, line=line)
        row = [*cells[:width], *[""] * (width - len(cells))]
        for place, cell in enumerate(row):
            if type(cell) is Faulty and place in known:
                raise FileInputError(cell, file=file, line=line, column=names[place])
        for place in texts:
            row[place] = escape(row[place])
        yield line, row
