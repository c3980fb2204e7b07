"""``forecast correct``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current
from ledger.cli.stated import stated_options

if TYPE_CHECKING:
    from ledger.services.values import Stated


@command("correct")
@identity
@click.argument("probability", required=False)
@click.option("--reason", metavar="TEXT", required=True, help="What was wrong.")
@click.option("--forecaster", metavar="NAME", help="Whose forecast; else the only one who stated one.")
@stated_options(words=False)
def command_line(question: str, reason: str, forecaster: str | None, stated: Stated) -> None:
    """Put the last forecast right where it was mistyped; both values stay and show.

    \b
    Example:
      forecast correct 12 7% --reason "typed 70 for 7"
    """
    from ledger.services.correcting import correct

    session = current()
    session.finish(correct(session.location(), question, stated, reason, note, forecaster=forecaster))
