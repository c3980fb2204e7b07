"""``forecast edit``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("edit")
@identity
@click.option("--reason", metavar="TEXT", required=True, help="Why it is changed.")
@click.option("--title", metavar="TEXT", help="The new title.")
@click.option("--criteria", metavar="TEXT", help="The new resolution criteria.")
@click.option("--deadline", metavar="DATE", help="The new deadline, for forecasts stated from now on.")
@click.option("--zone", metavar="ZONE", help="The zone of the new deadline, if not the question's.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="The new tags, in place of all others; repeat it.")
@click.option("--no-tags", is_flag=True, help="Take all tags away.")
@click.option("--if", "condition", metavar="ID=yes", help="The new condition; none takes it away.")
def command_line(
    *, question: str, reason: str, title: str | None, criteria: str | None, deadline: str | None,
    zone: str | None, tags: tuple[str, ...], no_tags: bool, condition: str | None,
) -> None:  # fmt: skip
    """Change a question in the open: the difference is kept, and what was promised before stays promised.

    \b
    Examples:
      forecast edit 12 --deadline 2026-06-30 --reason "the vote was put off"
      forecast edit 12 --criteria "Yes if the minutes say so." --reason "a source was missing"
    """
    from ledger.services.editing import Changes, edit

    if no_tags and tags:
        raise click.UsageError("--tag and --no-tags exclude each other")
    session = current()
    changed = Changes(
        deadline=deadline, criteria=criteria, title=title, tags=tags if tags or no_tags else None,
        condition=condition, zone=zone,
    )  # fmt: skip
    session.finish(edit(session.location(), question, changed, reason, note))
