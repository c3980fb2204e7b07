"""What a schedule runs: this program, by its absolute path, on one ledger; no secrets."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger.domain.text import quoted
from ledger.errors import InputError, RefusedError
from ledger.services.schedules.plan import Plan
from ledger.storage.location import Location

NAME = "forecast-remind"
MADE = "Made by forecast schedule install, taken away by forecast schedule remove."
PLAN = "Plan: "
THROUGH_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
"""Starts whatever follows it, where a timer does not take its path as it is."""
_CARRIED = ("FORECAST_CONFIG", "XDG_CONFIG_HOME")
_HARD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLANNED = re.compile(rf"{PLAN}(.+?)(?: -->)?\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Job:
    """One ledger's reminders; ``program`` begins with an absolute path, ``carried`` is set in its environment."""

    program: tuple[str, ...]
    ledger: Path
    plan: Plan
    carried: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What the computer calls it; each ledger has another name."""
        return name_of(self.ledger)

    @property
    def command(self) -> tuple[str, ...]:
        """The words of the command, without the environment."""
        return (*self.program, "remind", "--quiet", "--log", "--ledger", str(self.ledger))

    @property
    def plan_line(self) -> str:
        """What ``plan_in`` reads again."""
        return f"{PLAN}{self.plan}"


def file_of(location: Location) -> Path:
    """The ledger's file; raises ``RefusedError`` for a server, whose address no timer is to keep."""
    if location.on_server:
        raise RefusedError(
            f"{location}: a schedule would keep the server's address in a file; stay with: forecast watch, "
            "or run forecast remind from a timer of your own that sets FORECAST_LEDGER"
        )
    return location.path


def name_of(ledger: Path) -> str:
    """The name of the schedule of a ledger."""
    told = str(ledger.resolve()).encode("utf-8", "surrogateescape")
    return f"{NAME}-{hashlib.sha256(told).hexdigest()[:8]}"


def job_for(ledger: Path, plan: Plan, environ: Mapping[str, str]) -> Job:
    """The job for a ledger; raises ``InputError`` where a path cannot be written in every kind of timer."""
    carried = tuple((name, environ[name]) for name in _CARRIED if environ.get(name))
    job = Job(program(), Path(os.path.abspath(ledger)), plan, carried)  # noqa: PTH100 - without following links
    for word in (*job.command, *(value for _, value in carried)):
        if found := _HARD.search(word):
            what = "a line break" if found[0] in "\n\r\u2028\u2029" else "a control character"
            raise InputError(f"{quoted(word)} holds {what}, which no schedule can name: rename it or move it")
    return job


def program() -> tuple[str, ...]:
    """The command ``forecast`` of this installation, or its interpreter with what the command would do."""
    interpreter = Path(os.path.abspath(sys.executable))  # noqa: PTH100 - a link into an environment must stay one
    script = interpreter.with_name("forecast.exe" if sys.platform == "win32" else "forecast")
    if script.is_file() and os.access(script, os.X_OK):
        return (str(script),)
    return (str(interpreter), "-c", "from ledger.cli import main; main()")


def plan_in(text: str) -> str | None:
    """The plan's words in the text of a schedule."""
    match = _PLANNED.search(text)
    return match and match[1]
