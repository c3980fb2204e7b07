"""The review: one due question at a time, its outcome by one key, and back again by another."""

from __future__ import annotations

from textual import events

from ledger.domain.kinds import Kind
from ledger.tui.actions import bindings
from ledger.tui.screens.review_typing import ReviewTyping
from ledger.tui.widgets.outcome_field import LETTERS, OutcomeField
from ledger.tui.widgets.review_card import ReviewCard


class ReviewScreen(ReviewTyping):
    """The place ``2``; with ``only`` it is opened over another screen for one question, and closes after it."""

    HELP_TEXT = (
        "What is due, one card at a time. y and n record what happened and go on at once; z takes the last one back, "
        "as often as you like. Shares, options and numbers can be typed. Evidence, a note and the time since which the "
        "outcome was known go with the outcome when they are typed before it. Everything recorded is kept at once: "
        "leave when you like."
    )
    BINDINGS = bindings("review")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what applies."""
        card = self.card
        if action == "outcome":
            return card is not None and card.question.kind == Kind.BINARY
        if action == "supersede":
            return self.conflict is not None and self.conflict.again is not None
        if action in ("field", "open"):
            return card is not None
        if action == "undo":
            return bool(self.turn.written)
        if action == "skip":
            return self.only is None and (card is not None or len(self.turn.ahead) > self.turn.held)
        if action == "back":
            return self.only is None and self.turn.at > 0
        if action == "order":
            return self.only is None and bool(self.turn.ahead)
        return True

    def on_key(self, event: events.Key) -> None:
        """Digits begin a number or a share, capital letters pick an option; elsewhere they mean what they always do."""
        card, character = self.card, event.character or ""
        if card is None or self.field.entry.field is not None or not character:
            return
        if card.options and character in LETTERS[: len(card.options)]:
            event.stop()
            self._pick(LETTERS.index(character))
        elif character in {Kind.NUMERIC: "0123456789.-+", Kind.BINARY: "0."}.get(Kind(card.question.kind), ""):
            event.stop()
            self.open_field("answer", character)

    def action_outcome(self, told: str) -> None:
        """Record yes or no."""
        if self.is_ready():
            self.answer(told)

    def on_outcome_field_picked(self, message: OutcomeField.Picked) -> None:
        """Record the option that was picked."""
        self._pick(message.index)

    def _pick(self, index: int) -> None:
        if self.card is not None and self.is_ready():
            self.answer(self.card.options[index])

    def action_skip(self) -> None:
        """Leave the card for later."""
        if self.turn.current is None or self.is_ready():
            self.settle_conflict()
            self.effect.settle()
            self.turn.skip()
            self.show_current()

    def action_back(self) -> None:
        """Go to the card before."""
        if self.writing:
            return
        if not self.turn.go_back():
            self.effect.hint("this is the first one")
            return
        self.settle_conflict()
        self.show_current()

    def action_order(self) -> None:
        """Order what is ahead the other way."""
        self.turn.order = "source" if self.turn.order == "deadline" else "deadline"
        self.reload()

    def action_open(self) -> None:
        """Open the question's page."""
        if self.card is not None:
            self.program.open_question(self.card.question.number)

    def action_more(self) -> None:
        """Read on."""
        self.query_one(ReviewCard).more()
