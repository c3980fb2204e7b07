"""``forecast`` alone: where the ledger is, what is due, and the score."""

from __future__ import annotations

from ledger.cli.output import say
from ledger.cli.session import current


def summarise() -> None:
    """Print the summary."""
    say(f"the ledger is at {current().location()}")
