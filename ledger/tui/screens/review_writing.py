"""What the keys of a review write: outcomes, voids, times to ask again, and taking them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from ledger.errors import AlreadySettledError, LedgerError, RefusedError
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.review_effects import MOST, ReviewEffects
from ledger.tui.screens.review_pass import Did, Step
from ledger.tui.screens.review_recording import (
    Desk,
    Draft,
    Written,
    annul,
    in_our_words,
    look_again,
    put_off,
    record,
    take_back,
)
from ledger.tui.screens.review_words import conflict, followed, noticed
from ledger.tui.widgets.review_card import ReviewCard

if TYPE_CHECKING:
    from ledger.errors import Settlement
    from ledger.services.browse_card import Card

Writing = Callable[[Desk], Written]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stands of the card in hand, and how to put another outcome in its place."""

    stands: Settlement
    yours: str
    again: Writing | None


class Waited(Message):
    """Another command writes, and this one waits for it."""

    def __init__(self, words: str) -> None:
        """Keep what is waited for."""
        self.words = words
        super().__init__()


class ReviewWriting(ReviewEffects):
    """Each outcome is a transaction of its own, so that leaving half-way loses nothing."""

    def __init__(self, only: int | None = None) -> None:
        """Nothing stands in the way yet."""
        super().__init__(only)
        self.conflict: Conflict | None = None

    def record(self, outcome: str) -> None:
        """Record the outcome of the card in hand with all that was typed besides."""
        assert self.card is not None
        job = partial(record, number=self.card.question.number, outcome=outcome, draft=self.draft)
        self.write(partial(job, supersede=False), yours=outcome, again=partial(job, supersede=True))

    def action_supersede(self) -> None:
        """Put the outcome in the place of the one that stands."""
        if self.conflict is not None and self.conflict.again is not None and self.is_ready():
            self.write(self.conflict.again, yours=self.conflict.yours, again=None)

    def write(self, job: Writing, *, yours: str, again: Writing | None) -> None:
        """Write in a thread; where something stands in the way, ``again`` puts ``yours`` in its place."""
        self.writing = True
        self.effect.settle()
        self.work(
            partial(job, self._desk()), self._wrote, group="write", otherwise=partial(self._not_written, yours, again)
        )

    def _desk(self) -> Desk:
        return Desk(self.program.location, self.program.settings.zone, self._waits)

    def _waits(self, words: str) -> None:
        """Called in the thread that writes."""
        self.post_message(Waited(words))

    def on_waited(self, message: Waited) -> None:
        """Tell that another command is waited for."""
        if self.writing:
            self.effect.hint(message.words)

    def _wrote(self, written: Written) -> None:
        self.writing = False
        self.turn.wrote(written.number, written.did, written.done)
        self.drafts.setdefault(written.number, Draft()).outcome = None
        self._tell(written, taken_back=False)
        if written.did is Did.AGAIN:
            self._keep_in_hand(written.number)
            return
        if self.only is not None:
            self.set_timer(MOST, self.close)
            return
        self.settle_conflict()
        self.turn.go_on()
        self.show_current()

    def _keep_in_hand(self, number: int) -> None:
        """A day to look again was set: nothing is settled by that, so the card stays."""
        self.drafts[number].texts.pop("again", None)
        self.field.entry.close()
        self.refocus()
        self.reread()

    def _tell(self, written: Written, *, taken_back: bool) -> None:
        """Say what was written, here and to all other screens."""
        self.take(written.changed)
        self.count_changed(written.changed)
        lines = [*written.done.said, *noticed(written.done), followed(written.changed, taken_back=taken_back)]
        self.effect.tell(*(line for line in lines if line))
        numbers = frozenset([written.number, *(one.number for one in written.changed)])
        self.own |= numbers
        self.told = LedgerChanged(numbers, ours=True)
        self.program.changes.publish(self.told)
        if written.did is not Did.AGAIN:
            self.follow(written.number)

    def _not_written(self, yours: str, again: Writing | None, problem: LedgerError) -> None:
        """Say on the card why nothing was written; all that was typed stays."""
        self.writing = False
        if isinstance(problem, AlreadySettledError):
            void_twice = yours == "void" and problem.stands.outcome is None
            self.conflict = Conflict(problem.stands, yours, None if void_twice else again)
            self.field.entry.close()
            self._show_conflict()
        else:
            self.effect.refuse(in_our_words(problem))

    def tell_standing(self, card: Card) -> None:
        """What stands of the question, and where it stood in the way, what can be done."""
        if self.conflict is None:
            super().tell_standing(card)

    def _show_conflict(self) -> None:
        assert self.conflict is not None
        self.field.tell_standing(conflict(self.conflict.stands, self.conflict.yours))
        keys = [("escape", "leave what stands", "review.leave")]
        if self.conflict.again is not None:
            keys.insert(0, ("u", "put yours in its place", "review.supersede"))
        self.field.ask("", keys, (), in_conflict=True)
        self.query_one(ReviewCard).focus()
        self.refresh_bindings()

    def settle_conflict(self) -> None:
        """Nothing stands in the way any more."""
        self.conflict = None
        self.refresh_bindings()

    def void(self, number: int, reason: str) -> None:
        """Annul a question; where it has an outcome, after asking."""
        job = partial(annul, number=number, reason=reason)
        self.write(partial(job, over=False), yours="void", again=partial(job, over=True))

    def put_off(self, number: int, until: str) -> None:
        """Ask again later."""
        self.write(partial(put_off, number=number, until=until), yours="put off", again=None)

    def look_again(self, number: int, on: str) -> None:
        """Set a day to look at it again."""
        self.write(partial(look_again, number=number, on=on), yours="look again", again=None)

    def action_undo(self) -> None:
        """Take back what was written last."""
        if self.writing or not self.turn.written:
            return
        step, self.writing = self.turn.written[-1], True
        job = partial(take_back, self._desk(), step)
        self.work(job, partial(self._took_back, step), group="write", otherwise=partial(self._not_taken_back, step))

    def _took_back(self, step: Step, written: Written) -> None:
        self.writing = False
        self.turn.took_back(step, written.done)
        self.settle_conflict()
        self._tell(written, taken_back=step.did not in (Did.PUT_OFF, Did.AGAIN))
        self.show_current()

    def _not_taken_back(self, step: Step, problem: LedgerError) -> None:
        self.writing = False
        if isinstance(problem, RefusedError):
            self.turn.forget(step)
        self.effect.refuse(in_our_words(problem))
