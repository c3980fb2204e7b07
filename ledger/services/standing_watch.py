"""``watch``: stay, and make a pass of the reminder whenever there is something to say.

Nothing is remembered between two looks but which channels failed: when there is something to say next is asked of the
ledger each time, so what others record, clocks that are set and computers that slept need no care of their own. With
a plan, what asks for a review waits for the plan's next time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ledger import clock
from ledger.domain.instants import HOUR, MINUTE, SECOND, Instant, from_datetime
from ledger.errors import LedgerError
from ledger.services import reminding
from ledger.services.channels import Channel
from ledger.services.damage import unreadable_told
from ledger.services.opening import opened
from ledger.services.reminding import Delivery
from ledger.services.schedules.plan import Plan, next_run
from ledger.storage.location import Location

LONGEST = MINUTE
"""The longest sleep: what others record is noticed after it."""

FIRST_PAUSE, LAST_PAUSE = MINUTE, HOUR
"""After a failure the pause until the next attempt; it doubles up to the last."""

JUMP = 5 * SECOND
"""A clock that moved by more than this while nobody looked was set, or the computer slept."""

_LEDGER = ""
"""Under which name failures of the ledger itself are counted, or of the channels' settings."""


@dataclass(slots=True)
class Tries:
    """How often something failed in a row, and when it is tried again (µs of the steady clock)."""

    failures: int = 0
    after: int = 0


@dataclass(slots=True)
class Watch:
    """A watch over one ledger; ``steady`` is a clock that nobody sets (µs), ``sleep`` ends early by returning True."""

    location: Location
    plan: Plan | None
    channels: Callable[[], Sequence[Channel]]
    """The channels as they are set up at this time."""
    took: Callable[[Delivery], None]
    tell: Callable[[str], None]
    steady: Callable[[], int]
    sleep: Callable[[int], bool]
    """Sleeps for so many µs; true where the watch is to end."""
    _tries: dict[str, Tries] = field(default_factory=dict)
    _seen: tuple[int, int] | None = None

    def run(self, *, once: bool = False) -> bool:
        """Watch until ``sleep`` says to end, or with ``once`` until a pass was made; false where that pass failed."""
        while True:
            self._notice_jump()
            passed, failed, pause = self._look()
            if once and passed:
                return not failed
            if self.sleep(max(min(pause, LONGEST), SECOND)):
                return True

    def following(self) -> Instant | None:
        """When there is something to say next (µs), as things stand."""
        return min((at for _, at in self._due() if at is not None), default=None)

    def _look(self) -> tuple[bool, bool, int]:
        """Make a pass where it is time for one; whether there was one, whether it failed, how long to sleep (µs)."""
        wait = self._waiting(_LEDGER)
        if wait > 0:
            return False, False, wait
        try:
            due = self._due()
            now = self._now()
            ripe = [one for one, at in due if at is not None and at <= now and self._waiting(one.name) <= 0]
            said, failed = self._pass(ripe) if ripe else (False, False)
        except LedgerError as problem:
            return True, True, self._failed(_LEDGER, str(problem))
        self._tries.pop(_LEDGER, None)
        if ripe:
            return True, failed, SECOND if said else LONGEST
        later = [max(at - now, self._waiting(one.name)) for one, at in due if at is not None]
        return False, False, min(later, default=LONGEST)

    def _due(self) -> list[tuple[Channel, Instant | None]]:
        """The channels, each with the time of its next pass."""
        with unreadable_told(), opened(self.location) as book:
            return [(one, self._planned(reminding.next_moment(book, [one.name]))) for one in self.channels()]

    def _planned(self, moment: Instant | None) -> Instant | None:
        if moment is None or self.plan is None:
            return moment
        return next_run(self.plan, moment - 1, in_gaps=True)

    def _pass(self, channels: Sequence[Channel]) -> tuple[bool, bool]:
        """Say through ``channels`` what is to be said; whether anything was said, and whether one of them failed."""
        said = failed = False
        for one in reminding.remind(self.location, channels, lambda _: None):
            said, failed = said or one.message is not None, failed or one.failure is not None
            if one.failure is None:
                self._tries.pop(one.channel, None)
                self.took(one)
            else:
                self._failed(one.channel, f"{one.channel}: {one.failure}")
        return said, failed

    def _failed(self, name: str, told: str) -> int:
        """Count and tell a failure; the pause after it (µs)."""
        tries = self._tries.setdefault(name, Tries())
        pause = min(FIRST_PAUSE << min(tries.failures, 20), LAST_PAUSE)
        tries.failures, tries.after = tries.failures + 1, self.steady() + pause
        self.tell(f"{told}; tried again in {pause // MINUTE} min")
        return pause

    def _waiting(self, name: str) -> int:
        tries = self._tries.get(name)
        return 0 if tries is None else tries.after - self.steady()

    def _notice_jump(self) -> None:
        """Where the clock was set or the computer slept, try at once what failed before: the network may be back."""
        seen, self._seen = self._seen, (self._now(), self.steady())
        if seen is None:
            return
        moved = (self._seen[0] - seen[0]) - (self._seen[1] - seen[1])
        if moved > JUMP:
            for tries in self._tries.values():
                tries.after = 0
        if abs(moved) > LONGEST + JUMP:
            self.tell(f"the clock moved by {moved // SECOND:+} s: looking again")

    def _now(self) -> Instant:
        return from_datetime(clock.now())
