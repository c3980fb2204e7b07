"""What all commands share: ``--ledger`` and ``--no-color`` after the name too, and values that begin with a minus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from ledger.cli.session import session_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MINUS = re.compile(r"-(?:\.?[0-9]|inf|nan)", re.IGNORECASE)


class Command(click.Command):
    """A command to which ``-0.1`` is a value that can be refused with a reason, and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse ``args``."""
        if any(_MINUS.match(arg) for arg in args):
            ctx.ignore_unknown_options = True
        return super().parse_args(ctx, args)


def _keep_ledger(context: click.Context, _: click.Parameter, told: str | None) -> None:
    if told is not None:
        session_of(context).ledger = told


def _keep_colour(context: click.Context, _: click.Parameter, told: bool) -> None:
    if told:
        context.color = False


def common_options() -> list[click.Parameter]:
    """The options that stand before or after a command's name."""
    where = "The ledger: a path, sqlite:///… or postgresql://…; else FORECAST_LEDGER, else the one of your own."
    plain = "Print without colours."
    return [
        click.Option(["--ledger"], metavar="WHERE", expose_value=False, callback=_keep_ledger, help=where),
        click.Option(["--no-color"], is_flag=True, expose_value=False, callback=_keep_colour, help=plain),
    ]


def command(name: str) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command; its help is the function's docstring."""

    def declared(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=Command)(function)
        made.params.extend(common_options())
        return made

    return declared


def complete_questions(context: click.Context, _: click.Parameter, incomplete: str) -> Iterable[CompletionItem]:
    """Keys of questions for the shell to offer; nothing where no ledger can be read."""
    from click.shell_completion import CompletionItem

    from ledger.domain.text import safe_text
    from ledger.errors import LedgerError
    from ledger.services.browse import keys_like
    from ledger.services.opening import opened

    try:
        with opened(session_of(context).location()) as book:
            found = keys_like(book, incomplete)
    except (LedgerError, OSError):
        return []
    return [CompletionItem(key, help=safe_text(title or "")) for key, title in found if safe_text(key) == key]


identity = click.argument("question", metavar="ID", shell_complete=complete_questions)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
