"""``update``, ``withdraw``, ``correct``: statements of forecasters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ledger.domain.instants import format_instant
from ledger.domain.kinds import Kind
from ledger.domain.moments import Moment, describe
from ledger.domain.text import quoted
from ledger.domain.words import clean_input
from ledger.errors import NotFoundError, RefusedError
from ledger.journal.entry import Draft
from ledger.services.actors import default_forecaster, ensure_forecaster, forecaster_number
from ledger.services.results import Done
from ledger.services.times import read_time, refuse_future
from ledger.services.values import Stated, read_value
from ledger.storage.attempts import repeated
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.reading.finding import find_question
from ledger.storage.reading.questions import QuestionRow, options, question
from ledger.storage.writing import Transaction, transaction


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement of one forecaster."""

    forecaster: str
    stated: Stated
    made_at: Moment
    reason: str | None = None
    comment: str | None = None


def the_question(driver: Driver, told: str) -> QuestionRow:
    """The question that ``told`` names; raises ``NotFoundError``."""
    found = question(driver, find_question(driver, told))
    if found is None:
        raise NotFoundError(f"there is no question {told!r}")
    return found


@repeated
def update(
    location: Location,
    told: str,
    stated: Stated,
    tell: Callable[[str], None],
    *,
    forecaster: str | None = None,
    made_at: str | None = None,
    zone: str | None = None,
    reason: str | None = None,
) -> Done:
    """Record a new statement; it supersedes the forecaster's last, which stays."""
    with transaction(location.place, "update", tell) as work:
        asked = the_question(work.driver, told)
        moment = Moment(work.recorded_at, None, "now")
        if made_at is not None:
            moment = read_time(made_at, "--made-at", zone)
            refuse_future(moment, work.recorded_at, "--made-at")
        done = Done(question=asked.id)
        said = Saying(forecaster or default_forecaster(), stated, moment, reason)
        done.said.extend(state(work, asked.id, said, done))
        return done


def state(work: Transaction, number: int, said: Saying, done: Done) -> list[str]:
    """Record one statement inside a transaction; the lines to say, a late one named as late."""
    asked = question(work.driver, number)
    assert asked is not None
    value = read_value(said.stated, Kind(asked.kind), options(work.driver, number))
    who = ensure_forecaster(work, said.forecaster)
    made_at = format_instant(said.made_at.instant)
    facts = {"question": number, "forecaster": who, "made_at": made_at, **value.facts}
    text = {
        "hedge": clean_input(said.stated.hedge, "--hedge", limit=500) if said.stated.hedge else None,
        "reason": clean_input(said.reason, "--reason") if said.reason else None,
        "comment": clean_input(said.comment, "--comment") if said.comment else None,
    }
    (entry,) = work.append([Draft.of("forecast", facts, text)])
    done.entries.append(entry)
    row = work.driver.one("SELECT timing FROM forecast WHERE entry = ?", (entry,))
    lines = [f"{asked.name}: {said.forecaster} says {value.shown} (entry {entry})"]
    if said.made_at.typed != "now":
        done.notices.append(f"made at: {describe(said.made_at.instant, said.made_at.zone)}")
    if row and row[0] == "late":
        done.notices.append("late: stated at or after the close of the question; it is kept and shown, and not scored")
    return lines


@repeated
def withdraw(
    location: Location, told: str, tell: Callable[[str], None], *, forecaster: str | None = None,
    reason: str | None = None,
) -> Done:  # fmt: skip
    """Record that a forecaster steps back; what was said stays, and stops standing now."""
    with transaction(location.place, "withdraw", tell) as work:
        asked = the_question(work.driver, told)
        name, who = speaker(work.driver, asked, forecaster)
        if _has_withdrawn(work.driver, asked.id, who):
            raise RefusedError(
                f"{name} has already withdrawn from {asked.name}; say something new with: forecast update"
            )
        facts = {"question": asked.id, "forecaster": who, "at": format_instant(work.recorded_at)}
        text = {"reason": clean_input(reason, "--reason") if reason else None}
        entries = work.append([Draft.of("withdraw", facts, text)])
        return Done([f"{asked.name}: {name} withdrew (entry {entries[0]})"], [], asked.id, entries)


_SPEAKERS = """
    SELECT DISTINCT who.name, who.id FROM forecast f JOIN forecaster who ON who.id = f.forecaster_id
    WHERE f.question_id = ? ORDER BY who.id"""


def speaker(driver: Driver, asked: QuestionRow, told: str | None) -> tuple[str, int]:
    """Whose statement is meant: the one named, else the default forecaster's, else the only one there is."""
    rows = driver.all(_SPEAKERS, (asked.id,))
    if not rows:
        raise RefusedError(f"nobody has stated a forecast of {asked.name} yet; begin with: forecast update")
    name = told or default_forecaster()
    number = forecaster_number(driver, name)
    for known, who in rows:
        if who == number or (told is None and len(rows) == 1):
            return known or f"forecaster {who}", who
    names = ", ".join(quoted(known or f"forecaster {who}") for known, who in rows)
    raise NotFoundError(f"{quoted(name)} has stated no forecast of {asked.name}; say --forecaster, one of {names}")


def _has_withdrawn(driver: Driver, number: int, who: int) -> bool:
    row = driver.one(
        """SELECT (SELECT MAX(entry) FROM withdrawal WHERE question_id = ? AND forecaster_id = ?)
           > (SELECT MAX(entry) FROM forecast WHERE question_id = ? AND forecaster_id = ?)""",
        (number, who, number, who),
    )
    return bool(row and row[0])
