"""A launchd agent of the user's on macOS."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from pathlib import Path

from ledger.domain.instants import Instant
from ledger.errors import RefusedError
from ledger.services.schedules import files
from ledger.services.schedules.computer import Computer
from ledger.services.schedules.job import MADE, Job
from ledger.services.schedules.local_clocks import local_times
from ledger.services.schedules.rendered import NOT_KEPT, Rendered


def agent(job: Job, times: list[tuple[int, int, int | None]]) -> str:
    """The property list; ``times`` are hour, minute and weekday (0 is Monday) on the computer's clocks."""
    told: dict[str, object] = {"Label": job.name, "ProgramArguments": list(job.command)}
    if job.carried:
        told["EnvironmentVariables"] = dict(job.carried)
    told["StartCalendarInterval"] = [
        {"Hour": hour, "Minute": minute} | ({} if day is None else {"Weekday": (day + 1) % 7})
        for hour, minute, day in times
    ]
    told["ProcessType"] = "Background"
    head, _, rest = plistlib.dumps(told, sort_keys=False).decode("utf-8").replace("\t", "  ").partition("\n")
    return f"{head}\n<!-- {MADE} -->\n<!-- {job.plan_line} -->\n{rest}"


class Launchd:
    """``launchctl`` in the user's own domain."""

    name = "launchd"
    verbatim = True

    def __init__(self, computer: Computer) -> None:
        """For the user of ``computer``."""
        self._computer = computer
        self._domain = f"gui/{computer.uid}"

    def there(self) -> bool:
        """Whether this is a Mac."""
        return self._computer.platform == "darwin"

    def render(self, job: Job, now: Instant) -> Rendered:
        """One agent, on the computer's clocks."""
        times, notes = local_times(job.plan, self._computer.clocks(), now, "launchd")
        return Rendered(job.name, {str(self._path(job.name)): agent(job, times)}, notes)

    def installed(self, name: str) -> Mapping[str, str]:
        """The agent's file, if it is there."""
        return files.texts_at([self._path(name)])

    def running(self, name: str) -> bool:
        """Whether launchd has loaded it."""
        return not self._computer.run(["launchctl", "print", f"{self._domain}/{name}"], None).status

    def install(self, made: Rendered) -> None:
        """Write the file and load it anew."""
        if not self.there():
            raise RefusedError("launchd runs on macOS only: choose another --kind")
        with files.replaced(made.texts):
            self._unload(made.name)
            ran = self._computer.run(["launchctl", "bootstrap", self._domain, *made.texts], None)
            if ran.status:
                raise RefusedError(f"launchd took no agent: {ran.reason}")

    def remove(self, name: str) -> None:
        """Unload it and take its file away."""
        self._unload(name)
        files.take_away([self._path(name)])

    def last_run(self, name: str) -> Instant | None:
        """Launchd keeps none."""
        del name
        return NOT_KEPT

    def _unload(self, name: str) -> None:
        self._computer.run(["launchctl", "bootout", f"{self._domain}/{name}"], None)

    def _path(self, name: str) -> Path:
        return self._computer.home / "Library" / "LaunchAgents" / f"{name}.plist"
