"""``watch``: stay, and make a pass of the reminder whenever there is something to say.

When there is something to say next is asked of the ledger, and asked again when something was recorded or the clock
was set, so what others do and computers that slept need no care of their own; nothing else is remembered between two
looks but which channels failed. With a plan, what asks for a review waits for the plan's next time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ledger import clock
from ledger.domain.instants import LATEST, MINUTE, SECOND, Instant, from_datetime
from ledger.errors import LedgerError
from ledger.services import reminding
from ledger.services.channels import Channel
from ledger.services.damage import unreadable_told
from ledger.services.opening import opened
from ledger.services.reminding import Delivery
from ledger.services.schedules.plan import Plan, next_run
from ledger.services.trying_again import Attempts
from ledger.storage.location import Location

LONGEST = MINUTE
"""The longest sleep: what others record is noticed after it."""

JUMP = 5 * SECOND
"""A clock that moved by more than this while nobody looked was set, or the computer slept."""

_LEDGER = ""
"""Under which name failures of the ledger itself are counted, or of the channels' settings."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was worked out of the ledger as it was after an entry: the time of each channel's next pass."""

    last_entry: int
    moments: Mapping[str, Instant | None]

    @property
    def first(self) -> Instant:
        """The first of them, or what never comes."""
        return min((one for one in self.moments.values() if one is not None), default=LATEST + 1)


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
    _attempts: Attempts = field(init=False)
    _seen: tuple[int, int] | None = None
    _known: Known | None = None

    def __post_init__(self) -> None:
        """Nothing failed yet."""
        self._attempts = Attempts(self.steady)

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
        wait = self._attempts.waiting(_LEDGER)
        if wait > 0:
            return False, False, wait
        try:
            due = self._due()
            now = self._now()
            ripe = [one for one, at in due if at is not None and at <= now and self._attempts.waiting(one.name) <= 0]
            said, failed = self._pass(ripe) if ripe else (False, False)
        except LedgerError as problem:
            return True, True, self._failed(_LEDGER, str(problem))
        self._attempts.went_well(_LEDGER)
        if ripe:
            return True, failed, SECOND if said or failed else LONGEST
        later = [max(at - now, self._attempts.waiting(one.name)) for one, at in due if at is not None]
        return False, False, min(later, default=LONGEST)

    def _due(self) -> list[tuple[Channel, Instant | None]]:
        """The channels, each with the time of its next pass; as before while nothing was recorded and none has come."""
        with unreadable_told(), opened(self.location) as book:
            channels = self.channels()
            names = [one.name for one in channels]
            known = self._known if self._known is not None and self._known.last_entry == book.last_entry else None
            if known is None or list(known.moments) != names or known.first <= book.now:
                found = {name: self._planned(reminding.next_moment(book, [name])) for name in names}
                self._known = known = Known(book.last_entry, found)
        return [(one, known.moments[one.name]) for one in channels]

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
                self._attempts.went_well(one.channel)
                self.took(one)
            else:
                self._failed(one.channel, f"{one.channel}: {one.failure}")
        return said, failed

    def _failed(self, name: str, told: str) -> int:
        """Count and tell a failure; the pause after it (µs)."""
        pause = self._attempts.failed(name)
        self.tell(f"{told}; tried again in {pause // MINUTE} min")
        return pause

    def _notice_jump(self) -> None:
        """Where the clock was set or the computer slept, try at once what failed before: the network may be back."""
        seen, self._seen = self._seen, (self._now(), self.steady())
        if seen is None:
            return
        moved = (self._seen[0] - seen[0]) - (self._seen[1] - seen[1])
        if abs(moved) > JUMP:
            self._known = None
        if moved > JUMP:
            self._attempts.all_at_once()
        if abs(moved) > LONGEST + JUMP:
            self.tell(f"the clock moved by {moved // SECOND:+} s: looking again")

    def _now(self) -> Instant:
        return from_datetime(clock.now())
