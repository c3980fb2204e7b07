"""What screens and widgets tell each other: events, in the past tense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.errors import LedgerError
    from ledger.services.falling_due import Fell


class Answered(Message):
    """A job in a thread has ended with ``result``; ``then`` is called with it, unless a later job took its place."""

    def __init__(self, turn: tuple[str, int], then: Callable[[Any], object], result: Any) -> None:
        """Keep what to call, and with what."""
        self.turn, self.then, self.result = turn, then, result
        super().__init__()


class Failed(Message):
    """A job in a thread was refused, in words for people."""

    def __init__(
        self, turn: tuple[str, int], problem: LedgerError, otherwise: Callable[[LedgerError], object] | None
    ) -> None:
        """Keep the refusal, and who wants to hear of it."""
        self.turn, self.problem, self.otherwise = turn, problem, otherwise
        super().__init__()


class Progressed(Message):
    """A job in a thread has done ``done`` of ``total``."""

    def __init__(self, turn: tuple[str, int], done: int, total: int) -> None:
        """Keep how far it is."""
        self.turn, self.done, self.total = turn, done, total
        super().__init__()


class LedgerChanged(Message):
    """Somebody recorded something: this program or another. ``questions`` is ``None`` where it may be any."""

    def __init__(self, questions: frozenset[int] | None = None, *, ours: bool = False) -> None:
        """Keep which questions."""
        self.questions, self.ours = questions, ours
        super().__init__()


class CameDue(Message):
    """Time passed, and questions ask for a review."""

    def __init__(self, fell: Fell) -> None:
        """Keep what came."""
        self.fell = fell
        super().__init__()


class LedgerTroubled(Message):
    """The ledger is gone, locked, newer or damaged; ``problem`` is ``None`` when it is well again."""

    def __init__(self, problem: str | None) -> None:
        """Keep what to say."""
        self.problem = problem
        super().__init__()
