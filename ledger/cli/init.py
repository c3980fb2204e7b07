"""``forecast init``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from ledger.cli.command import command
from ledger.cli.output import note
from ledger.cli.session import current


def complete_seeds(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shipped sets, for the shell to offer."""
    from ledger.data_files import shipped_seeds

    return [CompletionItem(name) for name in shipped_seeds() if name.startswith(incomplete)]


seed_option = click.option(
    "--seed", metavar="NAME", shell_complete=complete_seeds, help="A shipped set of forecasts to begin with."
)


@command("init")
@seed_option
def command_line(seed: str | None) -> None:
    """Make a new ledger, empty or with a shipped set of forecasts.

    A ledger that is there already stays as it is, and the same set is added only once.

    \b
    Examples:
      forecast init
      forecast init --seed korybko-2024-11-11
    """
    from ledger.services.starting import initialise

    session = current()
    session.finish(initialise(session.location(), seed, note))
