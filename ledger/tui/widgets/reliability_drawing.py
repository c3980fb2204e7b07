"""The reliability diagram as runs of text: what was said along the foot, how often it happened up the side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.tui.cells import fit
from ledger.tui.widgets.axis import Axis, tick_words
from ledger.tui.widgets.canvas import Canvas

Point = Mapping[str, Any]
Runs = list[tuple[str, str]]
LEFT = 5
"""Columns for the words beside the plot, its line included."""
SIZES = ((100, "●"), (20, "◉"), (5, "○"), (0, "·"))
"""The sign of a point by its n."""
EDGE = (" ", "ground")
CROWDED = 3
"""Columns for each point below which only the chosen one has its bar."""
LEGEND = "n: · <5 ○ 5+ ◉ 20+ ● 100+"


def sign_of(n: int) -> str:
    """The sign that a point of ``n`` has."""
    return next(sign for least, sign in SIZES if n >= least)


def axis_for(points: Sequence[Point], *, log_odds: bool) -> Axis:
    """An axis for both ways, so that the diagonal stays straight."""
    if not log_odds:
        return Axis()
    ends = [end for point in points for end in (point["interval"] or ())]
    return Axis.in_log_odds([*ends, *(point[name] for point in points for name in ("mean_forecast", "frequency"))])


def draw(
    points: Sequence[Point], bars: Mapping[float, tuple[float, float]], axis: Axis, cursor: int, width: int, height: int
) -> list[Runs]:
    """The lines of the diagram, ``height`` of them: the plot, its foot and the words below that."""
    canvas = Canvas(width - LEFT - 1, height - 2)
    for point in points:
        if point["low"] in bars:
            _shade(canvas, axis, point, bars[point["low"]])
    canvas.diagonal("diagonal")
    crowded = CROWDED * len(points) > canvas.width
    for at in [*(place for place in range(len(points)) if place != cursor), *([cursor] if points else [])]:
        _point(canvas, axis, points[at], chosen=at == cursor, barred=not crowded or at == cursor)
    sides = _sides(axis, canvas.height)
    lines = [[(side, "axis"), *line, EDGE] for side, line in zip(sides, canvas.lines(), strict=True)]
    return [*lines, *_foot(canvas, axis, points, cursor)]


def _shade(canvas: Canvas, axis: Axis, point: Point, bar: tuple[float, float]) -> None:
    ends = (point["low"], point["high"]) if point["low"] != point["high"] else (point["mean_forecast"],) * 2
    first, last = (canvas.column(axis.place(end)) for end in ends)
    low, high = (canvas.row(axis.place(end)) for end in bar)
    canvas.shade((first, max(first, last)), (low, high), "░", "chance")


def _point(canvas: Canvas, axis: Axis, point: Point, *, chosen: bool, barred: bool) -> None:
    column = canvas.column(axis.place(point["mean_forecast"]))
    if barred and point["interval"] is not None:
        low, high = (axis.place(end) for end in point["interval"])
        canvas.bar(column, low, high, "here" if chosen else "bar")
    row = canvas.row(axis.place(point["frequency"]))
    canvas.put(column, row, sign_of(point["n"]), "chosen" if chosen else "point")


def _sides(axis: Axis, height: int) -> list[str]:
    """The words beside each line of the plot, from the top."""
    named = {round(axis.place(tick) * (height - 1)): tick_words(tick) for tick in axis.ticks()}
    return [
        fit(named.get(row, ""), LEFT - 1, right=True) + ("┤" if row in named else "│")
        for row in range(height - 1, -1, -1)
    ]


def _foot(canvas: Canvas, axis: Axis, points: Sequence[Point], cursor: int) -> list[Runs]:
    """The line at the foot with a mark under the chosen point, and the words below it."""
    line, words = ["─"] * canvas.width, [" "] * (LEFT + canvas.width + 1)
    for tick in axis.ticks():
        at, told = canvas.column(axis.place(tick)), tick_words(tick)
        line[at] = "┬"
        begin = min(max(0, LEFT + at - len(told) // 2), len(words) - len(told))
        if all(sign == " " for sign in words[max(0, begin - 1) : begin + len(told) + 1]):
            words[begin : begin + len(told)] = told
    here = canvas.column(axis.place(points[cursor]["mean_forecast"])) if points else -1
    foot: Runs = [(" " * (LEFT - 1) + "└", "axis"), ("".join(line), "axis")]
    if here >= 0:
        foot[1:] = [("".join(line[:here]), "axis"), ("▲", "here"), ("".join(line[here + 1 :]), "axis")]
    return [[*foot, EDGE], [("".join(words), "axis")]]
