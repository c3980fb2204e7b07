"""``forecast`` alone: the terminal UI where there is a terminal, the summary elsewhere."""

from __future__ import annotations

import os
import sys

import click

from ledger.cli.session import session_of


def open_or_summarise(context: click.Context) -> None:
    """Open the terminal UI, or print the summary where the output or the keys go elsewhere."""
    if not _has_terminal():
        from ledger.cli.summary import summarise

        summarise()
        return
    from ledger.services.settings import settings_path
    from ledger.tui.app import run

    context.exit(run(session_of(context).location(), settings_path()))


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") != "dumb"
