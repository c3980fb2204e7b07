"""What import and export have in common: one job at a time, its progress, and calling it off."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypeVar

from textual.containers import Vertical
from textual.message import Message

from ledger.errors import Cancelled, LedgerError
from ledger.tui.messages import Progressed
from ledger.tui.screens.exchange_jobs import Progress, Tell
from ledger.tui.widgets.path_input import PathField
from ledger.tui.widgets.transfer_report import TransferReport
from ledger.tui.work import Working

T = TypeVar("T")
GROUP = "transfer"
OFTEN = 0.05
"""Seconds between two words on the progress."""


class Remarked(Message):
    """A service had something to say while it worked."""

    def __init__(self, words: str) -> None:
        """Keep it."""
        self.words = words
        super().__init__()


class ExchangePanel(Working, Vertical):
    """Runs a job that may be called off; what it says of its end is true, as the end is waited for."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        """Begin with nothing under way."""
        super().__init__(id=id)
        self.report = TransferReport()
        self._stop: Event | None = None
        self._phases: list[str] = []
        self._done = 0

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._stop is not None

    def run(
        self, phases: list[str], job: Callable[[Progress, Tell], T], then: Callable[[T], object], otherwise: str
    ) -> None:
        """Start ``job``; each phase of its progress is told by its word, a refusal under ``otherwise``."""
        stop, self._phases, self._done = Event(), phases[1:], 0
        self._stop = stop
        self.report.begin(phases[0])
        progress = _sparing(self.progress(GROUP), stop)
        whole = partial(_unless_called_off, partial(job, progress, self._remark))
        self.work(whole, partial(self._ended, then), group=GROUP, otherwise=partial(self._failed, otherwise))
        self.changed()

    def _remark(self, words: str) -> None:
        self.post_message(Remarked(words))

    def on_remarked(self, message: Remarked) -> None:
        """Say what the service had to say."""
        message.stop()
        if self.busy:
            self.report.remark(message.words)

    def on_progressed(self, message: Progressed) -> None:
        """Show how far it is; what begins anew is the next phase."""
        message.stop()
        if not self.busy or not self.is_wanted(message.turn):
            return
        if message.done < self._done and self._phases and not self._called_off:
            self.report.rename(self._phases.pop(0))
        self._done = message.done
        self.report.tell(message.done, message.total)

    @property
    def _called_off(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def call_off(self) -> bool:
        """Ask the job to end without having written anything; whether there was one."""
        if self._stop is None:
            return False
        self._stop.set()
        self.report.rename("calling off")
        return True

    def _ended(self, then: Callable[[T], object], outcome: tuple[T] | None) -> None:
        self._stop = None
        if outcome is None:
            self.report.show("called off; nothing was written")
        else:
            then(outcome[0])
        self.changed()

    def _failed(self, head: str, problem: LedgerError) -> None:
        self._stop = None
        self.report.refuse(problem, head)
        self.changed()

    def begin(self) -> None:
        """Go to where one types first."""
        self.query_one(PathField).line.focus()

    def changed(self) -> None:
        """A job began or ended: what may be pressed is another now."""


def _unless_called_off(job: Callable[[], T]) -> tuple[T] | None:
    try:
        return (job(),)
    except Cancelled:
        return None


def _sparing(progress: Progress, stop: Event) -> Progress:
    """Tell of progress a few times a second, and end the job as soon as it was called off."""
    told_at = 0.0

    def told(done: int, total: int) -> None:
        nonlocal told_at
        if stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - told_at >= OFTEN or done >= total:
            told_at = now
            progress(done, total)

    return told
