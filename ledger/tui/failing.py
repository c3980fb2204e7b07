"""What is not a refusal but a fault of the program: written to a file, told in a line; the program goes on."""

from __future__ import annotations

import traceback
from pathlib import Path

from ledger import clock
from ledger.errors import LedgerError


class UnexpectedError(LedgerError):
    """The program failed where it should not have."""


def told_of_unexpected(problem: BaseException) -> UnexpectedError:
    """Keep the trace in a file, and say where it is."""
    if isinstance(problem, UnexpectedError):
        return problem
    path = log_path()
    kind = type(problem).__name__
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{clock.now().isoformat()}\n{''.join(traceback.format_exception(problem))}\n")
    except OSError:
        return UnexpectedError(f"the program failed ({kind}), and its log cannot be written to {path}")
    return UnexpectedError(f"the program failed ({kind}); nothing was lost; the trace is in {path}")


def log_path() -> Path:
    """Where faults are kept."""
    from platformdirs import user_log_path

    return user_log_path("forecast-ledger", appauthor=False) / "faults.log"
