"""``forecast again``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("again")
@identity
@click.option("--on", metavar="WHEN", help="The day or time to look again.")
@click.option("--off", is_flag=True, help="Take that day back; without --on, all of them.")
@click.option("--zone", metavar="ZONE", help="The zone that plain dates are in, such as Europe/Berlin.")
@click.option("--reason", metavar="TEXT", help="Why.")
def command_line(question: str, on: str | None, off: bool, zone: str | None, reason: str | None) -> None:
    """Look at a question again on a day: remind says so then. More than one day may be set.

    \b
    Examples:
      forecast again 12 --on 2027-03-01 --reason "the budget is out"
      forecast again 12 --on "in 3 weeks"
      forecast again 12 --off --on 2027-03-01
    """
    from ledger.services.looking_again import forget, look_again

    session = current()
    if off:
        done = forget(session.location(), question, on, reason, note, zone=zone)
    elif on is None:
        raise click.UsageError("name the day with --on, or take days back with --off")
    else:
        done = look_again(session.location(), question, on, reason, note, zone=zone)
    session.finish(done)
