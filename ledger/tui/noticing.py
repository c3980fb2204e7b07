"""A thread that notices what others record, about once a second, at next to no cost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from ledger.errors import LedgerError
from ledger.tui.messages import LedgerChanged, LedgerTroubled

if TYPE_CHECKING:
    from textual.message import Message

    from ledger.services.noticing import Watch
    from ledger.storage.location import Location

EVERY = 1.0
"""Seconds between two looks."""


class Noticing:
    """Looks at the ledger until it is stopped, and posts what it sees."""

    def __init__(self, location: Location, post: Callable[[Message], object]) -> None:
        """Watch ``location``; ``post`` must be safe to call from a thread."""
        self._location, self._post, self._stopped = location, post, Event()
        self._trouble: str | None = None

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

        return Watch(self._location)

    def _look(self, watch: Watch) -> None:
        noticed = watch.poll()
        if noticed is None or not (noticed.gone or noticed.busy):
            self._tell(None)
        if noticed is None:
            return
        if noticed.gone:
            self._tell(f"the ledger is gone from {self._location}; put it back, or leave with ctrl+q")
        elif not noticed.busy:
            questions = None if noticed.questions is None else frozenset(noticed.questions)
            self._post(LedgerChanged(questions))

    def _tell(self, problem: str | None) -> None:
        if problem != self._trouble:
            self._trouble = problem
            self._post(LedgerTroubled(problem))


def _close(watch: Watch | None) -> None:
    if watch is not None:
        watch.close()
