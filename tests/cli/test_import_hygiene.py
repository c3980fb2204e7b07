"""What a command loads: help next to nothing, reading commands neither the models nor the number libraries."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from running import Process, Quick

HEAVY = {
    *("numpy", "pandas", "scipy", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "textual", "dateparser", "rich"),
    *("platformdirs", "matplotlib"),
}
_LOADED = """
import json, sys
from ledger.cli import main
sys.argv = ["forecast", *json.loads(sys.argv[1])]
try:
    main()
finally:
    sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""


def loaded(forecast: Process, *arguments: str) -> set[str]:
    """The modules that are there when a command has ended."""
    told = [sys.executable, "-c", _LOADED, json.dumps(arguments)]
    done = subprocess.run(told, env=forecast.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: set[str] = set(json.loads(done.stderr.splitlines()[-1]))
    return found


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("show", "--help"), ("score", "--help")])
def test_help_loads_nothing_heavy_and_no_database(arguments: tuple[str, ...], forecast: Process) -> None:
    found = loaded(forecast, *arguments)
    assert not found & (HEAVY | {"sqlite3", "zoneinfo"})
    assert not {name for name in found if name.startswith(("ledger.services", "ledger.storage", "ledger.journal"))}


def test_the_groups_help_loads_no_command(forecast: Process) -> None:
    found = loaded(forecast, "--help")
    assert not found & {f"ledger.cli.{module}" for module in ("listing", "add", "score", "tables", "cells")}


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("list", "--json"), ("list", "--status", "due", "--since", "2020-01-01"), ("due",), ("show", "3"),
        ("show", "3", "--json"), ("journal", "--json"),
    ],
)  # fmt: skip
def test_reading_loads_neither_models_nor_numbers(
    arguments: tuple[str, ...], article: Quick, forecast: Process
) -> None:
    assert article.ledger == forecast.ledger
    assert not loaded(forecast, *arguments) & HEAVY
