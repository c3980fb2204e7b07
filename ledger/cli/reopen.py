"""``forecast reopen``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("reopen")
@identity
@click.option("--reason", metavar="TEXT", required=True, help="Why it is open again.")
def command_line(question: str, reason: str) -> None:
    """Take back a resolution or a void; both stay in the record.

    \b
    Example:
      forecast reopen 12 --reason "the result is contested in court"
    """
    from ledger.services.settling import reopen

    session = current()
    session.finish(reopen(session.location(), question, reason, note))
