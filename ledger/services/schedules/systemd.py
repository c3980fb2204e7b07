"""A timer of the user's own systemd."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ledger.domain.instants import SECOND, Instant
from ledger.errors import RefusedError
from ledger.services.schedules import files
from ledger.services.schedules.computer import Computer, Ran
from ledger.services.schedules.job import Job
from ledger.services.schedules.rendered import Rendered
from ledger.services.schedules.systemd_units import service, timer

_LINGER = "it runs while you are logged in; so that it runs always: loginctl enable-linger"


class Systemd:
    """``systemctl --user``."""

    name = "systemd"
    verbatim = True

    def __init__(self, computer: Computer) -> None:
        """For the user of ``computer``."""
        self._computer = computer
        self._folder = computer.place("XDG_CONFIG_HOME", ".config") / "systemd" / "user"

    def there(self) -> bool:
        """Whether the user's manager answers."""
        return self._computer.platform == "linux" and not self._control("show", "--property=Version").status

    def render(self, job: Job, now: Instant) -> Rendered:
        """A service and a timer."""
        del now
        if not self._computer.knows_zone(job.plan.zone):
            raise RefusedError(
                f"this system's database has no {job.plan.zone}: install tzdata, or choose another --zone"
            )
        texts = {str(path): text for path, text in zip(self._paths(job.name), (service(job), timer(job)), strict=True)}
        notes = () if self._lingers() else (_LINGER,)
        return Rendered(job.name, texts, notes)

    def installed(self, name: str) -> Mapping[str, str]:
        """The units that are there."""
        return files.texts_at(self._paths(name))

    def running(self, name: str) -> bool:
        """Whether the timer is enabled and waits."""
        return all(not self._control(word, "--quiet", f"{name}.timer").status for word in ("is-enabled", "is-active"))

    def install(self, made: Rendered) -> None:
        """Write both, and start the timer; what was there comes back where that fails."""
        if not self.there():
            raise RefusedError("systemd does not answer (systemctl --user): log in, or choose --kind cron")
        fresh = not self.installed(made.name)
        try:
            with files.replaced(made.texts):
                self._start(f"{made.name}.timer")
        except RefusedError:
            if fresh:
                self._forget(made.name)
            self._control("daemon-reload")
            raise

    def _start(self, unit: str) -> None:
        for words in (("daemon-reload",), ("enable", unit), ("restart", unit)):
            ran = self._control(*words)
            if ran.status:
                raise RefusedError(f"systemd took no timer (systemctl --user {words[0]}): {ran.reason}")

    def remove(self, name: str) -> None:
        """Stop the timer, and take away the units, what enabled it, and the record of its last run."""
        self._forget(name)
        files.take_away([*self._paths(name), self._stamp(name)])
        for folder in (self._folder, self._folder.parent):
            files.drop_if_empty(folder)
        self._control("daemon-reload")
        self._control("reset-failed", f"{name}.service", f"{name}.timer")

    def last_run(self, name: str) -> Instant | None:
        """When the timer last started the service."""
        with suppress(OSError):
            return int(self._stamp(name).stat().st_mtime) * SECOND
        return None

    def _forget(self, name: str) -> None:
        """Stop the timer, and take away what enabled it, should systemd not answer."""
        self._control("disable", "--now", f"{name}.timer")
        wanted = self._folder / "timers.target.wants"
        files.take_away([wanted / f"{name}.timer"])
        files.drop_if_empty(wanted)

    def _paths(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.service", self._folder / f"{name}.timer"

    def _stamp(self, name: str) -> Path:
        place = self._computer.place("XDG_DATA_HOME", ".local/share")
        return place / "systemd" / "timers" / f"stamp-{name}.timer"

    def _lingers(self) -> bool:
        ran = self._computer.run(["loginctl", "show-user", str(self._computer.uid), "--property=Linger"], None)
        return ran.out.strip() == "Linger=yes"

    def _control(self, *words: str) -> Ran:
        return self._computer.run(["systemctl", "--user", *words], None)
