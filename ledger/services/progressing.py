"""How far work has come, told often enough to be called off at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Takes what is done and the total; what it raises calls the work off, and nothing of it is written."""
EVERY = 0.05
"""Seconds after which the same is told once more where nothing was counted meanwhile."""


class Pace:
    """Counts for a ``progress``; where there is none, nothing is told."""

    def __init__(self, progress: Progress | None, total: int = 1) -> None:
        """Begin at 0 of ``total``."""
        self._progress, self._total, self._done = progress, max(1, total), 0
        self._told = time.monotonic()

    def begin(self, total: int) -> None:
        """Begin again, at 0 of ``total``."""
        self._total, self._done = max(1, total), 0

    def count(self, more: int) -> None:
        """Tell that so many more are done."""
        self.reach(self._done + more)

    def reach(self, done: int) -> None:
        """Tell that so many are done."""
        self._done = min(done, self._total)
        self._tell()

    @property
    def beat(self) -> Callable[[], None] | None:
        """What tells the same again after a while, for ``heeding``; nothing where nobody listens."""
        return None if self._progress is None else self._again

    def _again(self) -> None:
        if time.monotonic() - self._told >= EVERY:
            self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._done, self._total)
            self._told = time.monotonic()
