"""``forecast update``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current
from ledger.cli.stated import stated_options

if TYPE_CHECKING:
    from ledger.services.values import Stated


@command("update")
@identity
@click.argument("probability", required=False)
@click.option("--reason", metavar="TEXT", help="Why the forecast changed.")
@click.option("--forecaster", metavar="NAME", help="Who states it; else FORECAST_FORECASTER, else me.")
@click.option("--made-at", metavar="TIME", help="When it was stated, if not now.")
@click.option("--zone", metavar="ZONE", help="The zone that plain dates are in, such as Europe/Berlin.")
@stated_options(words=True)
def command_line(
    *, question: str, reason: str | None, forecaster: str | None, made_at: str | None, zone: str | None, stated: Stated
) -> None:
    """State a new forecast; the last one stays in the record.

    \b
    Examples:
      forecast update 12 65% --reason "the talks broke down"
      forecast update strike-ends --term unlikely --scale icd-203
    """
    from ledger.services.stating import update

    session = current()
    done = update(
        session.location(), question, stated, note, forecaster=forecaster, made_at=made_at, zone=zone, reason=reason
    )
    session.finish(done)
