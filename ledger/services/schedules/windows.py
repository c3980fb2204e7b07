"""A task of the Windows task scheduler's."""

from __future__ import annotations

import re
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from subprocess import list2cmdline

from ledger.domain.instants import Instant
from ledger.errors import RefusedError
from ledger.services.schedules.computer import Computer
from ledger.services.schedules.job import MADE, Job
from ledger.services.schedules.local_clocks import local_times
from ledger.services.schedules.rendered import NOT_KEPT, Rendered

_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_VARIABLE = re.compile("%[^%]+%")
_BEGIN = "2024-01-01"


def task(job: Job, times: list[tuple[int, int, int | None]]) -> str:
    """The task as XML; ``times`` are hour, minute and weekday (0 is Monday) on the computer's clocks."""
    root = ET.Element("Task", {"version": "1.2", "xmlns": _SPACE})
    about = ET.SubElement(root, "RegistrationInfo")
    _leaf(about, "Description", f"{MADE}\n{job.plan_line}\n")
    triggers = ET.SubElement(root, "Triggers")
    for hour, minute, day in times:
        _trigger(triggers, f"{_BEGIN}T{hour:02}:{minute:02}:00", day)
    settings = ET.SubElement(root, "Settings")
    _leaf(settings, "MultipleInstancesPolicy", "IgnoreNew")
    _leaf(settings, "DisallowStartIfOnBatteries", "false")
    _leaf(settings, "StopIfGoingOnBatteries", "false")
    _leaf(settings, "StartWhenAvailable", "true")
    _leaf(settings, "ExecutionTimeLimit", "PT1H")
    run = ET.SubElement(ET.SubElement(root, "Actions"), "Exec")
    _leaf(run, "Command", job.command[0])
    _leaf(run, "Arguments", list2cmdline(job.command[1:]))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _trigger(triggers: ET.Element, begin: str, day: int | None) -> None:
    one = ET.SubElement(triggers, "CalendarTrigger")
    _leaf(one, "StartBoundary", begin)
    if day is None:
        _leaf(ET.SubElement(one, "ScheduleByDay"), "DaysInterval", "1")
    else:
        weekly = ET.SubElement(one, "ScheduleByWeek")
        _leaf(weekly, "WeeksInterval", "1")
        ET.SubElement(ET.SubElement(weekly, "DaysOfWeek"), _DAYS[day])


def _leaf(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


class WindowsTask:
    """``schtasks``."""

    name = "windows"
    verbatim = False

    def __init__(self, computer: Computer) -> None:
        """For the user of ``computer``."""
        self._computer = computer

    def there(self) -> bool:
        """Whether this is Windows."""
        return self._computer.platform == "win32"

    def render(self, job: Job, now: Instant) -> Rendered:
        """One task, on the computer's clocks."""
        for told in job.command:
            if _VARIABLE.search(told):
                raise RefusedError(f"the task scheduler takes %…% in {told} for a variable: choose another path")
        times, notes = local_times(job.plan, self._computer.clocks(), now, "the task scheduler")
        unheard = tuple(f"{name} is not set in a task: set it for your user with setx" for name, _ in job.carried)
        return Rendered(job.name, {f"\\{job.name}": task(job, times)}, (*notes, *unheard))

    def installed(self, name: str) -> Mapping[str, str]:
        """The task as Windows tells it, which is not letter by letter as it was written."""
        ran = self._computer.run(["schtasks", "/Query", "/TN", f"\\{name}", "/XML", "ONE"], None)
        return {} if ran.status else {f"\\{name}": ran.out}

    def running(self, name: str) -> bool:
        """Whether it is there."""
        return bool(self.installed(name))

    def install(self, made: Rendered) -> None:
        """Register it over an older one."""
        if not self.there():
            raise RefusedError("tasks are for Windows only: choose another --kind")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "task.xml"
            path.write_bytes(next(iter(made.texts.values())).encode("utf-16"))
            words = ["schtasks", "/Create", "/TN", f"\\{made.name}", "/XML", str(path), "/F"]
            ran = self._computer.run(words, None)
        if ran.status:
            raise RefusedError(f"the task scheduler took no task: {ran.reason}")

    def remove(self, name: str) -> None:
        """Delete it."""
        ran = self._computer.run(["schtasks", "/Delete", "/TN", f"\\{name}", "/F"], None)
        if ran.status:
            raise RefusedError(f"the task could not be deleted: {ran.reason}")

    def last_run(self, name: str) -> Instant | None:
        """Windows tells it in the language of the user; nothing here reads that."""
        del name
        return NOT_KEPT
