"""What is read and done in the weekly review; each thing done is recorded at once, and the lists follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ledger.services.wording import counted
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.page import Page
from ledger.tui.screens.review_reading import card_of
from ledger.tui.screens.week_parts import NAMES, SCORE
from ledger.tui.screens.week_reading import Read, read_before, read_change, read_week

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.browse_card import Card
    from ledger.services.live_figures import PointFigures
    from ledger.services.results import Done
    from ledger.services.reviewing_week import Reviewed, ScoreChange
    from ledger.tui.app import ForecastApp
    from ledger.tui.screens.dialogs.ask import AskDialog
    from ledger.tui.screens.review_recording import Draft

_LEFT: WeakKeyDictionary[ForecastApp, tuple[int, str]] = WeakKeyDictionary()
"""Which week was left at which part."""


class WeekDoing(Page):
    """The screen without what it shows."""

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what applies."""
        if action in ("open", "snooze", "again", "update"):
            fits = {"open": NAMES, "update": ("closing", "stale")}.get(action, ("due", "closing", "stale"))
            return self.chosen is not None and self.at in fits
        if action == "record":
            return self.week is not None and bool(self.week.week.due) and self.at == "due"
        if action == "step" and isinstance(parameters[0], int):
            return 0 <= NAMES.index(self.at) + parameters[0] < len(NAMES)
        if action == "compute":
            return self.at == SCORE and self._before is None and self.week is not None and self.week.is_large
        return True

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
        if self._before is not None:
            job = partial(read_change, program=self.program, before=self._before, policy=policy)
            self.read(job, self.tell_change, group="change", otherwise=self.unread)
        elif self.week.is_large and not self._asked:
            many = counted(self.week.entries, "entry", "entries")
            self.tell_waiting(f"What the score was is told anew from {many}, which takes minutes: x works it out.")
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

    def action_open(self) -> None:
        """Open the chosen question."""
        if self.chosen is not None:
            self.program.open_question(self.chosen.number)

    def action_update(self) -> None:
        """State a new forecast of it."""
        if self.chosen is not None:
            self.program.open_form(self.chosen.number)

    def action_record(self) -> None:
        """Go through what is due, the chosen one first."""
        from ledger.tui.screens.review import ReviewScreen

        review = ReviewScreen()
        review.over, review.drafts = True, self.drafts
        review.first = None if self.chosen is None else self.chosen.number
        self.app.push_screen(review)

    def action_snooze(self) -> None:
        """Put the chosen question off."""
        from ledger.tui.screens.dialogs.of_review import snooze_dialog

        self._ask(snooze_dialog)

    def action_again(self) -> None:
        """Set a day to look at it again."""
        from ledger.tui.screens.dialogs.of_review import look_again_dialog

        self._ask(look_again_dialog)

    def _ask(self, dialog: Callable[..., AskDialog[Done]]) -> None:
        if self.chosen is not None:
            self.read(partial(card_of, number=self.chosen.number), partial(self._opened, dialog), group="card")

    def _opened(self, dialog: Callable[..., AskDialog[Done]], card: Card) -> None:
        if self.is_current:
            number, program = card.question.number, self.program
            front = dialog(program.location, card, zone=program.zone)
            self.app.push_screen(front, partial(self._recorded, number))

    def _recorded(self, number: int, done: Done | None) -> None:
        if done is not None:
            self.program.say("\n".join([*done.said[:1], *done.notices]))
            self.program.changes.publish(LedgerChanged(frozenset({number}), ours=True))

    def action_back(self) -> None:
        """Leave; the same week goes on where it was left."""
        if self.week is not None:
            _LEFT[self.program] = (self.week.week.since, self.at)
        self.dismiss()
