"""From rows to distinct cells: sorting, adding up, and nothing that depends on the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

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


def condense(cells: Cells) -> Cells:
    """Sort by group, question, forecast and outcome, and add up the equal ones."""
    keys = [key for key in (cells.outcome, cells.forecast, cells.question, cells.group) if key is not None]
    order = np.lexsort(keys)
    first = starts([key[order] for key in keys])
    if not first.size:
        return cells
    parts, rows = (np.add.reduceat(values[order], first) for values in (cells.parts, cells.rows))
    return pick(cells, order[first])._replace(parts=parts, rows=rows)
