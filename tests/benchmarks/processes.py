"""Whole processes against a named peer: the peer and ours in turn, and the ratio of their medians."""

from __future__ import annotations

import compileall
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import ledger

PYTHON = sys.executable
FORECAST = (str(Path(PYTHON).with_name("forecast")),)


def environment(home: Path) -> dict[str, str]:
    """Nothing of the user's, and byte code that is there as after an ordinary installation."""
    told = {"HOME": str(home), "XDG_DATA_HOME": str(home), "FORECAST_ZONE": "UTC", "PATH": os.environ["PATH"]}
    return told | {"FORECAST_LEDGER": str(home / "ledger.db"), "NO_COLOR": "1"}


def compiled() -> None:
    """Compile our own byte code, as installing does."""
    compileall.compile_dir(Path(ledger.__file__).parent, quiet=2)


def run(command: Sequence[str], home: Path) -> float:
    """CPU seconds of one process and its children, in user and system mode."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turn(ours: Sequence[str], peer: Sequence[str], home: Path, rounds: int) -> tuple[float, float]:
    """The medians of CPU seconds, ours and the peer's, after one round that does not count."""
    taken: tuple[list[float], list[float]] = ([], [])
    for at in range(rounds + 1):
        for command, times in zip((ours, peer), taken, strict=True):
            seconds = run(command, home)
            if at:
                times.append(seconds)
    return statistics.median(taken[0]), statistics.median(taken[1])
