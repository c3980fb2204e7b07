"""``forecast withdraw``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("withdraw")
@identity
@click.option("--forecaster", metavar="NAME", help="Who steps back; else the only one who stated a forecast.")
@click.option("--reason", metavar="TEXT", help="Why.")
def command_line(question: str, forecaster: str | None, reason: str | None) -> None:
    """Step back from a question; what was said stays, and stops standing now.

    \b
    Example:
      forecast withdraw 12 --reason "I have a stake in it now"
    """
    from ledger.services.stating import withdraw

    session = current()
    session.finish(withdraw(session.location(), question, note, forecaster=forecaster, reason=reason))
