"""A point of the reliability diagram in words: what was said, and how many of how many happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Point = Mapping[str, Any]
NONE = "–"


def percent_words(value: float) -> str:
    """A frequency for people: ``33 %``, ``0.4 %``, ``99.7 %``."""
    shown = value * 100
    return (
        f"{shown:.0f} %" if shown in (0, 100) or 1 <= shown <= 99 else f"{shown:.2g} %" if shown < 1 else _near(shown)
    )


def _near(shown: float) -> str:
    return f"{shown:.1f} %" if shown < 99.95 else f"{shown:.6g} %"


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
    low, high = (percent_words(end).removesuffix(" %") for end in ends)
    return f"{low}–{high} %"


def point_words(point: Point, *, resampled: bool) -> str:
    """The point in two sentences."""
    mean = f"{point['mean_forecast'] * 100:.3g} %"
    said = said_words(point)
    said = f"said {said}" if said == mean else f"said {said}, on average {mean}"
    if point["interval"] is not None:
        sure = f"95 %: {between_words(point['interval'])}"
    else:
        sure = "no interval for so few" if resampled else "its interval follows"
    return f"{said}: {happened_words(point)} happened, {percent_words(point['frequency'])} ({sure})"
