"""What others recorded meanwhile: asked once a second, at next to no cost."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.storage.location import Location
from ledger.storage.reading.changes import touched, version
from ledger.storage.watching import Busy, Watching, identity_of, watching


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something changed since the last look, or the ledger cannot be looked at just now."""

    last_entry: int
    """The number of the last entry that was seen."""
    questions: frozenset[int] | None = None
    """The questions that new entries are about, with those that depend on them; ``None`` where it may be any."""
    gone: bool = False
    """There is no file; it is looked for again at the next look."""
    busy: bool = False
    """Somebody writes at this moment; what they wrote is told at a later look."""


class Watch:
    """Looks at one ledger again and again; to be used by one thread, and closed by it.

    Between two looks no lock is held, so nobody has to wait. What this program writes is noticed as well.
    """

    def __init__(self, location: Location) -> None:
        """Take note of how the ledger stands; raises ``StoreError`` where something else than a ledger is there."""
        self._place = location.place
        self._watching: Watching | None = None
        self._seen = (0, 0)
        if identity_of(self._place) is not None:
            self._begin()

    def poll(self) -> Noticed | None:
        """What changed since the last look; ``None`` where nothing did.

        A ledger that was put in another's place, told anew from its journal or brought back is new altogether. Raises
        ``StoreError`` where something else than a ledger is there by now, or the file is damaged.
        """
        identity = identity_of(self._place)
        if identity is None:
            self.close()
            return Noticed(self._seen[1], gone=True)
        if self._watching is None or self._watching.identity != identity:
            self.close()
            opened = self._begin()
            return Noticed(self._seen[1], busy=not opened)
        try:
            return self._look(self._watching)
        except Busy:
            return Noticed(self._seen[1], busy=True)

    def _look(self, opened: Watching) -> Noticed | None:
        with opened.looking() as driver:
            seen, before = version(driver), self._seen
            if seen == before:
                return None
            told = Noticed(seen[1], touched(driver, before[1], seen[1]))
        self._seen = seen
        return told

    def _begin(self) -> bool:
        """Whether the file could be opened; not where somebody writes just then."""
        try:
            self._watching = watching(self._place)
            with self._watching.looking() as driver:
                self._seen = version(driver)
        except Busy:
            self.close()
            return False
        return True

    def close(self) -> None:
        """Let the file go; another look opens it again."""
        if self._watching is not None:
            self._watching.close()
            self._watching = None
