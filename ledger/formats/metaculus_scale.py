"""Metaculus's distributions: a cumulative one over a linear or logarithmic scale, read off at five levels."""

from __future__ import annotations

from math import isfinite

from ledger.domain.probability import shortest_decimal
from ledger.errors import InputError
from ledger.formats.fields import Fields

_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def read_off(cdf: list[float], scaling: Fields) -> list[tuple[str, str]]:
    """The numbers at the levels that lie within the bounds; the scale is logarithmic where it has a zero point."""
    low, high = _bound(scaling, "range_min"), _bound(scaling, "range_max")
    if low is None or high is None or len(cdf) < 2:
        raise InputError("a distribution needs its scale: range_min and range_max, and two values at least")
    zero = _bound(scaling, "zero_point")
    places = ((level, _place(cdf, level)) for level in _LEVELS)
    found = [
        (shortest_decimal(level), shortest_decimal(_scaled(place, low, high, zero)))
        for level, place in places
        if place is not None
    ]
    if not found:
        raise InputError("all of the distribution lies out of its bounds")
    return found


def _bound(scaling: Fields, name: str) -> float | None:
    text = scaling.text(name)
    try:
        value = None if text is None else float(text)
    except ValueError:
        raise InputError(f"{name} is no number") from None
    if value is not None and not isfinite(value):
        raise InputError(f"{name} is no number")
    return value


def _place(cdf: list[float], level: float) -> float | None:
    """Where, from 0 to 1, the distribution reaches ``level``; None where that lies out of bounds."""
    for at in range(1, len(cdf)):
        if cdf[at - 1] <= level <= cdf[at]:
            rise = cdf[at] - cdf[at - 1]
            return (at - 1 + ((level - cdf[at - 1]) / rise if rise else 0.0)) / (len(cdf) - 1)
    return None


def _scaled(place: float, low: float, high: float, zero: float | None) -> float:
    if zero is None or zero in {low, high}:
        return low + (high - low) * place
    ratio = (high - zero) / (low - zero)
    if ratio <= 0 or not isfinite(ratio):
        raise InputError("the zero point lies within the range")
    return low + (high - low) * (place if ratio == 1 else (ratio**place - 1) / (ratio - 1))
