"""Handing a message to a channel: within a time limit, and with every failure of the channel told as one."""

from __future__ import annotations

import threading

from ledger.errors import DeliveryError
from ledger.services.channels import TIME_LIMIT, Channel, Message, Terminal

PATIENCE = 5.0
"""Seconds beyond the limit after which a channel that does not keep it is given up."""


def deliver(channel: Channel, message: Message) -> None:
    """Deliver ``message``; raises ``DeliveryError`` where the channel failed or did not answer in time.

    What an unforeseen failure says may hold a secret, so only its kind is told. A channel that was given up is left to
    itself, and ends with the program.
    """
    if isinstance(channel, Terminal):
        channel.deliver(message)
        return
    failed: list[Exception] = []

    def run() -> None:
        try:
            channel.deliver(message)
        except Exception as problem:  # whatever a channel's library raises, the others go on
            failed.append(problem)

    worker = threading.Thread(target=run, name=f"reminder {channel.name}", daemon=True)
    worker.start()
    worker.join(TIME_LIMIT + PATIENCE)
    if worker.is_alive():
        raise DeliveryError(f"no answer within {TIME_LIMIT + PATIENCE:.0f} seconds; it is tried again at the next pass")
    for problem in failed:
        if isinstance(problem, DeliveryError):
            raise problem
        raise DeliveryError(f"failed ({type(problem).__name__}); it is tried again at the next pass") from None
