"""One pass through what is due: which card is in hand, what was done with those before, and what lies ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ledger.services.review_queue import Order, Waiting

if TYPE_CHECKING:
    from ledger.services.results import Done
    from ledger.services.review_queue import Changed


class Did(StrEnum):
    """What was done with a card."""

    RECORDED = "recorded"
    VOID = "void"
    PUT_OFF = "put off"
    SKIPPED = "skipped"
    AGAIN = "to look at again"
    """A day was set; that settles nothing, and the card stays in hand."""


@dataclass(slots=True)
class Step:
    """What was done with one question; ``before`` is what this stands in the place of."""

    number: int
    did: Did
    done: Done | None = None
    before: Step | None = None


@dataclass(slots=True)
class Pass:
    """The cards seen in their order, the one in hand among them, and the rest of the queue.

    A question that waits for its condition is passed over until the condition is settled.
    """

    order: Order = "deadline"
    seen: list[Waiting] = field(default_factory=list)
    at: int = 0
    ahead: list[Waiting] = field(default_factory=list)
    steps: dict[int, Step] = field(default_factory=dict)
    written: list[Step] = field(default_factory=list)
    """What was written in this pass and can be taken back, the last one last."""
    held: int = 0
    """How many of ``ahead`` wait for a condition."""

    @property
    def current(self) -> int | None:
        """The number of the question in hand; ``None`` before the first and after the last."""
        return self.seen[self.at].number if self.at < len(self.seen) else None

    @property
    def total(self) -> int:
        """How many cards there are in all, without those that wait for a condition."""
        return len(self.seen) + len(self.ahead) - self.held

    @property
    def begun(self) -> bool:
        """Whether any card was shown."""
        return bool(self.seen)

    def counts(self) -> Counter[Did]:
        """How many questions were recorded, voided, put off and skipped, and how many days set to look again."""
        days = (step.did for step in self.written if step.did is Did.AGAIN)
        return Counter([*(step.did for step in self.steps.values()), *days])

    def following(self) -> int | None:
        """The question that comes after the one in hand, if none of what is ahead changes."""
        for one in self.seen[self.at + 1 :]:
            if one.number not in self.steps:
                return one.number
        return next((one.number for one in self.ahead if one.after is None), None)

    def go_on(self) -> None:
        """Take the next card in hand."""
        for at in range(self.at + 1, len(self.seen)):
            if self.seen[at].number not in self.steps:
                self.at = at
                return
        place = next((place for place, one in enumerate(self.ahead) if one.after is None), None)
        if place is not None:
            self.seen.append(self.ahead.pop(place))
        self.at = len(self.seen) if place is None else len(self.seen) - 1

    def go_back(self) -> bool:
        """Take the card before in hand, from the end the first of the skipped ones; whether there is one."""
        skipped = [at for at, one in enumerate(self.seen) if self._did(one.number) is Did.SKIPPED]
        if self.current is None and skipped:
            for at in skipped:
                del self.steps[self.seen[at].number]
            self.at = skipped[0]
            return True
        if not self.seen or self.at == 0:
            return False
        self.at -= 1
        if self._did(self.seen[self.at].number) is Did.SKIPPED:
            del self.steps[self.seen[self.at].number]
        return True

    def _did(self, number: int) -> Did | None:
        return self.steps[number].did if number in self.steps else None

    def skip(self) -> None:
        """Leave the card in hand as it is, and go on."""
        number = self.current
        if number is not None and number not in self.steps:
            self.steps[number] = Step(number, Did.SKIPPED)
        self.go_on()

    def wrote(self, number: int, did: Did, done: Done) -> None:
        """Learn what was written of a question."""
        if did is Did.AGAIN:
            self.written.append(Step(number, did, done))
            return
        before = self.steps.get(number)
        step = Step(number, did, done, before if before is not None and before.done is not None else None)
        self.steps[number] = step
        self.written.append(step)

    def forget(self, step: Step) -> None:
        """Learn that a step cannot be taken back any more."""
        self.written.remove(step)

    def took_back(self, step: Step, done: Done) -> None:
        """Learn that a step was taken back: its card is in hand again, with what stood before."""
        self.written.remove(step)
        if step.did is Did.AGAIN:
            pass
        elif step.before is None:
            self.steps.pop(step.number, None)
        else:
            self.steps[step.number] = step.before
            if step.before.done is not None:
                step.before.done.entries.extend(done.entries)
        self.at = next(at for at, one in enumerate(self.seen) if one.number == step.number)

    def requeue(self, queue: Iterable[Waiting]) -> None:
        """Take the whole queue anew; what was seen stays, and so does the card in hand."""
        seen = {one.number for one in self.seen}
        self.ahead = [one for one in queue if one.number not in seen]
        self.held = sum(one.after is not None for one in self.ahead)
        if not self.seen:
            self.at = -1
            self.go_on()

    def take(self, changed: Sequence[Changed]) -> None:
        """Learn how questions stand now; cards that were seen keep their places."""
        seen = {one.number for one in self.seen}
        for one in changed:
            if one.number not in seen:
                self._place(one)

    def _place(self, one: Changed) -> None:
        at = next((at for at, waiting in enumerate(self.ahead) if waiting.number == one.number), None)
        if at is not None:
            self.held -= self.ahead[at].after is not None
            del self.ahead[at]
        if one.waiting is None:
            return
        self.held += one.waiting.after is not None
        self.ahead.insert(self._where(one.waiting) if at is None else at, one.waiting)

    def _where(self, one: Waiting) -> int:
        """The place in the order; after its condition, where that is ahead."""
        first = next((at + 1 for at, other in enumerate(self.ahead) if other.number == one.after), 0)
        key = _key(one, self.order)
        after = (at for at in range(first, len(self.ahead)) if _key(self.ahead[at], self.order) > key)
        return next(after, len(self.ahead))


def _key(one: Waiting, order: Order) -> tuple[bool, str, int, int]:
    by_source = order == "source"
    return by_source and one.source is None, one.source or "" if by_source else "", one.deadline, one.number
