"""The score over time as runs of text: each month's sign, the score so far as a line, and n below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.tui.cells import fit
from ledger.tui.widgets.canvas import Canvas
from ledger.tui.widgets.form import Form
from ledger.tui.widgets.reliability_drawing import Runs, sign_of

if TYPE_CHECKING:
    from ledger.services.trending import Month

LEFT = 7
LEVELS = " ▁▂▃▄▅▆▇█"
WIDEST = 8
"""Columns between two months where there is room."""


def columns_of(months: Sequence[Month], width: int) -> list[int]:
    """The column of each month: by the calendar where its months fit into ``width``, else one after the other."""
    if not months:
        return []
    at = [_number(one.month) for one in months]
    places = [one - at[0] for one in at] if at[-1] - at[0] < width else list(range(len(months)))
    step = max(1, min(WIDEST, (width - 1) // max(1, places[-1])))
    return [one * step for one in places]


def _number(month: str) -> int:
    year, _, rest = month.rpartition("-")
    return int(year) * 12 + int(rest)


def window(columns: Sequence[int], cursor: int, width: int) -> int:
    """The first column in sight, so that the chosen month is."""
    if not columns or columns[-1] < width:
        return 0
    return max(0, min(columns[cursor] - width // 2, columns[-1] - width + 1))


def draw(months: Sequence[Month], form: Form, cursor: int, width: int, height: int) -> list[Runs]:
    """``height`` lines: the plot, its foot, the months' names and a line of n."""
    canvas = Canvas(width - LEFT - 1, max(3, height - 3))
    columns = columns_of(months, canvas.width)
    first = window(columns, cursor, canvas.width)
    seen = [(one, column - first, at == cursor) for at, (one, column) in enumerate(zip(months, columns, strict=True))]
    top = _top(months)
    canvas.dots(_line([(one, column) for one, column, _ in seen], top, canvas.width), "sofar")
    seen = [one for one in seen if 0 <= one[1] < canvas.width]
    for one, column, chosen in seen:
        if one.brier is not None:
            canvas.put(column, canvas.row(one.brier / top), sign_of(one.n), "chosen" if chosen else "point")
    sides = _sides(form, top, canvas.height)
    lines = [[(side, "axis"), *runs] for side, runs in zip(sides, canvas.lines(), strict=True)]
    return [*lines, *_foot(seen, canvas.width)]


def _top(months: Sequence[Month]) -> float:
    """The upper end of the axis: a round number above every score."""
    most = max((score for one in months for score in (one.brier, one.so_far) if score is not None), default=0.25)
    return next(end for end in (0.1, 0.25, 0.5, 1.0) if most <= end or end == 1.0)


def _line(seen: Sequence[tuple[Month, int]], top: float, width: int) -> Iterator[tuple[float, float]]:
    """The score so far, a dot a half column: level until the next month."""
    there = [(column, one.so_far / top) for one, column in seen if one.so_far is not None]
    last = max(1, width - 1)
    if len(there) == 1 and 0 <= there[0][0] < width:
        yield there[0][0] / last, there[0][1]
    for (left, level), (right, after) in pairwise(there):
        for half in range(2 * left, 2 * right + 1):
            if 0 <= half <= 2 * last:
                yield half / 2 / last, after if half == 2 * right else level


def _sides(form: Form, top: float, height: int) -> list[str]:
    named = {round(share * (height - 1)): f"{form.factor * top * share:.4g}" for share in (0.0, 0.5, 1.0)}
    return [
        fit(named.get(row, ""), LEFT - 1, right=True) + ("┤" if row in named else "│")
        for row in range(height - 1, -1, -1)
    ]


def _foot(seen: Sequence[tuple[Month, int, bool]], width: int) -> list[Runs]:
    line, names, counts = ["─"] * width, [" "] * (width + 1), [" "] * width
    most = max((one.n for one, _, _ in seen), default=1)
    for one, column, chosen in seen:
        line[column] = "▲" if chosen else "┬"
        counts[column] = LEVELS[max(1, round(one.n / most * 8))]
        begin = max(0, min(column - 3, width - len(one.month)))
        if all(sign == " " for sign in names[max(0, begin - 1) : begin + len(one.month) + 1]):
            names[begin : begin + len(one.month)] = one.month
    head = " " * (LEFT - 1)
    return [
        [(head + "└", "axis"), ("".join(line), "axis")],
        [(head + " ", "axis"), ("".join(names), "axis")],
        [(fit("n", LEFT - 1, right=True) + " ", "axis"), ("".join(counts), "count")],
    ]
