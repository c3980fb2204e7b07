"""What is typed in a review: a share, a number, a name; since when it is known; why it is void; when to ask again."""

from __future__ import annotations

from functools import partial

from ledger.domain.kinds import Kind, Status
from ledger.errors import LedgerError
from ledger.tui.screens.review_reading import time_words
from ledger.tui.screens.review_recording import in_our_words
from ledger.tui.screens.review_words import void_hint
from ledger.tui.screens.review_writing import ReviewWriting
from ledger.tui.widgets.answer_line import ANSWERS, DETAILS, FIELDS, AnswerLine


class ReviewTyping(ReviewWriting):
    """The line to type in; what is in it stays with its card."""

    def action_field(self, name: str) -> None:
        """Type something besides yes and no."""
        self.open_field(name)

    def open_field(self, name: str, begin: str = "") -> None:
        """Open the line for one of the fields, with what was typed in it before."""
        if self.card is None or not self.is_ready():
            return
        kind = Kind(self.card.question.kind)
        hint = ANSWERS.get("options" if kind.has_options else kind.value) if name == "answer" else None
        self.field.entry.open(FIELDS[name], begin or self.draft.texts.get(name, ""), hint)
        if name == "void":
            self.field.entry.read_as(void_hint(self.card) or "", wrong=False)
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
            self.answer(text)
        elif name == "void":
            self.void(number, text)
        elif name == "again":
            self.look_again(number, text)
        else:
            self.put_off(number, text)

    def _detailed(self, outcome: str | None) -> None:
        """Keep a detail; where an outcome waited for it, record that."""
        if outcome is None:
            self.action_leave()
        else:
            self.answer(outcome)

    def answer(self, told: str) -> None:
        """Record ``told``; before its deadline a question needs the time since which that is known."""
        assert self.card is not None
        question, draft = self.card.question, self.draft
        if question.deadline > self.card.now and question.status is Status.OPEN and not draft.of("known"):
            draft.outcome = told
            self.open_field("known")
            self.field.entry.read_as("before its deadline: since when is it known? now is allowed", wrong=False)
            return
        self.record(told)

    def action_leave(self) -> None:
        """Leave the field, then what stands, then the one question."""
        if self.field.entry.field is not None:
            self.draft.outcome = None
            self.field.entry.close()
            self.field.tell_details(self.draft.texts)
            self.refocus()
        elif self.conflict is not None:
            self.settle_conflict()
            self.card = None
            self.show_current()
        elif self.only is not None or self.over:
            self.dismiss()
