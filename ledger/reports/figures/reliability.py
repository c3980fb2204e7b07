"""The reliability diagram: what was said across, how often it happened up, and below how many forecasts there were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.reports.figures.style import BAND, FIRST, GROUND, QUIET, SECOND, figure, percent_axis, quiet_grid, settings
from ledger.reports.model import Diagram

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 5.5
MARKS = ((FIRST, "o", "solid"), (SECOND, "D", "dashed"))
"""Two series differ in colour, in shape and in line."""
LONG = 1000
"""Counts from which their words are small."""
CROWDED = 25
"""Points from which single counts are not written."""


def draw_reliability(diagrams: Sequence[Diagram]) -> Figure:
    """One record, or two in one diagram."""
    with settings():
        made = figure(HEIGHT)
        above, below = made.subplots(2, 1, height_ratios=(4.2, 1), sharex=True)
        above.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
        for at, diagram in enumerate(diagrams):
            _series(above, diagram, at, alone=len(diagrams) == 1)
            _counts(below, diagram, at, many=len(diagrams))
        _frame(above, below, diagrams)
        made.legend(loc="outside upper left", ncols=2, fontsize=9.5)
        return made


def _series(axes: Axes, diagram: Diagram, at: int, *, alone: bool) -> None:
    colour, mark, line = MARKS[at]
    if alone:
        _band(axes, diagram)
    for one in diagram.points:
        if one["interval"] is not None:
            axes.plot([one["mean_forecast"]] * 2, one["interval"], color=colour, linewidth=1.4, linestyle=line)
    across = [one["mean_forecast"] for one in diagram.points]
    up = [one["frequency"] for one in diagram.points]
    axes.plot(
        across, up, marker=mark, markersize=7, color=colour, markeredgecolor=GROUND, markeredgewidth=1, linewidth=0,
        label=_label(diagram), clip_on=False, zorder=3,
    )  # fmt: skip


def _label(diagram: Diagram) -> str:
    name = diagram.label or "this record, 95 % bars"
    return name[:60]


def _band(axes: Axes, diagram: Diagram) -> None:
    """Where chance alone puts each bin."""
    named = False
    for one in diagram.points:
        if (band := diagram.consistency.get(one["low"])) is not None:
            low, high = (one["low"], one["high"]) if one["low"] != one["high"] else _about(one["low"])
            label = None if named else "chance, if calibrated"
            axes.fill_between([low, high], [band[0]] * 2, [band[1]] * 2, color=BAND, linewidth=0, label=label, zorder=0)
            named = True


def _about(value: float) -> tuple[float, float]:
    return max(0.0, value - 0.01), min(1.0, value + 0.01)


def _counts(axes: Axes, diagram: Diagram, at: int, *, many: int) -> None:
    colour, _, _ = MARKS[at]
    side = 0.025 / many
    long = max((one["n"] for one in diagram.points), default=0) >= LONG
    for one in diagram.points:
        place = one["mean_forecast"] + (at - (many - 1) / 2) * 2 * side
        axes.bar(place, one["n"], width=2 * side, color=colour, linewidth=0)
        if len(diagram.points) * many < CROWDED:
            axes.annotate(
                f"{one['n']:,}", (place, one["n"]), (0, 2), textcoords="offset points", ha="center", va="bottom",
                fontsize=7.5 if long else 9, annotation_clip=False,
            )  # fmt: skip


def _frame(above: Axes, below: Axes, diagrams: Sequence[Diagram]) -> None:
    above.set(xlim=(-0.04, 1.04), ylim=(-0.02, 1.02), ylabel="how often it happened")
    percent_axis(above.yaxis)
    quiet_grid(above)
    things = "questions" if any(one.counts_questions for one in diagrams) else "forecasts"
    most = max((one["n"] for diagram in diagrams for one in diagram.points), default=1)
    below.set(xlabel="what was said", ylabel=things, ylim=(0, 1.35 * most))
    below.set_yticks([])
    below.spines["left"].set_visible(False)
    percent_axis(below.xaxis)
