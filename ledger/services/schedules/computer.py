"""The computer that a schedule is for: what tests replace, and the only place here that starts a program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

from ledger.domain.moments import zone_named
from ledger.errors import InputError
from ledger.services.dates import default_zone

NOT_THERE = 127
_PATIENCE = 30.0


class Ran(NamedTuple):
    """How a program ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def reason(self) -> str:
        """Why it failed, in one line."""
        lines = [line.strip() for line in (self.err or self.out).splitlines() if line.strip()]
        return lines[-1] if lines else f"exit status {self.status}"


def run_program(words: Sequence[str], told: str | None = None) -> Ran:
    """Run a program and give it ``told`` to read; one that is not there or does not end has failed."""
    surroundings = os.environ | {"LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - words of our own and paths, through no shell
            list(words), input=(told or "").encode("utf-8", "surrogateescape"), capture_output=True, env=surroundings,
            timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Ran(1, "", f"{words[0]} did not answer within {_PATIENCE:.0f} seconds")
    except OSError as problem:
        return Ran(NOT_THERE, "", f"{words[0]}: {problem.strerror}")
    out, err = (one.decode("utf-8", "surrogateescape") for one in (done.stdout, done.stderr))
    return Ran(done.returncode, out, err)


@dataclass(frozen=True, slots=True)
class Computer:
    """Where this program runs, and for whom."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    uid: int = field(default_factory=lambda: os.getuid() if sys.platform != "win32" else 0)
    etc: Path = Path("/etc")
    zones: Path = Path("/usr/share/zoneinfo")
    run: Callable[[Sequence[str], str | None], Ran] = run_program

    def place(self, variable: str, usual: str) -> Path:
        """A folder of the user's: what ``variable`` names in full, or ``usual`` in the home."""
        told = self.environ.get(variable, "")
        return Path(told) if Path(told).is_absolute() else self.home / usual

    def zone(self) -> str:
        """The zone of the system's clocks; ``TZ`` counts for no timer."""
        link = self.etc / "localtime"
        _, _, named = str(link.resolve()).rpartition("/zoneinfo/")
        try:
            return zone_named(named.removeprefix("posix/")).key if link.is_symlink() else self._told_zone()
        except InputError:
            return self._told_zone()

    def clocks(self) -> tzinfo | None:
        """The rules of the system's clocks; ``None`` leaves them to the system, where it names no IANA zone."""
        return None if self.platform == "win32" else zone_named(self.zone())

    def knows_zone(self, name: str) -> bool:
        """Whether the system's own database has the zone, which its timers and its ``date`` ask."""
        return name == "UTC" or (self.zones / name).is_file()

    def _told_zone(self) -> str:
        return default_zone({}, self.etc).name


def local(moment: datetime, clocks: tzinfo | None) -> datetime:
    """``moment`` on ``clocks``."""
    return moment.astimezone(clocks)
