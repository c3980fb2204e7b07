"""systemd's units as text: a service that runs once, and its timer."""

from __future__ import annotations

import re

from ledger.domain.review_rules import WEEKDAYS
from ledger.services.schedules.job import MADE, THROUGH_SHELL, Job
from ledger.services.schedules.plan import Plan

_PLAIN = re.compile(r"[A-Za-z0-9_/.:@+,-]+").fullmatch
_NO_PROGRAM = re.compile(r"""["'\\]""")
"""What systemd refuses in the path of a program."""


def service(job: Job) -> str:
    """The unit that runs the reminder once."""
    carried = [f"Environment={argument(f'{name}={value}', variables=False)}" for name, value in job.carried]
    lines = [f"# {MADE}", "[Unit]", _description(job), "", "[Service]", "Type=oneshot", *carried]
    return "".join(f"{line}\n" for line in [*lines, f"ExecStart={_command(job)}"])


def timer(job: Job) -> str:
    """The unit that starts the service: to the second, and after sleep what was missed, once."""
    lines = [f"# {MADE}", f"# {job.plan_line}", "[Unit]", _description(job), "", "[Timer]"]
    lines += [f"OnCalendar={one}" for one in calendar(job.plan)]
    lines += ["Persistent=true", "AccuracySec=1s", "RandomizedDelaySec=0", "", "[Install]", "WantedBy=timers.target"]
    return "".join(f"{line}\n" for line in lines)


def calendar(plan: Plan) -> list[str]:
    """The plan in systemd's calendar lines, its zone in each."""
    days = ",".join(WEEKDAYS[one].capitalize() for one in plan.days)
    return [f"{days + ' ' if days else ''}*-*-* {at.isoformat()} {plan.zone}" for at in plan.at]


def argument(word: str, *, variables: bool = True) -> str:
    """One word as systemd reads it back; ``variables`` where it would take ``$`` for one."""
    if _PLAIN(word):
        return word
    told = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{told.replace("$", "$$") if variables else told}"'


def _command(job: Job) -> str:
    words = (*THROUGH_SHELL, *job.command) if _NO_PROGRAM.search(job.command[0]) else job.command
    return " ".join([argument(words[0], variables=False), *map(argument, words[1:])])


def _description(job: Job) -> str:
    return f"Description=What asks for a review in {str(job.ledger).replace('%', '%%')} (Forecast Ledger)"
