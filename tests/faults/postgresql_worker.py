"""Processes that write to a ledger on a server: ``python postgresql_worker.py ACT URL …``."""

from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path

from reminder_worker import killed, together

from ledger.errors import LedgerError
from ledger.services.stating import update
from ledger.services.values import Stated
from ledger.storage.location import locate


def write(url: str, name: str, until: Path) -> None:
    """State forecasts until a file is there; a line for each that was acknowledged, or what was refused."""
    location = locate(url)
    for number in count():
        token = f"{name}-{number}"
        try:
            update(location, "rain", Stated(f"{number % 99 + 1}%"), lambda _: None, forecaster=name, reason=token)
        except LedgerError as problem:
            print("refused", token, problem, flush=True)
        else:
            print("ok", token, flush=True)
        if until.exists():
            return


def main() -> None:
    """Run what is told."""
    act, url, *rest = sys.argv[1:]
    if act == "write":
        write(url, rest[0], Path(rest[1]))
        return
    acts = {"killed": killed, "together": together}
    json.dump(acts[act](locate(url).place, Path(rest[0]), *map(int, rest[1:])), sys.stdout)  # type: ignore[operator]


if __name__ == "__main__":
    main()
