"""A thread that notices what others record and what falls due, about once a second, at next to no cost.

It never sleeps longer, so it does not matter who sets the clock or suspends the computer meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from ledger import clock
from ledger.errors import LedgerError
from ledger.tui.messages import CameDue, LedgerChanged, LedgerTroubled

if TYPE_CHECKING:
    from textual.message import Message

    from ledger.services.falling_due import FallingDue
    from ledger.services.noticing import Watch
    from ledger.storage.location import Location

EVERY = 1.0
"""Seconds between two looks."""
LONG_BUSY = 3
"""After so many looks in a row at which another program held the ledger, that is told."""


class Noticing:
    """Looks at the ledger until it is stopped, and posts what it sees."""

    def __init__(self, location: Location, post: Callable[[Message], object]) -> None:
        """Watch ``location``; ``post`` must be safe to call from a thread."""
        self._location, self._post, self._stopped = location, post, Event()
        self._falling: FallingDue | None
        self._trouble: str | None = None
        self._unwritable: str | None = None
        self._busy, self._checked = 0, False
        self._begun, self._falling = clock.now(), None

    def stop(self) -> None:
        """End the thread soon."""
        self._stopped.set()

    def watch(self) -> None:
        """Look again and again; a ledger that cannot be opened is tried again."""
        watch: Watch | None = None
        while not self._stopped.wait(EVERY):
            try:
                watch = watch or self._opened()
                self._look(watch)
            except LedgerError as problem:
                self._tell(str(problem))
                _close(watch)
                watch = None
        _close(watch)

    def _opened(self) -> Watch:
        from ledger.services.noticing import Watch

        self._checked = False
        return Watch(self._location)

    def _check(self) -> None:
        """Once, while nobody holds the ledger: whether it can be written to."""
        from ledger.services.writable import why_not_writable

        self._unwritable, self._checked = why_not_writable(self._location), True

    def _look(self, watch: Watch) -> None:
        noticed = watch.poll()
        if noticed is not None and noticed.gone:
            self._tell(f"the ledger is gone from {self._location}; put it back, or leave with ctrl+q")
            return
        self._busy = self._busy + 1 if noticed is not None and noticed.busy else 0
        if self._busy >= LONG_BUSY:
            self._tell("another program holds the ledger; what you see may be old, and what you record waits for it")
        if self._busy:
            return
        if not self._checked:
            self._check()
        self._tell(self._unwritable)
        if noticed is not None:
            self._post(LedgerChanged(None if noticed.questions is None else frozenset(noticed.questions)))
        self._look_at_the_clock(changed=noticed is not None)

    def _look_at_the_clock(self, *, changed: bool) -> None:
        from ledger.services.falling_due import FallingDue

        if self._falling is None:
            self._falling = FallingDue(self._location, self._begun)
        fell = self._falling.look(changed=changed)
        if fell is not None:
            self._post(CameDue(fell))

    def _tell(self, problem: str | None) -> None:
        if problem != self._trouble:
            self._trouble = problem
            self._post(LedgerTroubled(problem))


def _close(watch: Watch | None) -> None:
    if watch is not None:
        watch.close()
