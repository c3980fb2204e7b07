"""What is done in the weekly review; each thing done is recorded at once, and the lists follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.review_reading import card_of
from ledger.tui.screens.week_following import WeekFollowing
from ledger.tui.screens.week_parts import NAMES, SCORE

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.results import Done
    from ledger.tui.screens.dialogs.ask import AskDialog


class WeekDoing(WeekFollowing):
    """The screen without what it shows."""

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
        self.remember()
        self.dismiss()
