"""What a kind of timer is given, and what every kind can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ledger.domain.instants import Instant
from ledger.services.schedules.job import Job

NOT_KEPT: Instant | None = None
"""The last run, of a timer that keeps none."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The texts of a schedule by where each goes, in the order that they are written, and what is to be known."""

    name: str
    texts: Mapping[str, str]
    notes: tuple[str, ...] = ()


class Kind(Protocol):
    """One kind of timer on one computer."""

    @property
    def name(self) -> str:
        """What ``--kind`` calls it."""

    @property
    def verbatim(self) -> bool:
        """Whether what is installed can be had back letter by letter."""

    def there(self) -> bool:
        """Whether this computer has it, and it answers."""

    def render(self, job: Job, now: Instant) -> Rendered:
        """What ``install`` would write; raises ``RefusedError`` where it cannot say what is asked."""

    def installed(self, name: str) -> Mapping[str, str]:
        """The texts that are installed, empty where there are none; raises ``RefusedError`` where that is unknown."""

    def running(self, name: str) -> bool:
        """Whether what is installed is switched on as well."""

    def install(self, made: Rendered) -> None:
        """Install it, all or nothing; raises ``RefusedError`` where that cannot be."""

    def remove(self, name: str) -> None:
        """Take it away and leave nothing."""

    def last_run(self, name: str) -> Instant | None:
        """When it last ran, if the timer keeps that."""
