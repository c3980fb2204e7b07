"""Ledgers to review: every kind of question, and a chain of conditions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.opening import opened
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.services.values import Stated
from ledger.storage.location import Location

ASKED_AT = datetime(2026, 1, 10, 12, tzinfo=UTC)


def _added(location: Location, title: str, by: str, **told: object) -> None:
    asked = Asked(title=title, by=by, zone="UTC", forecaster="Ana", **told)  # type: ignore[arg-type]
    add(location, asked, lambda _: None)


def kinds(folder: Path) -> Location:
    """A choice, an ordered one, a number and a yes-or-no question, all due; the last one is open."""
    location = Location(folder / "kinds.db")
    initialise(location, None, print)
    with clock.set_to(ASKED_AT):
        vector = Stated(options=(("Green", "0.2"), ("Left", "0.5"), ("Right", "0.3")))
        _added(
            location,
            "Which party will lead the next government?",
            "2026-02-01",
            kind="choice",
            options=("Green", "Left", "Right"),
            stated=vector,
            criteria="As sworn in by the president.",
        )
        _added(
            location,
            "How bad will the flood be?",
            "2026-02-05",
            kind="ordered",
            options=("low", "middle", "high"),
            stated=Stated(options=(("low", "0.7"), ("middle", "0.2"), ("high", "0.1"))),
        )
        quantiles = Stated(quantiles=(("0.1", "1.5"), ("0.5", "2.1"), ("0.9", "3.4")))
        _added(
            location,
            "What will inflation be in January, in percent?",
            "2026-03-01",
            kind="numeric",
            stated=quantiles,
            criteria="The first figure that the statistics office publishes.",
        )
        _added(location, "Will the bridge open by March?", "2026-03-31", stated=Stated(probability="70%"))
        _added(location, "Will the tunnel open by 2028?", "2027-12-31", stated=Stated(probability="20%"))
    return location  # fmt: skip


def chain(folder: Path) -> Location:
    """#1, then #2 if #1 happens, then #3 if #2 happens, and #4 if #1 does not; all past their deadline."""
    location = Location(folder / "chain.db")
    initialise(location, None, print)
    with clock.set_to(ASKED_AT):
        for title, needs in (("First?", None), ("Second?", "1=yes"), ("Third?", "2=yes"), ("Otherwise?", "1=no")):
            stated = Stated(probability="60%")
            _added(location, title, "2026-02-01", stated=stated, key=title.strip("?").lower(), condition=needs)
    return location


def somebody_records(location: Location, number: int, outcome: str, note: str | None = None) -> None:
    """Another process records an outcome."""
    resolve(location, f"#{number}", outcome, lambda _: None, note=note)


def states(location: Location) -> dict[int, str | None]:
    """Each question's outcome, or its state where there is none."""
    with opened(location) as book:
        rows = book.driver.all("SELECT id, state, outcome FROM question ORDER BY id")
    return {number: outcome if state == "resolved" else state for number, state, outcome in rows}


def entries(location: Location) -> int:
    """How many entries the journal has."""
    with opened(location) as book:
        return book.last_entry
