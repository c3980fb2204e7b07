"""The review: one due question at a time, its outcome by one key, and back again by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from ledger.domain.kinds import Kind, Status
from ledger.errors import AlreadySettledError, LedgerError, RefusedError
from ledger.tui.actions import bindings
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.review_effects import ReviewEffects
from ledger.tui.screens.review_pass import Did, Step
from ledger.tui.screens.review_reading import time_words
from ledger.tui.screens.review_recording import Desk, Draft, Written, annul, in_our_words, put_off, record, take_back
from ledger.tui.screens.review_words import conflict, followed
from ledger.tui.widgets.outcome_field import ANSWERS, DETAILS, FIELDS, LETTERS, AnswerLine, OutcomeField
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


class ReviewScreen(ReviewEffects):
    """Each outcome is a transaction of its own, so that leaving half-way loses nothing."""

    HELP_TEXT = (
        "What is due, one card at a time. y and n record what happened and go on at once; z takes the last one back, "
        "as often as you like. Shares, options and numbers can be typed. Evidence, a note and the time since which the "
        "outcome was known go with the outcome when they are typed before it. Everything recorded is kept at once: "
        "leave when you like."
    )
    BINDINGS = bindings("review")

    def __init__(self, only: int | None = None) -> None:
        """Review all that is due, or ``only`` one question, due or not."""
        super().__init__(only)
        self.conflict: Conflict | None = None

    # What applies to the card in hand

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
            self._open_field("answer", character)

    # Outcomes

    def action_outcome(self, told: str) -> None:
        """Record yes or no."""
        if self.is_ready():
            self._answer(told)

    def on_outcome_field_picked(self, message: OutcomeField.Picked) -> None:
        """Record the option that was picked."""
        self._pick(message.index)

    def _pick(self, index: int) -> None:
        if self.card is not None and self.is_ready():
            self._answer(self.card.options[index])

    def _answer(self, told: str) -> None:
        """Record ``told``; before its deadline a question needs the time since which that is known."""
        assert self.card is not None
        question, draft = self.card.question, self.draft
        if question.deadline > self.card.now and question.status is Status.OPEN and not draft.of("known"):
            draft.outcome = told
            self._open_field("known")
            self.field.entry.read_as("before its deadline: since when is it known? now is allowed", wrong=False)
            return
        job = partial(record, number=question.number, outcome=told, draft=draft)
        self._write(partial(job, supersede=False), yours=told, again=partial(job, supersede=True))

    def action_supersede(self) -> None:
        """Put the outcome in the place of the one that stands."""
        if self.conflict is not None and self.conflict.again is not None and self.is_ready():
            self._write(self.conflict.again, yours=self.conflict.yours, again=None)

    def _write(self, job: Writing, *, yours: str, again: Writing | None) -> None:
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
        if self.only is not None:
            self.program.say("\n".join(self.effect.said))
            self.dismiss()
            return
        self._settle_conflict()
        self.turn.go_on()
        self.show_current()

    def _tell(self, written: Written, *, taken_back: bool) -> None:
        """Say what was written, here and to all other screens."""
        self.take(written.changed)
        self._count()
        lines = [*written.done.said, followed(written.changed, taken_back=taken_back)]
        self.effect.tell(*(line for line in lines if line))
        numbers = frozenset([written.number, *(one.number for one in written.changed)])
        self._told = LedgerChanged(numbers, ours=True)
        self.program.changes.publish(self._told)
        self.follow(written.number)

    def _not_written(self, yours: str, again: Writing | None, problem: LedgerError) -> None:
        """Say on the card why nothing was written; all that was typed stays."""
        self.writing = False
        if isinstance(problem, AlreadySettledError):
            self.conflict = Conflict(problem.stands, yours, again)
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

    def _settle_conflict(self) -> None:
        self.conflict = None
        self.refresh_bindings()

    # Fields

    def action_field(self, name: str) -> None:
        """Type something besides yes and no."""
        self._open_field(name)

    def _open_field(self, name: str, begin: str = "") -> None:
        if self.card is None or not self.is_ready():
            return
        kind = Kind(self.card.question.kind)
        hint = ANSWERS.get("options" if kind.has_options else kind.value) if name == "answer" else None
        self.field.entry.open(FIELDS[name], begin or self.draft.texts.get(name, ""), hint)
        self._read_ahead()

    def on_answer_line_typed(self, message: AnswerLine.Typed) -> None:
        """Keep what is typed, and tell how it reads."""
        if isinstance(message, AnswerLine.Entered):
            return
        self.draft.texts[message.field.name] = message.text
        self._read_ahead()

    def _read_ahead(self) -> None:
        entry = self.field.entry
        if entry.field is None or not entry.field.is_time:
            return
        name, text = entry.field.name, self.draft.texts.get(entry.field.name, "").strip()
        if not text:
            self.drop("ahead")
            entry.read_as("", wrong=False)
            return
        job = partial(time_words, name, text, self.program.zone, self.program.now())
        self.work(job, partial(self._reads, name), group="ahead", otherwise=partial(self._reads_not, name))

    def _reads(self, name: str, words: str) -> None:
        if self.field.entry.field is FIELDS[name]:
            self.field.entry.read_as(words, wrong=False)

    def _reads_not(self, name: str, problem: LedgerError) -> None:
        if self.field.entry.field is FIELDS[name]:
            self.field.entry.read_as(in_our_words(problem), wrong=True)

    def on_answer_line_entered(self, message: AnswerLine.Entered) -> None:
        """Take what was entered: an outcome, a void, a time to ask again, or something that goes with the outcome."""
        if self.card is None or not self.is_ready():
            return
        name, text, number = message.field.name, message.text.strip(), self.card.question.number
        self.draft.texts[name] = message.text
        if FIELDS[name].is_time and text and self.field.entry.is_wrong:
            return
        if name in DETAILS:
            self._detailed(self.draft.outcome if name == "known" and text else None)
        elif not text:
            self.action_leave()
        elif name == "answer":
            self._answer(text)
        elif name == "void":
            self._void(number, text)
        else:
            self._write(partial(put_off, number=number, until=text), yours="put off", again=None)

    def _detailed(self, outcome: str | None) -> None:
        """Keep a detail; where an outcome waited for it, record that."""
        if outcome is None:
            self.action_leave()
        else:
            self._answer(outcome)

    def _void(self, number: int, reason: str) -> None:
        job = partial(annul, number=number, reason=reason)
        self._write(partial(job, over=False), yours="void", again=partial(job, over=True))

    def action_leave(self) -> None:
        """Leave the field, then what stands, then the one question."""
        if self.field.entry.field is not None:
            self.draft.outcome = None
            self.field.entry.close()
            self.field.tell_details(self.draft.texts)
            self.refocus()
        elif self.conflict is not None:
            self._settle_conflict()
            self.card = None
            self.show_current()
        elif self.only is not None:
            self.dismiss()

    # The way through the pass

    def action_skip(self) -> None:
        """Leave the card for later."""
        if self.turn.current is None or self.is_ready():
            self._settle_conflict()
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
        self._settle_conflict()
        self.show_current()

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
        self._settle_conflict()
        self._tell(written, taken_back=step.did is not Did.PUT_OFF)
        self.show_current()

    def _not_taken_back(self, step: Step, problem: LedgerError) -> None:
        self.writing = False
        if isinstance(problem, RefusedError):
            self.turn.forget(step)
        self.effect.refuse(in_our_words(problem))

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
