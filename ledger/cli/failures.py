"""How a run ends: done, refused in one line with a reason, a wrong command line, cancelled."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from ledger.cli.output import note
from ledger.cli.session import Session
from ledger.errors import LedgerError

CANCELLED = 130


def exit_status(run: Callable[[], Any], session: Session) -> int:
    """Run the program; every failure that a user can cause is told in one line."""
    try:
        status = run()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except LedgerError as problem:
        return refused(problem)
    except click.UsageError as problem:
        _tell_usage(problem)
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        _tell("cancelled; what was recorded is kept" if session.recorded else "cancelled; nothing was written")
        return CANCELLED
    except OSError as problem:
        return _tell_system(problem)
    return status if isinstance(status, int) else 0


def refused(problem: LedgerError) -> int:
    """Tell a refusal; the exit status that it has."""
    _tell(str(problem))
    return problem.exit_status


def _tell(problem: str) -> None:
    with suppress(OSError):
        note(f"forecast: {problem}")


def _tell_usage(problem: click.UsageError) -> None:
    if problem.ctx is not None:
        note(*problem.ctx.get_usage().splitlines())
        note(f"Try '{problem.ctx.command_path} --help' for help.", "")
    note(f"Error: {problem.format_message()}")


def _tell_system(problem: OSError) -> int:
    """A failure of the system: a reader that went away says nothing, all others their reason."""
    _let_go(sys.stdout)
    if not isinstance(problem, BrokenPipeError):
        where = f"{problem.filename}: " if problem.filename else "the output could not be written: "
        _tell(f"{where}{problem.strerror or problem}")
    return 1


def _let_go(stream: Any) -> None:
    """Drop what a broken stream still holds, so that the interpreter's own last flush does not fail on it."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
