"""The score over time: a dot for each month, a line for all up to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.reports.figures.style import FIRST, GROUND, QUIET, SECOND, figure, quiet_grid, settings
from ledger.reports.model import TrendMonth

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT = 3.1
MOST_TICKS = 5
CHANCE = 0.25


def draw_trend(months: Sequence[TrendMonth]) -> Figure:
    """The months in order, at their places in time."""
    with settings():
        made = figure(HEIGHT)
        axes = made.subplots()
        at = [_place(one.month) for one in months]
        shown = [(place, one.brier) for place, one in zip(at, months, strict=True) if one.brier is not None]
        axes.axhline(CHANCE, color=QUIET, linewidth=1, linestyle=(0, (4, 3)), label="always saying 50 %")
        axes.plot(
            [place for place, _ in shown], [brier for _, brier in shown], linewidth=0, marker="o", markersize=5.5,
            color=SECOND, markeredgecolor=GROUND, zorder=3, label="the month alone",
        )  # fmt: skip
        so_far = [one.so_far if one.so_far is not None else float("nan") for one in months]
        axes.plot(
            [*at, at[-1] + 1],
            [*so_far, so_far[-1]],
            color=FIRST,
            linewidth=2,
            label="all up to it",
            drawstyle="steps-post",
        )
        top = max([CHANCE, *(one.brier or 0 for one in months)])
        axes.set(ylabel="Brier, 0 to 1 (lower is better)", xlabel="month of the deadline", ylim=(0, 1.25 * top))
        chosen = _spaced(at)
        axes.set_xticks(chosen, labels=[_named(place) for place in chosen])
        quiet_grid(axes)
        made.legend(loc="outside upper left", ncols=3, fontsize=9.5, columnspacing=1.2)
        return made


def _spaced(places: Sequence[int]) -> list[int]:
    """Some of the months, so far apart that their names have room."""
    apart = max(1, (places[-1] - places[0]) // MOST_TICKS)
    chosen = places[:1]
    for place in places[1:]:
        if place - chosen[-1] >= apart:
            chosen = [*chosen, place]
    return list(chosen)


def _named(place: int) -> str:
    return f"{(place - 1) // 12:04}-{(place - 1) % 12 + 1:02}"


def _place(month: str) -> int:
    year, of_year = month.split("-")[-2:]
    return 12 * int(year) + int(of_year)
