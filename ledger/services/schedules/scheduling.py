"""``schedule``: show what would be installed, install it, take it away, tell how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger import clock
from ledger.domain.instants import Instant, format_instant, from_datetime
from ledger.domain.moments import describe
from ledger.errors import RefusedError
from ledger.services.dates import default_zone
from ledger.services.opening import opened
from ledger.services.results import Done
from ledger.services.schedules.choosing import chosen, those_installed
from ledger.services.schedules.computer import Computer
from ledger.services.schedules.hearing import channel_notes
from ledger.services.schedules.job import file_of, job_for, name_of, plan_in
from ledger.services.schedules.plan import Plan, next_run, read_back, read_plan
from ledger.services.schedules.rendered import Kind, Rendered
from ledger.storage.location import Location


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, as it was typed; where no time is named, what is installed already, or every day at nine."""

    at: tuple[str, ...] = ()
    weekly: tuple[str, ...] = ()
    zone: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What ``install`` would write, and when it would run next (µs)."""

    kind: Kind
    plan: Plan
    made: Rendered
    next_run: Instant | None

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        files = [{"path": path, "text": text} for path, text in self.made.texts.items()]
        following = None if self.next_run is None else format_instant(self.next_run)
        about = {"kind": self.kind.name, "name": self.made.name, "plan": self.plan.as_data(), "next_run": following}
        return about | {"files": files, "notes": list(self.made.notes)}


def shown(location: Location, wanted: Wanted, computer: Computer) -> Shown:
    """What ``install`` would write; raises ``InputError`` and ``RefusedError`` as that does. Nothing is written."""
    kind, now = chosen(wanted.kind, computer), from_datetime(clock.now())
    plan = _plan(location, wanted, kind, computer)
    job = job_for(file_of(location), plan, computer.environ)
    made = kind.render(job, now)
    notes = (*made.notes, *channel_notes(computer.environ))
    return Shown(kind, plan, Rendered(made.name, made.texts, notes), next_run(plan, now))


def install(location: Location, wanted: Wanted, computer: Computer) -> Done:
    """Install the schedule, in place of an older one of the same ledger; the same again changes nothing.

    Raises ``StoreError`` where there is no ledger, ``RefusedError`` where the timer takes nothing, or another kind
    of timer has the ledger already.
    """
    with opened(location):
        found = shown(location, wanted, computer)
    name, following = found.made.name, _following(found)
    before = dict(those_installed(file_of(location), computer))
    for other in before:
        if other.name != found.kind.name:
            raise RefusedError(f"{other.name} has a schedule of this ledger: forecast schedule remove, then install")
    there = next(iter(before.values()), {})
    if _same(found.kind, there, found.made, found.plan) and found.kind.running(name):
        return Done([f"installed so already: {found.plan} ({found.kind.name})", following])
    found.kind.install(found.made)
    where = [f"  {path}" for path in found.made.texts]
    said = "changed" if there else "installed"
    return Done([f"{said}: {found.plan} ({found.kind.name})", *where, following], list(found.made.notes))


def remove(location: Location, computer: Computer) -> Done:
    """Take away whatever is installed for the ledger, which need not be there any more."""
    found = [kind for kind, _ in those_installed(file_of(location), computer)]
    for kind in found:
        kind.remove(name_of(file_of(location)))
    return Done([f"removed from {kind.name}" for kind in found] or ["no schedule is installed for this ledger"])


def _plan(location: Location, wanted: Wanted, kind: Kind, computer: Computer) -> Plan:
    if not (wanted.at or wanted.weekly or wanted.zone):
        there = kind.installed(name_of(file_of(location)))
        if (plan := plan_of(there)) is not None:
            return plan
    zone = wanted.zone or default_zone(computer.environ, computer.etc).name
    return read_plan(wanted.at, wanted.weekly, zone)


def plan_of(texts: Mapping[str, str]) -> Plan | None:
    """The plan in the texts of a schedule, where it is one."""
    told = next((found for text in texts.values() if (found := plan_in(text))), None)
    return None if told is None else read_back(told)


def _same(kind: Kind, there: Mapping[str, str], made: Rendered, plan: Plan) -> bool:
    return dict(there) == dict(made.texts) if kind.verbatim else plan_of(there) == plan


def _following(found: Shown) -> str:
    return "no next run" if found.next_run is None else f"next run {describe(found.next_run, found.plan.zone)}"
