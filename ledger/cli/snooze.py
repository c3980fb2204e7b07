"""``forecast snooze``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("snooze")
@identity
@click.option("--until", metavar="WHEN", required=True, help="When to ask again; now ends it.")
@click.option("--zone", metavar="ZONE", help="The zone that plain dates are in, such as Europe/Berlin.")
@click.option("--reason", metavar="TEXT", help="Why.")
def command_line(question: str, until: str, zone: str | None, reason: str | None) -> None:
    """Put the review of a question off: it stays due, and is listed apart until then.

    \b
    Examples:
      forecast snooze 12 --until 2027-03-01 --reason "the count is not out yet"
      forecast snooze 12 --until "next monday"
      forecast snooze 12 --until now
    """
    from ledger.services.snoozing import snooze

    session = current()
    session.finish(snooze(session.location(), question, until, reason, note, zone=zone))
