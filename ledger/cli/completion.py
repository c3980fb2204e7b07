"""``forecast completion``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ledger.cli.command import command
from ledger.cli.output import note, say
from ledger.cli.session import current

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_FORECAST_COMPLETE"


@command("completion")
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.option("--install", is_flag=True, help="Write it where the shell finds it.")
@click.pass_context
def command_line(context: click.Context, shell: str | None, install: bool) -> None:
    """Print or install completion of commands, options and questions for bash, zsh or fish.

    \b
    Examples:
      forecast completion --install
      eval "$(forecast completion bash)"
    """
    from ledger.errors import InputError

    chosen = shell or Path(os.environ.get("SHELL", "")).name
    if chosen not in SHELLS:
        raise InputError("your shell is not known: name bash, zsh or fish, such as: forecast completion bash")
    script = script_for(chosen, context.find_root().command)
    if install:
        _install(chosen, script)
    else:
        say(*script.expandtabs(4).splitlines())


def script_for(shell: str, program: click.Command) -> str:
    """What a shell runs to be told of completions."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    template = found(program, {}, "forecast", VARIABLE)
    return template.source_template % template.source_vars()


def place_of(shell: str, home: Path) -> Path:
    """Where a shell looks for a user's completions; zsh only once its ``fpath`` names the folder."""
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    places = {
        "bash": data / "bash-completion" / "completions" / "forecast",
        "zsh": data / "zsh" / "site-functions" / "_forecast",
        "fish": settings / "fish" / "completions" / "forecast.fish",
    }
    return places[shell]


def _install(shell: str, script: str) -> None:
    path = place_of(shell, Path.home())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    current().recorded = True
    say(f"completion for {shell} is at {path}")
    if shell == "zsh":
        note(f"in ~/.zshrc, before compinit, have the line: fpath+=({path.parent})")
    note("it works in new shells")
