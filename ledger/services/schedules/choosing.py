"""Which kind of timer: the one that was named, or the one that this computer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import InputError, RefusedError
from ledger.services.schedules.computer import Computer
from ledger.services.schedules.crontab import Crontab
from ledger.services.schedules.job import name_of
from ledger.services.schedules.launchd import Launchd
from ledger.services.schedules.rendered import Kind
from ledger.services.schedules.systemd import Systemd
from ledger.services.schedules.windows import WindowsTask

KINDS: Mapping[str, type[Systemd | Crontab | Launchd | WindowsTask]] = {
    "systemd": Systemd, "cron": Crontab, "launchd": Launchd, "windows": WindowsTask
}  # fmt: skip


def chosen(kind: str | None, computer: Computer) -> Kind:
    """The kind that is meant; raises ``InputError`` for an unknown one, ``RefusedError`` where there is none."""
    if kind is not None:
        if kind not in KINDS:
            raise InputError(f"--kind {quoted(kind)}: choose {', '.join(KINDS)}{did_you_mean(kind, KINDS)}")
        return KINDS[kind](computer)
    for one in candidates(computer):
        if one.there():
            return one
    raise RefusedError("no timer answers here (systemctl --user, crontab): install cron, or run forecast watch")


def candidates(computer: Computer) -> list[Kind]:
    """The kinds that a computer of this platform may have, the best first."""
    if computer.platform == "win32":
        return [WindowsTask(computer)]
    if computer.platform == "darwin":
        return [Launchd(computer), Crontab(computer)]
    return [Systemd(computer), Crontab(computer)]


def those_installed(ledger: Path, computer: Computer) -> Iterator[tuple[Kind, Mapping[str, str]]]:
    """The kinds in which a schedule of this ledger is installed, with its texts."""
    for kind in candidates(computer):
        if found := kind.installed(name_of(ledger)):
            yield kind, found
