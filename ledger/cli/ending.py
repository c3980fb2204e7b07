"""A process that stays until it is told to end, and then ends within a second."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

GRACE = 0.3
"""Seconds that what is under way has to finish."""


def leave_at_once() -> NoReturn:
    """End the process with 0: what libraries tidy up at the end, and a delivery that was given up, may take longer."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(0)


class Ended(BaseException):
    """What was under way did not finish in time; it is undone like anything that is cut off."""


class Ending:
    """Hears SIGTERM, SIGINT and SIGHUP, and ends a sleep at once."""

    def __init__(self) -> None:
        """Nothing was heard yet."""
        self.asked: str | None = None
        """The signal that was heard."""
        self._asleep = False
        self._woken, self._wake = socket.socketpair()
        self._wake.setblocking(False)

    def listen(self) -> None:
        """Take the signals over, for the rest of the process."""
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if number := getattr(signal, name, None):
                signal.signal(number, self._heard)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, self._too_late)

    def sleep(self, microseconds: int) -> bool:
        """Sleep so long, or until a signal is heard; whether it is time to end."""
        self._asleep = True
        self._set_alarm(0)
        if self.asked is None:
            select.select([self._woken], [], [], microseconds / 1_000_000)
        self._asleep = False
        return self.asked is not None

    def over(self) -> None:
        """Nothing is under way any more."""
        self._asleep = True
        self._set_alarm(0)

    def _heard(self, number: int, _: FrameType | None) -> None:
        again, self.asked = self.asked is not None, signal.Signals(number).name
        if self._asleep:
            if not again:
                self._wake.send(b"!")
        elif again or not self._set_alarm(GRACE):
            raise Ended

    def _too_late(self, _number: int, _: FrameType | None) -> None:
        if not self._asleep:
            raise Ended

    @staticmethod
    def _set_alarm(seconds: float) -> bool:
        """Whether there is an alarm on this platform."""
        if not hasattr(signal, "setitimer"):
            return False
        signal.setitimer(signal.ITIMER_REAL, seconds)
        return True
