"""The forecasts of one question over time: each stands until the next, hedges with their ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.domain.instants import format_instant
from ledger.reports.figures.style import BAND, FIRST, INK, QUIET, SECOND, figure, percent_axis, quiet_grid, settings
from ledger.reports.model import Question, Statement

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 3.2
MOST = 6
LINES = (
    (FIRST, "solid"),
    (SECOND, "dashed"),
    (INK, "dotted"),
    (QUIET, "dashdot"),
    (FIRST, "dotted"),
    (SECOND, "solid"),
)
TICKS = 3


def draw_history(asked: Question, statements: Sequence[Statement]) -> Figure:
    """The probabilities that were said of a binary question; of more than six forecasters the first six."""
    with settings():
        made = figure(HEIGHT)
        axes = made.subplots()
        said = [one for one in statements if one.probability is not None]
        names = list(dict.fromkeys(one.forecaster for one in said))[:MOST]
        for at, name in enumerate(names):
            _steps(axes, [one for one in said if one.forecaster == name], asked, *LINES[at])
        _frame(axes, asked, said)
        if names:
            made.legend(loc="outside upper left", ncols=2, fontsize=9)
        return made


def _steps(axes: Axes, said: Sequence[Statement], asked: Question, colour: str, line: str) -> None:
    name = (said[0].forecaster or "(redacted)")[:40]
    across: list[float] = []
    up: list[float] = []
    for one in said:
        until = one.until if one.until is not None else one.made_at
        across += [one.made_at, until]
        up += [one.probability or 0.0] * 2
        if one.low is not None and one.high is not None and until > one.made_at:
            axes.fill_between([one.made_at, until], [one.low] * 2, [one.high] * 2, color=BAND, linewidth=0, zorder=0)
    axes.plot(across, up, color=colour, linestyle=line, linewidth=1.8, label=name)
    axes.plot(
        [one.made_at for one in said], [one.probability or 0.0 for one in said], color=colour, marker="o",
        markersize=5.5, linewidth=0,
    )  # fmt: skip


def _frame(axes: Axes, asked: Question, said: Sequence[Statement]) -> None:
    begin = min([one.made_at for one in said] + ([asked.opened_at] if asked.opened_at is not None else []), default=0)
    end = max([asked.deadline, begin + 1, *(one.made_at for one in said)])
    margin = (end - begin) * 0.02
    axes.set(ylim=(-0.03, 1.03), xlim=(begin - margin, end + margin), ylabel="probability")
    axes.axvline(asked.deadline, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    outcome = {"yes": 1.0, "no": 0.0}.get(asked.outcome or "")
    if outcome is not None:
        at = asked.deadline if asked.known_at is None else min(asked.known_at, asked.deadline)
        axes.plot([at], [outcome], marker="X", markersize=10, color=INK, linewidth=0, clip_on=False, zorder=4)
        axes.annotate(
            f"outcome: {asked.outcome}", (at, outcome), (-8, -9 if outcome else 5), textcoords="offset points",
            ha="right", fontsize=9,
        )  # fmt: skip
    percent_axis(axes.yaxis)
    quiet_grid(axes)
    places = [begin + (end - begin) * step // TICKS for step in range(TICKS + 1)]
    axes.set_xticks(places, labels=[format_instant(int(place))[:10] for place in places])
