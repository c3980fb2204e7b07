"""``forecast`` alone: the terminal UI where there is a terminal, the summary elsewhere."""

from __future__ import annotations

import os
import sys


def has_terminal() -> bool:
    """Whether keys come from a terminal and the output goes to one."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") != "dumb"


def open_ledger(told: str | None) -> int:
    """Run the terminal UI on the ledger that ``--ledger`` named, or on the user's own; its exit status."""
    from ledger.tui import collecting

    collecting.rest()
    from ledger.services.settings import settings_path
    from ledger.storage.location import locate
    from ledger.tui.app import run

    return run(locate(told), settings_path())
