"""A point of the reliability diagram in words: what was said, and how many of how many happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Point = Mapping[str, Any]
NONE = "–"


def percent_words(value: float) -> str:
    """A frequency for people: ``33 %``, ``0.4 %``, ``99.7 %``."""
    return f"{bare_percent(value)} %"


def bare_percent(value: float) -> str:
    """The same without the sign; 0 and 100 are only said of never and always."""
    if value in (0, 1):
        return f"{value * 100:.0f}"
    shown = value * 100
    if shown < 0.01 or shown > 99.99:
        return "<0.01" if shown < 1 else ">99.99"
    if 1 <= shown <= 99:
        return f"{shown:.0f}"
    return f"{shown:.1g}" if shown < 1 else f"{shown:.2f}" if shown >= 99.95 else f"{shown:.1f}"


def said_words(point: Point) -> str:
    """The forecasts of the point: ``30–40 %``, or ``37.5 %`` for one exact value."""
    low, high = (f"{point[end] * 100:.4g}" for end in ("low", "high"))
    return f"{low} %" if low == high else f"{low}–{high} %"


def happened_words(point: Point) -> str:
    """``2 of 6``; a share counts as that much."""
    return f"{round(point['happened'], 3):.12g} of {point['n']:,}"


def between_words(ends: tuple[float, float] | list[float] | None) -> str:
    """``12–62 %``; absent where there is no interval."""
    if ends is None:
        return NONE
    low, high = (bare_percent(end) for end in ends)
    return f"{low}–{high} %"


def point_words(point: Point, *, resampled: bool) -> str:
    """The point in two sentences."""
    mean = f"{point['mean_forecast'] * 100:.3g} %"
    said = said_words(point)
    said = f"said {said}" if said == mean else f"said {said}, on average {mean}"
    if point["interval"] is not None:
        sure = f"95 %: {between_words(point['interval'])}"
    else:
        sure = "no interval" if resampled else "95 % follows"
    return f"{said}: {happened_words(point)} happened, {percent_words(point['frequency'])} ({sure})"
