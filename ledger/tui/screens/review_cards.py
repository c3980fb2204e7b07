"""The cards of a review, one in hand at a time: reading them, showing them, and following what others record."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from ledger.domain.kinds import Status
from ledger.errors import LedgerError
from ledger.services.review_queue import Waiting
from ledger.tui.screens.page import Page
from ledger.tui.screens.review_pass import Pass
from ledger.tui.screens.review_reading import Next, card_of, due_queue, what_next
from ledger.tui.screens.review_recording import Draft
from ledger.tui.screens.review_words import asked, progress_words, standing, summary
from ledger.tui.widgets.effect_line import EffectLine
from ledger.tui.widgets.outcome_field import OutcomeField
from ledger.tui.widgets.pass_line import PassLine
from ledger.tui.widgets.review_card import ReviewCard

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.review_queue import Changed

GUARD = 0.2
"""Seconds after a card has appeared in which no key settles it: such a key was meant for the card before."""


class ReviewCards(Page):
    """The screen without the keys that write."""

    PLACE = "review"
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""

    over = False
    """Whether the whole review was opened over another screen, to which escape goes back."""
    first: int | None = None
    """The question to begin with."""

    def __init__(self, only: int | None = None) -> None:
        """Review all that is due, or ``only`` one question, due or not."""
        super().__init__()
        self.only = only
        self.turn = Pass() if only is None else Pass(seen=[Waiting(only, 0, None)])
        self.card: Card | None = None
        self.drafts: dict[int, Draft] = {}
        self.writing = False
        self._near: dict[int, Card] = {}
        self.statuses: dict[int, Status] = {}
        """How questions stood when they were last heard of."""
        self._ready_at = 0.0

    def body(self) -> ComposeResult:
        """Progress, the card, where the outcome is given, and what came of the last one."""
        yield PassLine()
        yield ReviewCard(id="card")
        yield OutcomeField(id="outcome", classes="-hidden")
        yield EffectLine(id="effect")

    @property
    def field(self) -> OutcomeField:
        """Where the outcome is given."""
        return self.query_one(OutcomeField)

    @property
    def effect(self) -> EffectLine:
        """What came of the last key."""
        return self.query_one(EffectLine)

    @property
    def draft(self) -> Draft:
        """What was typed on the card in hand."""
        return self.drafts.setdefault(self.turn.current or 0, Draft())

    def reload(self) -> None:
        """Read the queue; the card in hand stays."""
        if self.only is not None:
            self.read(partial(card_of, number=self.only), self._show, group="card", otherwise=self.unread)
            return
        if not self.turn.begun:
            self.query_one(PassLine).words = "reading what is due …"
        job = partial(due_queue, order=self.turn.order)
        self.read(job, self._queued, group="queue", otherwise=self.unread)

    def _queued(self, queue: list[Waiting]) -> None:
        in_hand = self.card is not None
        if self.first is not None and not self.turn.begun:
            queue.sort(key=lambda one: one.number != self.first)
        self.turn.requeue(queue)
        if in_hand:
            self.reread()
            self.others_recorded()
        else:
            self.show_current()

    def show_current(self) -> None:
        """Show the card in hand, or the end."""
        number = self.turn.current
        self.card = None
        self.show_progress()
        if number is None:
            self._finish()
        elif number in self._near:
            self._show(self._near.pop(number))
        else:
            self.read(partial(card_of, number=number), self._show, group="card", otherwise=self.unread)

    def _show(self, card: Card) -> None:
        if card.question.number != self.turn.current:
            return
        fresh = self.card is None or self.card.question.number != card.question.number
        self.card = card
        self.query_one(ReviewCard).show(card, fresh=fresh)
        if fresh:
            self._take_in_hand(card)
        self.tell_standing(card)
        self.statuses |= {card.question.number: card.question.status}
        self.statuses |= {one.number: one.status for one in card.dependants}
        self.show_progress()
        self.refresh_bindings()
        self._prefetch()
        self.shown(card)

    def shown(self, card: Card) -> None:
        """What else is to be done when a card is on the screen."""

    def _take_in_hand(self, card: Card) -> None:
        """Ask for the outcome of a card that was not there before."""
        self.field.remove_class("-hidden")
        self.field.entry.close()
        self.field.ask(*asked(card), card.options)
        self.field.tell_details(self.draft.texts)
        self._ready_at = monotonic() + GUARD
        self.refocus()

    def tell_standing(self, card: Card) -> None:
        """Tell what stands of the question already."""
        self.field.tell_standing(standing(card))

    def refocus(self) -> None:
        """Put the focus where keys act on the card: the options, or the text that scrolls."""
        if self.card is not None and self.card.options:
            self.field.options.focus()
        else:
            self.query_one(ReviewCard).focus()

    def _prefetch(self) -> None:
        number = self.turn.following() if self.only is None else None
        if number is not None and number not in self._near:
            self.read(partial(card_of, number=number), self._keep, group="near", otherwise=lambda _: None)

    def _keep(self, card: Card) -> None:
        self._near = {card.question.number: card}

    def reread(self) -> None:
        """Read the card in hand again: somebody wrote to it."""
        self.show_progress()
        number = self.turn.current
        if number is not None and not self.writing:
            self.read(partial(card_of, number=number), self._show, group="card", otherwise=self.unread)

    def unread(self, problem: LedgerError) -> None:
        """Tell why nothing can be shown; a card that is there stays."""
        self.effect.refuse(str(problem))
        if self.card is None:
            self.query_one(ReviewCard).say("The ledger cannot be read; f5 tries again.")

    def show_progress(self) -> None:
        """Show how far the pass is."""
        line, turn = self.query_one(PassLine), self.turn
        line.at, line.total = min(turn.at + 1, turn.total), turn.total if self.only is None else 0
        line.words = progress_words(turn) if self.only is None else "one question; escape leaves it"
        if self.over:
            line.words += " · escape leaves"

    def _finish(self) -> None:
        self.field.add_class("-hidden")
        self.field.entry.close()
        self.query_one(ReviewCard).focus()
        self.refresh_bindings()
        self.read(what_next, self._finished, group="card", otherwise=self.unread)

    def _finished(self, following: Next) -> None:
        if self.turn.current is None:
            back = "\n\nEscape goes back to the week." if self.over else ""
            self.query_one(ReviewCard).say(summary(self.turn, self.score_words(), following.words()) + back)
            self.program.due = following.due

    def score_words(self) -> str | None:
        """What the pass did to the score."""
        return None

    def take(self, changed: list[Changed]) -> None:
        """Learn how questions stand now."""
        self.turn.take(changed)
        for one in changed:
            self._near.pop(one.number, None)

    def others_recorded(self) -> None:
        """What else is to be done when somebody else recorded something."""

    def is_ready(self) -> bool:
        """Whether a key may settle the card in hand: it has been seen, and nothing is being written."""
        if self.writing:
            self.effect.hint("still recording: that key was not used")
            return False
        if self.card is None:
            return False
        if monotonic() < self._ready_at:
            self._ready_at = monotonic() + GUARD
            self.effect.hint("that key came before the card was seen; press it again")
            return False
        return True
