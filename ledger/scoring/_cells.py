"""From rows to distinct cells: sorting, adding up, and nothing that depends on the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ledger.scoring._codes import Coded, code_by_question, code_plain
from ledger.scoring.points import PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Cells", "condense", "join", "pick", "starts"]


class Cells(NamedTuple):
    """Distinct cells in order: their key columns, their weights in parts, and how many rows each has."""

    group: NDArray[Any] | None
    question: NDArray[np.int64] | None
    forecast: NDArray[np.float64]
    outcome: NDArray[np.float64]
    parts: NDArray[np.int64]
    rows: NDArray[np.int64]


def pick(cells: Cells, index: NDArray[Any]) -> Cells:
    """Give the cells at ``index``, a mask or places, in that order."""
    group = None if cells.group is None else cells.group[index]
    question = None if cells.question is None else cells.question[index]
    return Cells(group, question, cells.forecast[index], cells.outcome[index], cells.parts[index], cells.rows[index])


def join(several: list[Cells]) -> Cells:
    """Lay the columns of cells that are keyed alike end to end."""
    group = [one.group for one in several if one.group is not None]
    question = [one.question for one in several if one.question is not None]
    return Cells(
        np.concatenate(group) if group else None,
        np.concatenate(question) if question else None,
        np.concatenate([one.forecast for one in several]),
        np.concatenate([one.outcome for one in several]),
        np.concatenate([one.parts for one in several]),
        np.concatenate([one.rows for one in several]),
    )


def starts(columns: list[NDArray[Any]]) -> NDArray[np.intp]:
    """Where a new cell begins in sorted columns."""
    new = np.zeros(columns[0].size, dtype=np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def coded_cells(cells: Cells) -> Coded | None:
    """Turn the keys of cells into whole numbers that sort alike, where outcomes are 0 or 1 and there are no groups."""
    if cells.group is not None or not np.all((cells.outcome == 0) | (cells.outcome == 1)):
        return None
    if cells.question is None:
        return code_plain(cells.forecast, cells.outcome)
    return code_by_question(cells.question, cells.forecast, cells.outcome)


def condense(cells: Cells) -> Cells:
    """Sort by group, question, forecast and outcome, and add up the equal ones."""
    coded = coded_cells(cells)
    if coded is not None and np.all(cells.rows == 1) and np.all(cells.parts == PARTS):
        return _counted(coded)
    keys = [key for key in (cells.outcome, cells.forecast, cells.question, cells.group) if key is not None]
    keys = keys if coded is None else [coded.code]
    order = np.lexsort(keys) if coded is None else np.argsort(coded.code)
    first = starts([key[order] for key in keys])
    if not first.size:
        return cells
    parts, rows = (np.add.reduceat(values[order], first) for values in (cells.parts, cells.rows))
    return pick(cells, order[first])._replace(parts=parts, rows=rows)


def _counted(coded: Coded) -> Cells:
    """Count rows of one unit each: sorted codes say everything, and no row needs its place."""
    code = np.sort(coded.code)
    first = starts([code])
    rows = np.diff(first, append=code.size)
    question, forecast, outcome = coded.decode(code[first])
    return Cells(None, question, forecast, outcome, rows * PARTS, rows)
