"""A marked block in the user's crontab; all other lines stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ledger.domain.instants import Instant
from ledger.errors import RefusedError
from ledger.services.schedules.computer import NOT_THERE, Computer
from ledger.services.schedules.crontab_lines import LONGEST, block, split
from ledger.services.schedules.job import Job
from ledger.services.schedules.rendered import NOT_KEPT, Rendered
from ledger.services.schedules.zones import differences

_PLACE = "crontab"
_MISSED = "cron makes up for no run that the computer slept through: the next one says what was missed"


class Crontab:
    """``crontab``."""

    name = "cron"
    verbatim = True

    def __init__(self, computer: Computer) -> None:
        """For the user of ``computer``."""
        self._computer = computer

    def there(self) -> bool:
        """Whether there is a ``crontab`` that this user may use."""
        return self._computer.platform != "win32" and self._read() is not None

    def render(self, job: Job, now: Instant) -> Rendered:
        """The block; in another zone than the system's it is translated."""
        zone = self._computer.zone()
        ahead = differences(job.plan.zone, self._computer.clocks(), now)
        text, notes = block(job, ahead), [_MISSED]
        if ahead != (0,):
            if not self._computer.knows_zone(job.plan.zone):
                raise RefusedError(
                    f"this system's database has no {job.plan.zone}: install tzdata, or say --zone {zone}"
                )
            notes.append(
                f"cron knows only this system's zone, {zone}: each line asks whether it is time in {job.plan.zone}"
            )
        if max(len(line.encode("utf-8", "surrogateescape")) for line in text.splitlines()) > LONGEST:
            raise RefusedError(f"cron takes no line of more than {LONGEST} bytes: give the ledger a shorter path")
        return Rendered(job.name, {_PLACE: text}, (*notes, *self._asleep()))

    def installed(self, name: str) -> Mapping[str, str]:
        """The block, if it is there."""
        found = split(self._read() or "", name)[1]
        return {_PLACE: found} if found else {}

    def running(self, name: str) -> bool:
        """Whether the block is there; cron reads it by itself."""
        return bool(self.installed(name))

    def install(self, made: Rendered) -> None:
        """Put the block in its old place, or at the end."""
        before, _, after = split(self._needed(), made.name)
        if before and not before.endswith("\n"):
            before += "\n"
        self._write(before + made.texts[_PLACE] + after)

    def remove(self, name: str) -> None:
        """Take the block out; a crontab that held nothing else goes."""
        before, found, after = split(self._needed(), name)
        if not found:
            return
        if before + after:
            self._write(before + after)
        elif (ran := self._computer.run(["crontab", "-r"], None)).status:
            raise RefusedError(f"crontab -r failed: {ran.reason}")

    def last_run(self, name: str) -> Instant | None:
        """Cron keeps none."""
        del name
        return NOT_KEPT

    def _read(self) -> str | None:
        """The crontab, empty where there is none yet; ``None`` where it cannot be told."""
        ran = self._computer.run(["crontab", "-l"], None)
        if not ran.status:
            return ran.out
        return "" if ran.status != NOT_THERE and "no crontab for" in ran.err else None

    def _needed(self) -> str:
        text = self._read()
        if text is None:
            ran = self._computer.run(["crontab", "-l"], None)
            hint = "install cron" if ran.status == NOT_THERE else "choose another --kind"
            raise RefusedError(f"the crontab cannot be read ({ran.reason}): {hint}")
        return text

    def _write(self, text: str) -> None:
        ran = self._computer.run(["crontab", "-"], text)
        if ran.status:
            raise RefusedError(f"crontab took no change, and is as it was: {ran.reason}")
        if self._read() != text:
            raise RefusedError("the crontab was changed by somebody else at the same time: look at it with crontab -l")

    def _asleep(self) -> tuple[str, ...]:
        """A warning where no cron runs, as far as that can be seen."""
        for name in ("crond.pid", "cron.pid"):
            with suppress(OSError, ValueError):
                if Path(f"/proc/{int(Path('/run', name).read_text())}").exists():
                    return ()
        return (
            ("no cron seems to run on this computer: start it, or use forecast watch",)
            if Path("/proc").exists()
            else ()
        )
