"""Trying again what failed, after pauses that grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ledger.domain.instants import HOUR, MINUTE

FIRST_PAUSE, LAST_PAUSE = MINUTE, HOUR
"""After a failure the pause until the next attempt; it doubles up to the last."""


@dataclass(slots=True)
class _Tries:
    failures: int = 0
    after: int = 0


@dataclass(slots=True)
class Attempts:
    """What failed in a row, by name; ``steady`` is a clock that nobody sets (µs)."""

    steady: Callable[[], int]
    _tries: dict[str, _Tries] = field(default_factory=dict)

    def failed(self, name: str) -> int:
        """Count a failure; the pause after it (µs)."""
        tries = self._tries.setdefault(name, _Tries())
        pause = min(FIRST_PAUSE << min(tries.failures, 20), LAST_PAUSE)
        tries.failures, tries.after = tries.failures + 1, self.steady() + pause
        return pause

    def went_well(self, name: str) -> None:
        """Forget its failures."""
        self._tries.pop(name, None)

    def waiting(self, name: str) -> int:
        """How long it is until the next attempt (µs); none is left where it is not more than 0."""
        tries = self._tries.get(name)
        return 0 if tries is None else tries.after - self.steady()

    def all_at_once(self) -> None:
        """End all pauses."""
        for tries in self._tries.values():
            tries.after = self.steady()
