"""``forecast redact``."""

from __future__ import annotations

import click

from ledger.cli.command import command, complete_questions
from ledger.cli.output import note
from ledger.cli.session import current


@command("redact")
@click.argument("what", metavar="ID", shell_complete=complete_questions)
@click.option("--reason", metavar="TEXT", required=True, help="Why the words must go.")
def command_line(what: str, reason: str) -> None:
    """Drop the words of a question and of all that was said of it, or of one entry.

    Times, classes, scores and counts stay, and the journal still verifies. It cannot be undone.

    \b
    Examples:
      forecast redact 12 --reason "it names a private person"
      forecast redact entry:57 --reason "the note was confidential"
    """
    from ledger.services.editing import redact

    session = current()
    session.finish(redact(session.location(), what, reason, note))
