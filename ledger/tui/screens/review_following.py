"""A review while others write to the ledger: the queue follows, the card in hand stays under the user's hands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.domain.kinds import Status
from ledger.tui.screens.review_cards import ReviewCards
from ledger.tui.screens.review_reading import changed_since, how_many_due

if TYPE_CHECKING:
    from ledger.services.review_queue import Changed
    from ledger.tui.messages import LedgerChanged


class ReviewFollowing(ReviewCards):
    """The cards, and what becomes of them when somebody records something."""

    def __init__(self, only: int | None = None) -> None:
        """Nothing was heard yet."""
        super().__init__(only)
        self.own: set[int] = set()
        """What was written here and will be noticed by the watch as well."""
        self.told: LedgerChanged | None = None
        """What this screen told the others last."""
        self._heard: set[int] = set()
        self._foreign = False

    def ledger_changed(self, change: LedgerChanged) -> None:
        """Take up what somebody recorded; the card in hand stays where it is."""
        if change is self.told:
            return
        if not self.is_current or change.questions is None or self.only is not None:
            super().ledger_changed(change)
            return
        self._heard |= change.questions
        self._foreign = self._foreign or not change.questions <= self.own
        self.own -= change.questions
        heard = frozenset(self._heard)
        self.read(partial(changed_since, numbers=heard), partial(self._others, heard), group="others")

    def _others(self, heard: frozenset[int], changed: list[Changed]) -> None:
        self._heard -= heard
        self.take(changed)
        if self._foreign:
            self._foreign = False
            self._count()
            self.others_recorded()
        if self.turn.current in {one.number for one in changed}:
            self.reread()
        elif self.turn.current is None:
            if not self.turn.begun:
                self.turn.requeue(list(self.turn.ahead))
            self.show_current()
        else:
            self.show_progress()

    def count_changed(self, changed: list[Changed]) -> None:
        """Bring the number at the head of the screen along; counting anew takes long on a large ledger."""
        due = self.program.due
        if due is not None:
            was = sum(self.statuses.get(one.number) is Status.DUE for one in changed)
            self.program.due = due + sum(one.status is Status.DUE for one in changed) - was
        self.statuses |= {one.number: one.status for one in changed}

    def _count(self) -> None:
        """Count what is due, after others have recorded something."""
        self.read(how_many_due, self._counted, group="due", otherwise=lambda _: None)

    def _counted(self, due: int) -> None:
        self.program.due = due
