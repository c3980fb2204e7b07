"""A marked block of a crontab as text.

cron turns ``\\%`` into ``%`` and knows no other escape, but some cron take ``\\\\`` for one: no backslash stands
before another or before a percent sign. It knows no zone but the system's, so a plan in another one is written at
every time of the system's clocks that it may be, and the shell asks there whether it is.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import time

from ledger.services.schedules.job import MADE, THROUGH_SHELL, Job
from ledger.services.schedules.zones import guard, shifted

LONGEST = 950
"""Bytes that Debian's cron takes as a command are 1000."""


def block(job: Job, ahead: tuple[int, ...]) -> str:
    """The block, where the system's clocks are so many minutes ahead of the plan's zone."""
    lines = [begin_line(job.name), f"# {MADE}", f"# {job.plan_line}"]
    for at in job.plan.at:
        command = _command(job, None if ahead == (0,) else at)
        lines += [f"{moment} {command}" for moment in _moments(job, at, ahead)]
    return "".join(f"{line}\n" for line in [*lines, end_line(job.name)])


def begin_line(name: str) -> str:
    """The first line of the block."""
    return f"# >>> {name} >>>"


def end_line(name: str) -> str:
    """The last line of the block."""
    return f"# <<< {name} <<<"


def split(text: str, name: str) -> tuple[str, str, str]:
    """A crontab before, in and after the block; all of it is before where there is no block."""
    whole = rf"^{re.escape(begin_line(name))}\n.*?^{re.escape(end_line(name))}(?:\n|\Z)"
    match = re.search(whole, text, re.MULTILINE | re.DOTALL)
    return (text, "", "") if match is None else (text[: match.start()], match[0], text[match.end() :])


def word(text: str) -> str:
    """A word as cron and then the shell read it back."""
    apart = re.sub(r"\\(?=[\\%])", r"\\''", shlex.quote(text))
    return apart.replace("%", "\\%")


def _moments(job: Job, at: time, ahead: tuple[int, ...]) -> Iterator[str]:
    """The five fields of cron's, the hours of one minute and the same days together."""
    hours: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    for minutes in ahead:
        then, days = shifted(at, job.plan.days, minutes)
        hours.setdefault((then.minute, days), set()).add(then.hour)
    for (minute, days), found in sorted(hours.items()):
        listed = ",".join(map(str, sorted(found)))
        yield f"{minute} {listed} * * {','.join(str((day + 1) % 7) for day in days) or '*'}"


def _command(job: Job, guarded: time | None) -> str:
    words = job.command
    if guarded is not None:
        asked = f'case $(TZ={job.plan.zone} date +%u-%H:%M) in {guard(job.plan, guarded)}) exec "$0" "$@";; esac'
        words = ("/bin/sh", "-c", asked, *words)
    if job.carried:
        words = words if "=" not in words[0] else (*THROUGH_SHELL, *words)
        words = ("/usr/bin/env", *(f"{name}={value}" for name, value in job.carried), *words)
    return " ".join(map(word, words))
