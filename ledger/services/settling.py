"""``resolve``, ``void``, ``reopen``: the settling of questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from ledger.domain.instants import Instant, format_instant
from ledger.domain.kinds import Kind, State, Status
from ledger.domain.moments import Moment, describe
from ledger.domain.outcomes import Outcome, parse_outcome
from ledger.domain.words import clean_input, needed_input
from ledger.errors import AlreadySettledError, RefusedError, Settlement
from ledger.journal.entry import Draft
from ledger.services.outcome_names import outcome_name
from ledger.services.results import WHY, Done
from ledger.services.stating import the_question
from ledger.services.times import read_time, refuse_future
from ledger.services.void_reasons import void_told
from ledger.storage.attempts import repeated
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.reading.history import resolutions
from ledger.storage.reading.questions import QuestionRow, options
from ledger.storage.writing import Transaction, transaction

LONGEST_ADDRESS = 2_000
"""Characters of an evidence."""


@repeated
def resolve(
    location: Location,
    told: str,
    outcome: str,
    tell: Callable[[str], None],
    *,
    known_at: str | None = None,
    zone: str | None = None,
    evidence: str | None = None,
    note: str | None = None,
    supersede: bool = False,
) -> Done:
    """Record what happened; the refusals of the blueprint, each in one line."""
    with transaction(location.place, "resolve", tell) as work:
        asked = the_question(work.driver, told)
        done = Done(question=asked.id)
        read, draft = outcome_draft(
            work, asked, outcome, done,
            known_at=known_at, zone=zone, evidence=evidence, note=note, supersede=supersede,
        )  # fmt: skip
        late = late_statements(work.driver, asked.id)
        done.entries = work.append([draft])
        done.said.append(f"{asked.name}: {read.shown} (entry {done.entries[0]})")
        done.notices.extend(late_told(late_statements(work.driver, asked.id) - late))
        done.notices.extend(consequences(work, asked))
        return done


def outcome_draft(
    work: Transaction, asked: QuestionRow, outcome: str, done: Done, *, known_at: str | None, zone: str | None,
    evidence: str | None, note: str | None, supersede: bool, field: str = "--known-at",
) -> tuple[Outcome, Draft]:  # fmt: skip
    """What is to be recorded of an outcome; ``done`` takes how its time was read, messages call that time ``field``.

    Raises ``InputError`` for what is no outcome of the question, and ``RefusedError`` where it waits, has one already,
    or the time is needed or in the future.
    """
    read = parse_outcome(outcome, Kind(asked.kind), options(work.driver, asked.id))
    last = last_resolution(work.driver, asked.id)
    _refuse_waiting(work, asked)
    if last is not None and not supersede:
        _refuse_second(work.driver, asked, "to record another outcome say --supersede")
    before = last or (_taken_back(work.driver, asked.id, read.text) if asked.deadline <= work.recorded_at else None)
    known = _known_at(work, asked, known_at, zone, before, done, field)
    facts = {
        "question": asked.id, "outcome": read.fact, "supersedes": last[0] if last else None,
        "known_at": None if known is None else format_instant(known),
    }  # fmt: skip
    text = {
        "evidence": clean_input(evidence, "--evidence", limit=LONGEST_ADDRESS) if evidence else None,
        "note": clean_input(note, "--note") if note else None,
    }
    return read, Draft.of("resolve", facts, text)


def late_statements(driver: Driver, number: int) -> int:
    """How many statements of a question came at or after its close."""
    row = driver.one("SELECT COALESCE(SUM(late), 0) FROM unit WHERE question_id = ?", (number,))
    return int(row[0]) if row else 0


def late_told(more: int) -> list[str]:
    """Say what the time of knowing did to statements: none of it happens unseen."""
    if not more:
        return []
    noun = "statement" if abs(more) == 1 else "statements"
    return [f"{abs(more)} {noun} {'now late, and not scored' if more > 0 else 'no longer late, and scored'}"]


LastResolution = tuple[int, str, Instant | None] | None


def last_resolution(driver: Driver, number: int) -> LastResolution:
    """The entry, kind and ``known_at`` of the resolution that counts; ``None`` where there is none."""
    sql = "SELECT entry, kind, known_at FROM resolution WHERE question_id = ? ORDER BY entry DESC LIMIT 1"
    row = driver.one(sql, (number,))
    return None if row is None or row[1] == "reopen" else (row[0], row[1], row[2])


def _taken_back(driver: Driver, number: int, outcome: str) -> LastResolution:
    """The last outcome, taken back since, where it is the one that is recorded again: what it said was known stays."""
    row = driver.one(
        "SELECT entry, kind, known_at, outcome FROM resolution WHERE question_id = ? AND kind = 'outcome' "
        "ORDER BY entry DESC LIMIT 1",
        (number,),
    )
    return None if row is None or row[3] != outcome else (row[0], row[1], row[2])


def _refuse_waiting(work: Transaction, asked: QuestionRow) -> None:
    if asked.status(work.recorded_at) is Status.WAITING:
        raise RefusedError(
            f"{asked.name} waits for its condition, #{asked.condition_id}, which is not settled; resolve that one first"
        )


def _refuse_second(driver: Driver, asked: QuestionRow, hint: str) -> NoReturn:
    last = resolutions(driver, asked.id)[-1]
    outcome = outcome_name(asked.kind, last.outcome, options(driver, asked.id))
    stands = Settlement(asked.id, last.entry, last.recorded_at, outcome, last.known_at, last.note)
    how = "void" if last.kind == "void" else "resolved"
    raise AlreadySettledError(f"{asked.name} is already {how} (entry {last.entry}); {hint}", stands)


def _known_at(
    work: Transaction, asked: QuestionRow, told: str | None, zone: str | None, last: LastResolution, done: Done,
    field: str,
) -> Instant | None:  # fmt: skip
    if told is not None:
        moment = read_time(told, field, zone)
        if told.strip().lower() == "now":
            moment = Moment(work.recorded_at, None, told)
        refuse_future(moment, work.recorded_at, field)
        done.notices.append(f"known at: {describe(moment.instant, moment.zone)}")
        return moment.instant
    if last is not None and last[1] == "outcome" and last[2] is not None:
        done.notices.append(f"known at: {describe(last[2], None)}, as the resolution before said")
        return last[2]
    if asked.deadline > work.recorded_at:
        raise RefusedError(
            f"{asked.name} has its deadline ahead ({describe(asked.deadline, asked.zone)}): "
            f"say since when the outcome is known with {field} (now is allowed)"
        )
    done.notices.append("known at: not said, so the question closed at its deadline")
    return None


def consequences(work: Transaction, asked: QuestionRow) -> list[str]:
    """What the resolution did to questions that depend on this one, and what keeps it from counting."""
    now = work.recorded_at
    told = []
    after = the_question(work.driver, f"#{asked.id}")
    if after.state == State.VOID:
        told.append(f"kept, but not counted: the question is void, as {void_told(work.driver, after)}")
    children = work.driver.all("SELECT id FROM question WHERE condition_id = ? ORDER BY id", (asked.id,))
    for (child,) in children:
        shown = the_question(work.driver, f"#{child}")
        told.append(f"{shown.name} (#{child}) is now {shown.status(now)}")
    return told


@repeated
def void(location: Location, told: str, reason: str, tell: Callable[[str], None]) -> Done:
    """Annul a question, with its reason; units of it are never scored."""
    with transaction(location.place, "void", tell) as work:
        asked = the_question(work.driver, told)
        last = last_resolution(work.driver, asked.id)
        if last is not None and last[1] == "void":
            _refuse_second(work.driver, asked, "undo that with: forecast reopen")
        facts = {"question": asked.id, "supersedes": last[0] if last else None}
        entries = work.append([Draft.of("void", facts, {"reason": needed_input(reason, "--reason", WHY)})])
        done = Done([f"{asked.name}: void (entry {entries[0]})"], [], asked.id, entries)
        done.notices.extend(consequences(work, asked)[1:])
        return done


@repeated
def reopen(location: Location, told: str, reason: str, tell: Callable[[str], None]) -> Done:
    """Take back a resolution or a void; both stay in the record."""
    with transaction(location.place, "reopen", tell) as work:
        asked = the_question(work.driver, told)
        last = last_resolution(work.driver, asked.id)
        if last is None:
            derived = f": it is void because {void_told(work.driver, asked)}" if asked.void_reason else ""
            raise RefusedError(f"{asked.name} has no resolution of its own to take back{derived}")
        facts = {"question": asked.id, "supersedes": last[0]}
        entries = work.append([Draft.of("reopen", facts, {"reason": needed_input(reason, "--reason", WHY)})])
        now = the_question(work.driver, f"#{asked.id}").status(work.recorded_at)
        return Done([f"{asked.name}: {now} again (entry {entries[0]})"], consequences(work, asked), asked.id, entries)
