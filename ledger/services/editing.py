"""``edit`` and ``redact``: what a question says changes in the open; what must go goes without a trace of its words."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger.domain.conditions import refuse_loop
from ledger.domain.instants import format_instant
from ledger.domain.moments import describe
from ledger.domain.words import clean_input, needed_input
from ledger.errors import InputError, NotFoundError, RefusedError
from ledger.journal.entry import Draft
from ledger.services.adding import clean_tags, condition_fact, read_condition, refuse_early_deadline
from ledger.services.results import WHY, Done
from ledger.services.settling import last_resolution
from ledger.services.stating import the_question
from ledger.services.times import read_time
from ledger.storage.attempts import repeated
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.projection.changes import entries_of_question
from ledger.storage.reading.questions import QuestionRow, tags
from ledger.storage.writing import Transaction, transaction


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit changes; ``None`` leaves a field as it is. ``condition`` may be ``none``."""

    deadline: str | None = None
    criteria: str | None = None
    title: str | None = None
    tags: tuple[str, ...] | None = None
    condition: str | None = None
    zone: str | None = None


@repeated
def edit(location: Location, told: str, changes: Changes, reason: str, tell: Callable[[str], None]) -> Done:
    """Record a change of a question; the deadline and criteria in force for earlier statements stay theirs."""
    with transaction(location.place, "edit", tell) as work:
        asked = the_question(work.driver, told)
        done = Done(question=asked.id)
        facts: dict[str, object] = {"question": asked.id}
        text: dict[str, object] = {}
        _words(work.driver, asked, changes, text, done)
        _deadline(asked, changes, facts, done)
        _condition(work, asked, changes, facts, done)
        changed = sorted([*text, *(name for name in ("deadline", "condition") if name in facts)])
        if not changed:
            raise RefusedError(f"nothing to change: {asked.name} reads so already")
        facts["changed"] = changed
        text["reason"] = needed_input(reason, "--reason", WHY)
        if facts.get("condition") == "none":
            facts["condition"] = None
        done.entries = work.append([Draft.of("edit", facts, text)])
        done.said.insert(0, f"{asked.name}: edited {', '.join(changed)} (entry {done.entries[0]})")
        return done


def _words(driver: Driver, asked: QuestionRow, changes: Changes, text: dict[str, object], done: Done) -> None:
    for field, before, after in (("title", asked.title, changes.title), ("criteria", asked.criteria, changes.criteria)):
        if after is not None and (cleaned := clean_input(after, f"--{field}")) != (before or ""):
            if field == "title":
                needed_input(cleaned, "--title", "say what is asked")
            text[field] = cleaned
            done.said.extend(difference(before or "", cleaned))
    if changes.tags is not None:
        wanted = clean_tags(changes.tags)
        if wanted != tags(driver, question=asked.id).get(asked.id, []):
            text["tags"] = wanted


def difference(before: str, after: str) -> list[str]:
    """What changed between two texts, line by line, with ``-`` and ``+``."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[:1] in "+-"]


def _deadline(asked: QuestionRow, changes: Changes, facts: dict[str, object], done: Done) -> None:
    if changes.deadline is None:
        return
    moment = read_time(changes.deadline, "--deadline", changes.zone or asked.zone, ahead=True)
    refuse_early_deadline(moment, asked.opened_at if asked.opened_at is not None else asked.recorded_at)
    if moment.instant != asked.deadline:
        facts["deadline"] = format_instant(moment.instant)
        facts["zone"] = moment.zone
        done.said.append(f"- deadline: {describe(asked.deadline, asked.zone)}")
        done.said.append(f"+ deadline: {describe(moment.instant, moment.zone)}")


def _condition(work: Transaction, asked: QuestionRow, changes: Changes, facts: dict[str, object], done: Done) -> None:
    if changes.condition is None:
        return
    if changes.condition.strip().lower() == "none":
        if asked.condition_id is not None:
            facts["condition"] = "none"
            done.said.append("- its condition")
        return
    if last_resolution(work.driver, asked.id) is not None:
        raise RefusedError(f"{asked.name} has been settled: what it depends on no longer changes; see: forecast reopen")
    condition = read_condition(work.driver, changes.condition)
    assert condition is not None
    if (condition.question, condition.outcome) == (asked.condition_id, asked.condition_outcome):
        return
    chain: dict[int, int] = dict(
        work.driver.all("SELECT id, condition_id FROM question WHERE condition_id IS NOT NULL")
    )
    refuse_loop(asked.id, chain | {asked.id: condition.question}, lambda number: f"#{number}")
    facts["condition"] = condition_fact(condition)
    done.said.append(f"+ only if #{condition.question} = {condition.outcome}")


@repeated
def redact(location: Location, told: str, reason: str, tell: Callable[[str], None]) -> Done:
    """Drop the words of a question and of all that was said of it, or of one entry (``entry:57``)."""
    with transaction(location.place, "redact", tell) as work:
        if told.startswith("entry:"):
            numbers, number = _one_entry(work.driver, told), None
        else:
            number = the_question(work.driver, told).id
            numbers = entries_of_question(work.driver, number)
        dropped = [seq for seq in numbers if work.driver.one("SELECT 1 FROM entry_text WHERE seq = ?", (seq,))]
        if not dropped:
            raise RefusedError(f"{told}: there are no words left to redact")
        text = {"reason": needed_input(reason, "--reason", WHY)}
        entries = work.append([Draft.of("redact", {"entries": dropped}, text)])
        said = f"redacted the words of {_listed(dropped)}; times, classes, scores and counts stay (entry {entries[0]})"
        notice = "copies made before (backups, exports, the disk's free space) still hold the words"
        return Done([said], [notice], number, entries)


def _one_entry(driver: Driver, told: str) -> list[int]:
    digits = told.removeprefix("entry:")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise InputError(f"{told!r}: write entry: and its number, such as entry:57")
    if not driver.one("SELECT 1 FROM entry WHERE seq = ?", (int(digits),)):
        raise NotFoundError(f"the journal has no entry {digits}; see: forecast journal")
    return [int(digits)]


def _listed(numbers: Sequence[int]) -> str:
    """Name entries one by one, those in a row by their ends: ``5 entries (3, 7 to 9, 12)``."""
    if len(numbers) == 1:
        return f"entry {numbers[0]}"
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    told = [f"{row[0]} to {row[-1]}" if len(row) > 2 else ", ".join(map(str, row)) for row in rows]
    more = [f"and {sum(map(len, rows[_SHOWN:]))} more"] if len(rows) > _SHOWN else []
    return f"{len(numbers)} entries ({', '.join(told[:_SHOWN] + more)})"


_SHOWN = 8
"""Stretches of entries that a message lists."""
