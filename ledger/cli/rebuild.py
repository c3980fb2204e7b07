"""``forecast rebuild``."""

from __future__ import annotations

from ledger.cli.command import command
from ledger.cli.output import note
from ledger.cli.progress import progress_bar
from ledger.cli.session import current


@command("rebuild")
def command_line() -> None:
    """Tell the book anew from the journal: every table that is read, from the facts as they were recorded.

    \b
    Example:
      forecast rebuild
    """
    from ledger.services.maintain import rebuild

    session = current()
    with progress_bar("rebuilding") as progress:
        done = rebuild(session.location(), note, progress)
    session.finish(done)
