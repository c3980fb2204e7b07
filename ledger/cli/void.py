"""``forecast void``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("void")
@identity
@click.option("--reason", metavar="TEXT", required=True, help="Why it is annulled.")
def command_line(question: str, reason: str) -> None:
    """Annul a question, with its reason; no forecast of it is scored.

    \b
    Example:
      forecast void 12 --reason "the vote was called off"
    """
    from ledger.services.settling import void

    session = current()
    session.finish(void(session.location(), question, reason, note))
