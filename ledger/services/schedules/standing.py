"""How the schedule of a ledger stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger import clock
from ledger.domain.instants import Instant, format_instant, from_datetime
from ledger.domain.moments import describe
from ledger.errors import LedgerError
from ledger.services.opening import opened
from ledger.services.schedules.choosing import those_installed
from ledger.services.schedules.computer import Computer
from ledger.services.schedules.job import file_of, job_for, name_of
from ledger.services.schedules.plan import Plan, next_run
from ledger.services.schedules.rendered import Kind
from ledger.services.schedules.scheduling import plan_of
from ledger.storage.location import Location
from ledger.storage.schema import has_table


@dataclass(frozen=True, slots=True)
class Standing:
    """One installed schedule; times in µs."""

    kind: str
    name: str
    places: tuple[str, ...]
    plan: Plan | None
    """``None`` where somebody changed it by hand, so that it cannot be read."""
    running: bool
    as_written: bool
    """Whether it is, letter by letter, what ``install`` would write today."""
    last_run: Instant | None
    """As the timer tells it, where it does."""
    next_run: Instant | None

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {
            "kind": self.kind,
            "name": self.name,
            "places": list(self.places),
            "plan": None if self.plan is None else self.plan.as_data(),
            "running": self.running,
            "as_written": self.as_written,
            "last_run": _told(self.last_run),
            "next_run": _told(self.next_run),
        }


@dataclass(frozen=True, slots=True)
class Status:
    """All schedules of a ledger, and when a reminder last said something (µs)."""

    schedules: tuple[Standing, ...]
    last_said: Instant | None

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        schedules = [one.as_data() for one in self.schedules]
        return {"installed": bool(schedules), "schedules": schedules, "last_said": _told(self.last_said)}

    def lines(self) -> list[str]:
        """The same in words."""
        zone = next((one.plan.zone for one in self.schedules if one.plan), None)
        said = [f"last said something {describe(self.last_said, zone)}"] if self.last_said is not None else []
        if not self.schedules:
            return ["not installed; to do so: forecast schedule install --at 09:00", *said]
        return [line for one in self.schedules for line in _lines(one)] + (said or ["nothing was ever said"])


def status(location: Location, computer: Computer) -> Status:
    """How it stands; a ledger that cannot be read has said nothing."""
    now = from_datetime(clock.now())
    found = [
        _standing(location, kind, texts, computer, now) for kind, texts in those_installed(file_of(location), computer)
    ]
    return Status(tuple(found), _last_said(location))


def _standing(location: Location, kind: Kind, texts: Mapping[str, str], computer: Computer, now: Instant) -> Standing:
    name, plan = name_of(file_of(location)), plan_of(texts)
    running = kind.running(name)
    following = next_run(plan, now) if plan is not None and running else None
    as_written = plan is not None and (
        not kind.verbatim or _written(location, kind, plan, computer, now) == dict(texts)
    )
    return Standing(kind.name, name, tuple(texts), plan, running, as_written, kind.last_run(name), following)


def _written(location: Location, kind: Kind, plan: Plan, computer: Computer, now: Instant) -> dict[str, str]:
    try:
        return dict(kind.render(job_for(file_of(location), plan, computer.environ), now).texts)
    except LedgerError:
        return {}


def _last_said(location: Location) -> Instant | None:
    try:
        with opened(location) as book:
            row = (
                book.driver.one("SELECT MAX(recorded_at) FROM announced")
                if has_table(book.driver, "announced")
                else None
            )
    except LedgerError:
        return None
    return None if row is None else row[0]


def _lines(one: Standing) -> list[str]:
    zone = None if one.plan is None else one.plan.zone
    lines = [f"installed: {one.plan or 'changed by hand into something that is no plan'} ({one.kind})"]
    lines += [f"  {place}" for place in one.places]
    if not one.running:
        lines.append("it is not switched on: forecast schedule install")
    if not one.as_written:
        lines.append("it is not what would be written today: forecast schedule install")
    if one.last_run is not None:
        lines.append(f"last run {describe(one.last_run, zone)}")
    if one.next_run is not None:
        lines.append(f"next run {describe(one.next_run, zone)}")
    return lines


def _told(instant: Instant | None) -> str | None:
    return None if instant is None else format_instant(instant)
