"""The points of the reliability diagram as a list: said, how many of how many happened, how often, and the interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.tui.widgets.point_words import bare_percent, between_words, happened_words, said_words
from ledger.tui.widgets.reliability_drawing import sign_of
from ledger.tui.widgets.sorted_table import Heading

Point = Mapping[str, Any]
USUAL = 11
"""Columns for ``○ 12 of 345``, which leave room for the interval on a narrow screen."""


def headings_of(points: Sequence[Point]) -> list[Heading]:
    """The columns; great numbers take the room of the interval, which stands in the words below the diagram too."""
    wide = max((len(_counted(point)) for point in points), default=USUAL)
    more = max(0, wide - USUAL)
    return [
        Heading("said", 0, lambda one, _: said_words(one), lambda one: one["mean_forecast"]),
        Heading("happened", USUAL + more, lambda one, _: _counted(one), lambda one: one["n"], right=True),
        Heading("is %", 6, lambda one, _: bare_percent(one["frequency"]), lambda one: one["frequency"], right=True),
        Heading(
            "95 %", 7, lambda one, _: between_words(one["interval"]).removesuffix(" %"), right=True, needs=36 + more
        ),
    ]


def _counted(point: Point) -> str:
    return f"{sign_of(point['n'])} {happened_words(point)}"
