"""What can be done with the question on the screen: every change is asked for in a dialog that records it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.page import Page

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.results import Done
    from ledger.tui.screens.dialogs.ask import AskDialog


class QuestionDoing(Page):
    """The actions; before the question is read, or where there is none, they do nothing."""

    number: int
    card: Card | None = None

    def action_update(self) -> None:
        """State a new forecast."""
        if self.card is not None:
            self.program.open_form(self.number)

    def action_resolve(self) -> None:
        """Record what happened."""
        if self.card is not None:
            self.program.open_review(self.number)

    def action_copy_key(self) -> None:
        """Copy the key."""
        if self.card is not None:
            self._copy(self.card.question.name)

    def action_copy_number(self) -> None:
        """Copy the number."""
        self._copy(f"#{self.number}")

    def _copy(self, words: str) -> None:
        self.app.copy_to_clipboard(words)
        self.program.say(f"copied {words}")

    def action_edit(self) -> None:
        """Change what the question says."""
        from ledger.tui.screens.dialogs.editing import edit_dialog

        self._ask(edit_dialog)

    def action_correct(self) -> None:
        """Put a mistyped forecast right."""
        from ledger.tui.screens.dialogs.editing import correct_dialog

        if self._somebody_spoke():
            self._ask(correct_dialog)

    def action_withdraw(self) -> None:
        """Step back from a forecast."""
        from ledger.tui.screens.dialogs.of_question import withdraw_dialog

        if self._somebody_spoke():
            self._ask(withdraw_dialog)

    def action_void(self) -> None:
        """Annul the question."""
        from ledger.tui.screens.dialogs.of_question import void_dialog

        self._ask(void_dialog)

    def action_reopen(self) -> None:
        """Take back what was decided."""
        from ledger.tui.screens.dialogs.of_question import reopen_dialog

        if self.card is not None and not self.card.resolutions:
            self.program.say("nothing was decided of it yet, so there is nothing to take back")
        else:
            self._ask(reopen_dialog)

    def action_snooze(self) -> None:
        """Put the review off."""
        from ledger.tui.screens.dialogs.of_review import snooze_dialog

        self._ask(partial(snooze_dialog, zone=self.program.zone))

    def action_again(self) -> None:
        """Set a day to look at it again."""
        from ledger.tui.screens.dialogs.of_review import look_again_dialog

        self._ask(partial(look_again_dialog, zone=self.program.zone))

    def action_redact(self) -> None:
        """Drop words for good."""
        from ledger.tui.screens.dialogs.of_question import redact_dialog

        self._ask(redact_dialog)

    def _somebody_spoke(self) -> bool:
        if self.card is not None and not self.card.statements:
            self.program.say("nobody has stated a forecast of it yet; u states one")
            return False
        return True

    def _ask(self, dialog: Callable[..., AskDialog[Done]]) -> None:
        if self.card is not None:
            self.app.push_screen(dialog(self.program.location, self.card), self._recorded)

    def _recorded(self, done: Done | None) -> None:
        if done is not None:
            self.program.say("\n".join([*done.said[:1], *done.notices]))
            self.program.changes.publish(LedgerChanged(frozenset({self.number}), ours=True))
