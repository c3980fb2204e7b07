"""Running the command line as a user would: in a process of its own, or quicker in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from click.testing import CliRunner

COMMAND = (sys.executable, "-c", "from ledger.cli import main; main()")
"""``forecast``, from the code that the tests import."""

NOON = "2026-06-01T12:00:00Z"
"""The clock of every command that is given no other."""


class Answer(NamedTuple):
    """What a command said, and how it ended."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


class Forecast(Protocol):
    """Something that runs ``forecast``; a command that does not end with ``status`` fails the test."""

    @property
    def ledger(self) -> Path:
        """The ledger's file."""

    def __call__(self, *arguments: object, clock: str = NOON, status: int | None = 0, **extra: str) -> Answer:
        """Run ``forecast`` with ``arguments``, and ``extra`` in the environment."""


@dataclass(slots=True)
class Surroundings:
    """A user of their own, with nothing inherited that the program reads; ``extra`` is added to the environment."""

    home: Path
    ledger: Path
    zone: str = "UTC"
    extra: dict[str, str] = field(default_factory=dict)

    def environment(self, clock: str) -> dict[str, str]:
        """Everything of the environment that the program may read."""
        places = {"XDG_DATA_HOME": ".local/share", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache"}
        found = {name: str(self.home / place) for name, place in places.items()}
        found |= {"HOME": str(self.home), "FORECAST_LEDGER": str(self.ledger), "FORECAST_ZONE": self.zone}
        return found | {"FORECAST_CLOCK": clock, "TERM": "dumb"} | self.extra

    def pointing_to(self, ledger: Path) -> Surroundings:
        """The same user with another ledger."""
        return Surroundings(self.home, ledger, self.zone, dict(self.extra))


@dataclass(slots=True)
class Quick:
    """Runs commands inside this process."""

    around: Surroundings

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.around.ledger

    def on(self, ledger: Path) -> Quick:
        """The same on another ledger."""
        return Quick(self.around.pointing_to(ledger))

    def __call__(self, *arguments: object, clock: str = NOON, status: int | None = 0, **extra: str) -> Answer:
        """Run ``forecast`` with ``arguments``; a bug's traceback is raised here."""
        from ledger.cli.app import forecast

        inherited: dict[str, str | None] = {name: None for name in os.environ if name.startswith("FORECAST_")}
        environment = inherited | self.around.environment(clock) | extra
        told = [str(argument) for argument in arguments]
        result = CliRunner().invoke(forecast, told, env=environment, catch_exceptions=False, prog_name="forecast")
        return _as_expected(Answer(result.exit_code, result.stdout_bytes, result.stderr), told, status)


@dataclass(slots=True)
class Process:
    """Runs commands as processes of their own."""

    around: Surroundings
    uid: int | None = None
    """The user that they run as, if not this one."""

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.around.ledger

    def environment(self, clock: str = NOON, **extra: str) -> dict[str, str]:
        """The whole environment of a process."""
        return {"PATH": os.environ.get("PATH", os.defpath), **self.around.environment(clock), **extra}

    def __call__(self, *arguments: object, clock: str = NOON, status: int | None = 0, **extra: str) -> Answer:
        """Run ``forecast`` with ``arguments``, and ``extra`` in the environment."""
        told = [str(argument) for argument in arguments]
        environment = self.environment(clock, **extra)
        done = subprocess.run([*COMMAND, *told], env=environment, capture_output=True, user=self.uid, timeout=300)
        return _as_expected(Answer(done.returncode, done.stdout, done.stderr.decode()), told, status)


def _as_expected(answer: Answer, told: list[str], status: int | None) -> Answer:
    __tracebackhide__ = True
    if status is not None and answer.status != status:
        said = answer.err + answer.out.decode(errors="replace")[:2000]
        raise AssertionError(f"forecast {' '.join(told)} ended with {answer.status}, not {status}:\n{said}")
    return answer
