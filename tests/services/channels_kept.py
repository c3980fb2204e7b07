"""Channels for tests: one that keeps what it is given, one that fails, one that never answers."""

from __future__ import annotations

import threading

from ledger.errors import DeliveryError
from ledger.services.channels import Message


class Kept:
    """Keeps its messages; while ``problem`` is set it fails instead."""

    def __init__(self, name: str = "mail", problem: Exception | None = None) -> None:
        self.name, self.problem = name, problem
        self.messages: list[Message] = []

    def deliver(self, message: Message) -> None:
        if self.problem is not None:
            raise self.problem
        self.messages.append(message)

    @property
    def said(self) -> list[tuple[str, int, int]]:
        """Why, question and how often it was said before, of all messages."""
        return [(one.why, one.question, one.repeat) for message in self.messages for one in message.items]


class Deaf(Kept):
    """Does not answer until the test is over."""

    def __init__(self) -> None:
        super().__init__("deaf")
        self.over = threading.Event()

    def deliver(self, message: Message) -> None:
        self.over.wait(60)


UNREACHABLE = DeliveryError("the mail server cannot be reached")
