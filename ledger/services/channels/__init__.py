"""Where a reminder goes: the message, what a channel does with it, and the channels that the user set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ledger.domain.instants import Instant
from ledger.errors import DeliveryError, InputError
from ledger.services.channels.schemes import LOG, TERMINAL

__all__ = [
    "LOG",
    "TERMINAL",
    "TIME_LIMIT",
    "Channel",
    "DeliveryError",
    "Item",
    "Message",
    "Terminal",
    "configured_channels",
]

TIME_LIMIT = 10.0
"""Seconds that one delivery may take. A reminder holds the writers' lock meanwhile, and gives up on a slower one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a message says; its texts are as the user wrote them, and each channel makes them safe."""

    why: str
    """``due``, ``look_again``, ``condition``, ``stale``, and in a weekly review ``settled`` and ``closing`` too."""
    question: int
    key: str | None
    title: str | None
    """``None`` where it was redacted."""
    at: Instant
    """The deadline, the day to look again, when the condition or the question was settled, the last update (µs)."""
    zone: str | None
    repeat: int
    """How often this was said before."""
    line: str
    """All of this as one line for people."""
    also: tuple[str, ...] = ()
    """What else it asks for at the same time, less pressing than ``why``."""

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        from ledger.domain.instants import format_instant

        return {
            "why": self.why,
            "question": self.question,
            "key": self.key,
            "title": self.title,
            "at": format_instant(self.at),
            "zone": self.zone,
            "repeat": self.repeat,
            "also": list(self.also),
        }


@dataclass(frozen=True, slots=True)
class Message:
    """What one pass says through one channel."""

    title: str
    """One line: what waits, in numbers; no words of the user's."""
    body: tuple[str, ...]
    """The lines, which hold titles as the user wrote them: each channel makes them safe in its own way."""
    items: tuple[Item, ...]
    """The same for programs; empty in a test message."""
    key: str
    """A short digest of what is said: the same when a failed delivery is tried again, so a receiver may know it."""

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {"key": self.key, "title": self.title, "items": [one.as_data() for one in self.items]}


class Channel(Protocol):
    """One way to the user."""

    @property
    def name(self) -> str:
        """What the user calls it: a word, the same from run to run; the record keeps it, so it holds no secret."""

    def deliver(self, message: Message) -> None:
        """Hand ``message`` over within ``TIME_LIMIT``; raises ``DeliveryError``, with no secret in it."""


class Terminal:
    """Standard output, or whatever ``show`` does.

    What a timer prints goes to its log, where nobody need look: it is printed as the channel ``LOG``, so that
    ``terminal`` stays unsaid until somebody runs the reminder by hand.
    """

    def __init__(self, show: Callable[[Message], None], name: str = TERMINAL) -> None:
        """Show messages by ``show``, which makes them safe for a terminal."""
        self._show, self.name = show, name

    def deliver(self, message: Message) -> None:
        """Show it; a closed or full standard output is a failed delivery."""
        try:
            self._show(message)
        except OSError as problem:
            raise DeliveryError(f"standard output took no message ({problem.strerror})") from problem


def configured_channels(environ: Mapping[str, str], terminal: Channel) -> list[Channel]:
    """The channels that the user set up, and last ``terminal``, unless it was set up away or another has its name.

    Raises ``InputError`` for a channel that is not known and a file that others may read.
    """
    from ledger.services.channels.configuring import channels

    found = channels(environ, terminal)
    del environ  # it holds secrets, and a traceback may show what a function holds
    if isinstance(found, str):
        raise InputError(found)
    return found
