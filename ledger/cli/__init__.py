"""The command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run ``forecast``: the console script. Alone in a terminal it loads nothing of the command line."""
    from ledger.cli.opening import has_terminal, open_ledger

    if len(sys.argv) == 1 and has_terminal():
        from ledger.errors import LedgerError

        try:
            sys.exit(open_ledger(None))
        except LedgerError as problem:
            from ledger.cli.failures import refused

            sys.exit(refused(problem))
    from ledger.cli.app import forecast

    forecast.main(prog_name="forecast")
