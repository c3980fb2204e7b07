"""The command line."""

from __future__ import annotations


def main() -> None:
    """Run ``forecast``: the console script."""
    from ledger.cli.app import forecast

    forecast.main(prog_name="forecast")
