"""``forecast verify``."""

from __future__ import annotations

import click

from ledger.cli.command import command, json_option
from ledger.cli.output import Paint, note, say, say_json
from ledger.cli.progress import progress_bar
from ledger.cli.session import current

FAILED = 3


@command("verify")
@click.option("--checkpoint", metavar="TEXT", help="A checkpoint line kept elsewhere, to hold the journal against.")
@json_option
@click.pass_context
def command_line(context: click.Context, checkpoint: str | None, as_json: bool) -> None:
    """Check the journal's chain, and the book against it; exit status 3 names every entry and field that differ.

    \b
    Example:
      forecast verify
    """
    from ledger.services.maintain import verify

    with progress_bar("verifying") as progress:
        verdict = verify(current().location(), checkpoint=checkpoint, progress=progress)
    if as_json:
        say_json(verdict.as_data())
    else:
        say(*verdict.findings)
        said = "the record verifies" if verdict.ok else "the record does not verify"
        say([Paint(said, "green" if verdict.ok else "red"), f": {verdict.entries:,} entries, head {verdict.head}"])
        if verdict.checkpoint:
            say(verdict.checkpoint)
        note(*verdict.notes)
    if not verdict.ok:
        context.exit(FAILED)
