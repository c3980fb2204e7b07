"""An axis of probabilities: plain, or in log odds, where the tails have room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

PLAIN_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
TAIL_TICKS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
HAIR = 1e-9
LEAST, MOST = log(19), log(1999)
"""An axis of log odds shows at least 5 to 95 %, and at most 0.05 to 99.95 %."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Where probabilities lie, from 0 (the beginning of the axis) to 1; ``reach`` is in log odds, or 0 for plain."""

    reach: float = 0.0

    @classmethod
    def in_log_odds(cls, values: Iterable[float]) -> Axis:
        """An axis that takes all ``values`` in, but for those in the outermost tails, which lie at its ends."""
        odds = [abs(_log_odds(value)) for value in values if 0 < value < 1]
        return cls(min(MOST, max(LEAST, *odds, 0.0)))

    @property
    def is_plain(self) -> bool:
        """Whether equal steps are equal differences."""
        return not self.reach

    def place(self, value: float) -> float:
        """Where ``value`` lies; what is beyond the axis lies at its end."""
        if self.is_plain:
            return min(max(value, 0.0), 1.0)
        if value <= 0 or value >= 1:
            return float(value >= 1)
        return min(max((_log_odds(value) / self.reach + 1) / 2, 0.0), 1.0)

    def ticks(self) -> tuple[float, ...]:
        """Probabilities to name beside the axis."""
        if self.is_plain:
            return PLAIN_TICKS
        return tuple(value for value in TAIL_TICKS if abs(_log_odds(value)) <= self.reach + HAIR)


def tick_words(value: float) -> str:
    """``0.1``, ``50``, ``99.9``: per cent without its sign."""
    return f"{value * 100:.4g}"


def _log_odds(value: float) -> float:
    return log(value / (1 - value))
