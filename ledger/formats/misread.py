"""A column that its name makes a field, and that was not taken for it because of what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ledger.domain.text import quoted
from ledger.formats.any_table import Table
from ledger.formats.guessing import could_be, name_rank
from ledger.formats.mapping import FIELDS

_SHORT = 40
"""Longer cells, and those without a digit, are remarks on the field rather than the field badly written."""

_INSTEAD = {"forecast_at": ", or --made-at DAY for all", "deadline": ", or --deadline DAY for all"}


@dataclass(frozen=True, slots=True)
class Misread:
    """The first cell that stood in the way; without a line where the whole column is empty."""

    column: str
    problem: str
    line: int | None = None


def first_misread(table: Table, field: str, taken: Iterable[str]) -> Misread | None:
    """Why the column whose name says ``field`` most surely is not it; None where no name that is left says so."""
    used = set(taken)
    ranked = [
        (rank, place, name)
        for place, name in enumerate(table.header)
        if name not in used and (rank := name_rank(field, name)) is not None
    ]
    for rank, _, name in sorted(ranked):
        found = _first(table, field, name)
        if found is not None and (rank[0] == 0 or _badly_written(found[1])):
            return Misread(name, _problem(field, found[1]), found[0])
        if found is None and rank[0] == 0 and not any(cell.strip() for _, cell in table.column(name)):
            return Misread(name, f"is empty, and is to say {FIELDS[field]}")
    return None


def _first(table: Table, field: str, name: str) -> tuple[int, str] | None:
    cells = ((line, cell.strip()) for line, cell in table.column(name))
    return next(((line, cell) for line, cell in cells if cell and not could_be(field, [cell])), None)


def _badly_written(cell: str) -> bool:
    return len(cell) < _SHORT and any(character.isdigit() for character in cell)


def _problem(field: str, cell: str) -> str:
    return (
        _PROBLEMS.get(field, _no_time)(cell)
        + f'; or is another column it? Say --map {field}="COLUMN"{_INSTEAD.get(field, "")}'
    )


def _no_title(cell: str) -> str:
    return f"{quoted(cell)} is a number or a time: write here what is asked"


def _no_probability(cell: str) -> str:
    return f"{quoted(cell)} is not a probability from 0 to 1: write it as 70% or 0.7"


def _no_time(cell: str) -> str:
    return f"{quoted(cell)} is not a day or a time that there is: write it as 2026-12-31"


_PROBLEMS: Mapping[str, Callable[[str], str]] = {"title": _no_title, "probability": _no_probability}
