"""``forecast rules``."""

from __future__ import annotations

import click

from ledger.cli.command import command, json_option
from ledger.cli.output import note, say, say_json
from ledger.cli.session import current


@command("rules")
@click.option("--stale", metavar="SHARE", help="A forecast is stale after this share of its life, such as 1/3; or off.")
@click.option("--repeat", metavar="DAYS", help="Repeat what is due after so many days, such as 1,3,7,14,30; or off.")
@click.option("--weekly", metavar="WHEN", help="Review the week then, such as mon@09:00; or off.")
@click.option("--zone", metavar="ZONE", help="The zone of days and times, such as Europe/Berlin.")
@json_option
def command_line(stale: str | None, repeat: str | None, weekly: str | None, zone: str | None, as_json: bool) -> None:
    """Show the rules of review, or change some of them.

    What is due is announced, and again after so many days until it is settled; what else asks for a review is
    announced once.

    \b
    Examples:
      forecast rules
      forecast rules --weekly mon@09:00 --zone Europe/Berlin
      forecast rules --stale 1/4 --repeat 1,7,30
    """
    from ledger.services.review_ruling import Changes, rules_lines, rules_view, set_rules

    session, changes = current(), Changes(stale, repeat, weekly, zone)
    if changes.any:
        done = set_rules(session.location(), changes, note)
        if not as_json:
            session.finish(done)
            return
    with session.reading() as book:
        found = rules_view(book)
    if as_json:
        say_json(found.as_data())
    else:
        say(*rules_lines(found.rules))
