"""The command ``forecast``: a group that loads a command only when it is run."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from ledger.cli.catalogue import COMMANDS, SECTIONS
from ledger.cli.command import common_options
from ledger.cli.failures import exit_status
from ledger.cli.output import say, show_every_character
from ledger.cli.session import Session, session_of


class Program(click.Group):
    """The group: its help comes from the catalogue, its failures are told in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the catalogue."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"ledger.cli.{COMMANDS[cmd_name][0]}").command_line
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; a mistyped one is answered with the near ones."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from ledger.domain.words import did_you_mean

            hint = did_you_mean(name, COMMANDS) or "; see: forecast --help"
            ctx.fail(f"there is no command {name!r}{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section."""
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, short) for name, (_, short) in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Offer the commands from the catalogue, then the options."""
        from click.shell_completion import CompletionItem

        names = [name for name in COMMANDS if name.startswith(incomplete)]
        offered = [CompletionItem(name, help=COMMANDS[name][1]) for name in names]
        return offered + click.Command.shell_complete(self, ctx, incomplete)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and end the process with the exit status."""
        show_every_character()
        session = extra.setdefault("obj", Session())
        extra["standalone_mode"] = False
        sys.exit(exit_status(lambda: super(Program, self).main(*args, **extra), session))


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from ledger import __version__

        say(f"forecast {__version__}")
        context.exit()


@click.group(cls=Program, invoke_without_command=True)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Print the version."
)
@click.pass_context
def forecast(context: click.Context) -> None:
    """Keep forecasts with their words, record what happened, and read scores that can be checked.

    Without a command: in a terminal the ledger on the whole screen, elsewhere what is due and the score.

    \b
    Examples:
      forecast init --seed korybko-2024-11-11
      forecast add "Will the strike end?" 70% --by "in 3 weeks" --key strike-ends
      forecast update strike-ends 85% --reason "the talks go well"
      forecast resolve strike-ends yes --known-at now
      forecast score
    """
    if context.invoked_subcommand is None:
        from ledger.cli.opening import has_terminal, open_ledger

        if has_terminal():
            context.exit(open_ledger(session_of(context).ledger))
        from ledger.cli.summary import summarise

        summarise()


forecast.params.extend(common_options())
