"""``forecast schedule``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ledger.cli.actions import Actions
from ledger.cli.command import command as declared
from ledger.cli.command import common_options, json_option
from ledger.cli.output import Paint, note, say, say_json
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.services.schedules.computer import Computer
    from ledger.services.schedules.scheduling import Wanted

Function = Callable[..., Any]


@click.group("schedule", cls=Actions, invoke_without_command=True)
@click.pass_context
def command_line(context: click.Context) -> None:
    """Let this computer's own timer run forecast remind; without an action, tell how that stands.

    \b
    Examples:
      forecast schedule show --at 09:00
      forecast schedule install --at 09:00 --zone Europe/Berlin
      forecast schedule install --weekly mon --at 08:30
      forecast schedule status
      forecast schedule remove
    """
    if context.invoked_subcommand is None:
        _tell_status(as_json=False)


command_line.params.extend(common_options())


def times(function: Function) -> Function:
    """The options that name a plan."""
    for option in (
        click.option("--zone", metavar="ZONE", help="The zone of the times, such as Europe/Berlin; else yours."),
        click.option(
            "--weekly", metavar="DAY", multiple=True, help="Only on this weekday, such as mon; again for more."
        ),
        click.option("--at", metavar="TIME", multiple=True, help="The time of day, such as 09:00; again for more."),
    ):
        function = option(function)
    return function


_kind = click.option("--kind", metavar="KIND", help="systemd, cron, launchd or windows, not the one that is found.")


@declared("install")
@times
@_kind
def _install(at: tuple[str, ...], weekly: tuple[str, ...], zone: str | None, kind: str | None) -> None:
    """Install the timer: every day at 09:00 unless told otherwise. The same again changes nothing.

    \b
    Examples:
      forecast schedule install
      forecast schedule install --at 09:00 --at 18:00 --zone Europe/Berlin
    """
    from ledger.services.schedules.scheduling import install

    current().finish(install(current().location(), _wanted(at, weekly, zone, kind), _computer()))


@declared("show")
@times
@_kind
@json_option
def _show(at: tuple[str, ...], weekly: tuple[str, ...], zone: str | None, kind: str | None, as_json: bool) -> None:
    """Print what install would write with the same options, and write nothing.

    \b
    Example:
      forecast schedule show --weekly mon --at 09:00
    """
    from ledger.services.schedules.scheduling import shown

    found = shown(current().location(), _wanted(at, weekly, zone, kind), _computer())
    if as_json:
        say_json(found.as_data())
        return
    for path, text in found.made.texts.items():
        note(Paint(f"{path}:", "bold"))
        say(*text.splitlines())
    note(*found.made.notes)


@declared("remove")
def _remove() -> None:
    """Take the timer away, without a trace.

    \b
    Example:
      forecast schedule remove
    """
    from ledger.services.schedules.scheduling import remove

    current().finish(remove(current().location(), _computer()))


@declared("status")
@json_option
def _status(as_json: bool) -> None:
    """Tell what is installed, when it ran and when it runs next.

    \b
    Example:
      forecast schedule status --json
    """
    _tell_status(as_json)


for _one in (_install, _show, _remove, _status):
    command_line.add_command(_one)


def _tell_status(as_json: bool) -> None:
    from ledger.services.schedules.standing import status

    found = status(current().location(), _computer())
    if as_json:
        say_json(found.as_data())
    else:
        say(*found.lines())


def _wanted(at: tuple[str, ...], weekly: tuple[str, ...], zone: str | None, kind: str | None) -> Wanted:
    from ledger.services.schedules.scheduling import Wanted

    return Wanted(at, weekly, zone, kind)


def _computer() -> Computer:
    from ledger.services.schedules.computer import Computer

    return Computer()
