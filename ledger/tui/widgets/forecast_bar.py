"""A probability as a small bar of text: a dot on a track, and a range as a thicker part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.services.worth_words import worth_words
from ledger.tui.cells import shown

if TYPE_CHECKING:
    from ledger.services.worth import Worth

TRACK, RANGE, BEST = "┈", "━", "●"


def bar(probability: float, low: float | None, high: float | None, width: int) -> str:
    """``┈┈━━●━┈┈┈┈`` in ``width`` columns: 0 is the first, 1 the last."""
    track = [TRACK] * width
    if low is not None and high is not None:
        for at in range(_place(low, width), _place(high, width) + 1):
            track[at] = RANGE
    track[_place(probability, width)] = BEST
    return "".join(track)


def _place(probability: float, width: int) -> int:
    return min(width - 1, int(probability * width))


def forecast_words(worth: Worth | None) -> str:
    """A statement's value in a few words; a range stands for itself in the bar, and in words without the best value."""
    if worth is None:
        return "–"
    if worth.probability is None or worth.low is None or worth.high is None:
        return shown(worth_words(worth, short=True))
    return f"{worth.low * 100:.4g}–{worth.high * 100:.4g} %"
