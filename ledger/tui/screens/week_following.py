"""The weekly review as it is read, and read again when something was recorded; the score only where it is looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ledger.services.wording import counted, span
from ledger.tui.screens.page import Page
from ledger.tui.screens.week_parts import NAMES, SCORE
from ledger.tui.screens.week_reading import EACH, Read, read_before, read_change, read_week

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.live_figures import PointFigures
    from ledger.services.reviewing_week import Reviewed, ScoreChange
    from ledger.tui.app import ForecastApp
    from ledger.tui.screens.review_recording import Draft

_LEFT: WeakKeyDictionary[ForecastApp, tuple[int, str]] = WeakKeyDictionary()
"""Which week was left at which part."""


class WeekFollowing(Page):
    """The screen without what it shows and does."""

    def __init__(self) -> None:
        """Begin with nothing read, at the first part."""
        super().__init__()
        self.at = NAMES[0]
        self.shown = ""
        """Which list is in the table."""
        self.week: Read | None = None
        self.drafts: dict[int, Draft] = {}
        """What was typed on cards and not recorded; it waits for the next review from here."""
        self._before: PointFigures | None = None
        self._policy = ""
        """Under which policy the score as it was is known."""
        self._asked = False

    @property
    def chosen(self) -> Reviewed | None:
        """The question under the cursor."""
        return None

    def show(self) -> None:
        """Show what was read."""

    def tell_change(self, change: ScoreChange) -> None:
        """Show what the week did to the score."""

    def tell_waiting(self, words: str, *, strong: bool = False) -> None:
        """Say why no change of the score is shown yet."""

    def unread(self, problem: LedgerError) -> None:
        """Say why nothing can be shown."""

    def reload(self) -> None:
        """Read the week; one that was begun stays the same week."""
        since = None if self.week is None else self.week.week.since
        self.read(partial(read_week, since=since), self._read, group="week", otherwise=self.unread)

    def _read(self, read: Read) -> None:
        if self.week is None and _LEFT.get(self.program, (0, ""))[0] == read.week.since:
            self.at = _LEFT[self.program][1]
        self.week = read
        self.show()

    def follow_score(self) -> None:
        """Work out the score as it was, once, then what became of it; a long journal is told anew only when asked."""
        assert self.week is not None
        policy = self.program.settings.policy
        if policy != self._policy:
            self._before, self._policy = None, policy
        if self._before is not None:
            job = partial(read_change, program=self.program, before=self._before, policy=policy)
            self.read(job, self.tell_change, group="change", otherwise=self.unread)
        elif self.week.is_large and not self._asked:
            many = counted(self.week.entries, "entry", "entries")
            long = span(EACH * self.week.entries)
            self.tell_waiting(f"What the score was is told anew from {many}, which takes {long}: x works it out.")
        else:
            self.tell_waiting("working out the score as it was …")
            job_before = partial(read_before, self.program.location, since=self.week.week.since, policy=policy)
            self.work(job_before, self._was, group="before", otherwise=self._not_known)

    def _was(self, before: PointFigures) -> None:
        self._before = before
        if self.at == SCORE:
            self.follow_score()

    def _not_known(self, problem: LedgerError) -> None:
        self.tell_waiting(f"The score as it was cannot be worked out: {problem}", strong=True)

    def action_compute(self) -> None:
        """Work out the score as it was, however long that takes."""
        self._asked = True
        self.follow_score()

    def remember(self) -> None:
        """Keep which week was left at which part."""
        if self.week is not None:
            _LEFT[self.program] = (self.week.week.since, self.at)
