"""Work in threads: everything that reads the ledger, scores it or writes to it runs here, never on the event loop.

A job gets what it needs as arguments and gives a result; it never touches a widget. Its result comes back as a
message, and is dropped where a later job of the same group was started meanwhile or the screen is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual.worker import Worker, get_current_worker

from ledger.errors import Cancelled, LedgerError
from ledger.tui.failing import told_of_unexpected
from ledger.tui.messages import Answered, Failed, Progressed

if TYPE_CHECKING:
    from textual.widget import Widget

    from ledger.services.opening import Book
    from ledger.storage.location import Location
    from ledger.tui.app import ForecastApp

    Base = Widget
else:
    Base = object  # Textual takes styles and component classes from the first widget among the bases

T = TypeVar("T")
Otherwise = Callable[[LedgerError], object]


def cancelled() -> bool:
    """Whether the job of this thread should stop."""
    return get_current_worker().is_cancelled


class Working(Base):
    """A widget or screen that starts jobs; goes before the widget among the bases."""

    turns: Counter[str]

    @property
    def program(self) -> ForecastApp:
        """The program, by its own type."""
        return cast("ForecastApp", self.app)

    def read(
        self, job: Callable[[Book], T], then: Callable[[T], object], *, group: str, otherwise: Otherwise | None = None
    ) -> Worker[None]:
        """Run ``job`` on the open book in a thread, then call ``then`` with its result on the event loop."""
        return self.work(partial(with_book, self.program.location, job), then, group=group, otherwise=otherwise)

    def work(
        self, job: Callable[[], T], then: Callable[[T], object], *, group: str, otherwise: Otherwise | None = None
    ) -> Worker[None]:
        """Run ``job`` in a thread, then call ``then``; ``otherwise`` hears of a refusal, or else a toast tells it."""
        turn = self._next_turn(group)
        run = partial(self._run, turn, job, then, otherwise)
        return self.run_worker(run, thread=True, exclusive=True, group=group, exit_on_error=False)

    def drop(self, group: str) -> None:
        """Stop the jobs of ``group``; what they still give is not wanted."""
        self._next_turn(group)
        self.workers.cancel_group(self, group)

    def progress(self, group: str) -> Callable[[int, int], None]:
        """A callback for services that tell how far they are; it stops the job when nobody waits for it."""
        turn = (group, self._turns()[group] + 1)

        def told(done: int, total: int) -> None:
            if cancelled():
                raise Cancelled
            self.post_message(Progressed(turn, done, total))

        return told

    def _turns(self) -> Counter[str]:
        if not hasattr(self, "turns"):
            self.turns = Counter()
        return self.turns

    def _next_turn(self, group: str) -> tuple[str, int]:
        turns = self._turns()
        turns[group] += 1
        return group, turns[group]

    def _run(
        self, turn: tuple[str, int], job: Callable[[], T], then: Callable[[T], object], otherwise: Otherwise | None
    ) -> None:
        try:
            result = job()
        except Cancelled:
            return
        except LedgerError as problem:
            self.post_message(Failed(turn, problem, otherwise))
        except Exception as problem:
            self.post_message(Failed(turn, told_of_unexpected(problem), otherwise))
        else:
            self.post_message(Answered(turn, then, result))

    def is_wanted(self, turn: tuple[str, int]) -> bool:
        """Whether a job of this turn is the latest of its group."""
        group, number = turn
        return self._turns()[group] == number

    def on_answered(self, message: Answered) -> None:
        """Hand on a result that is still wanted."""
        message.stop()
        if self.is_wanted(message.turn) and self.is_attached:
            message.then(message.result)

    def on_failed(self, message: Failed) -> None:
        """Tell a refusal where it happened."""
        message.stop()
        if not self.is_wanted(message.turn) or not self.is_attached:
            return
        if message.otherwise is None:
            self.program.refused(message.problem)
        else:
            message.otherwise(message.problem)


def with_book(location: Location, job: Callable[[Book], T]) -> T:
    """What ``job`` makes of the open book."""
    from ledger.services.damage import unreadable_told
    from ledger.services.opening import opened

    with unreadable_told(), opened(location) as book:
        return job(book)
