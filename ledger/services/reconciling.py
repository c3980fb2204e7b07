"""What a sheet brings that the ledger does not have: the plan of an import, made before anything is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ledger.domain.conditions import Condition, refuse_loop
from ledger.domain.instants import Instant, format_instant
from ledger.domain.keys import key_digest
from ledger.domain.kinds import Kind
from ledger.domain.outcomes import Outcome, parse_outcome
from ledger.errors import InputError
from ledger.formats.sheet import Sheet, SheetQuestion
from ledger.services.changed import Change, changes
from ledger.services.matching import match_kinds
from ledger.storage.driver import Driver
from ledger.storage.reading.questions import options


@dataclass(slots=True)
class Plan:
    """What to record of a sheet: ``fresh`` marks its statements with 1 plus their place among equals, 0 for old."""

    sheet: Sheet
    numbers: list[int]
    """The ledger's number of each of the sheet's questions."""
    new: list[bool]
    fresh: bytearray
    places: dict[int, int] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    conditions: dict[int, Condition] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """How many statements are new."""
        return len(self.fresh) - self.fresh.count(0)


def reconcile(driver: Driver, sheet: Sheet, recorded_at: Instant) -> Plan:
    """Hold ``sheet`` against the book; raises ``FileInputError`` for what no ledger would take."""
    numbers, new = _number(driver, sheet)
    match_kinds(driver, sheet, numbers, new)
    plan = Plan(sheet, numbers, new, bytearray(len(sheet)))
    _refuse_future(sheet, recorded_at)
    for at, question in enumerate(sheet.questions):
        if question.outcome is not None:
            plan.outcomes[at] = _outcome(driver, plan, at, question, recorded_at)
    _read_conditions(driver, plan)
    _mark_fresh(driver, plan)
    plan.changes = list(changes(driver, plan.sheet, plan.numbers, plan.new, plan.outcomes))
    return plan


def _number(driver: Driver, sheet: Sheet) -> tuple[list[int], list[bool]]:
    known: dict[str, int] = dict(driver.all("SELECT key_digest, id FROM question"))
    by_key = _keys(driver) if known else {}
    following = max(known.values(), default=0) + 1
    numbers, new = [], []
    for question in sheet.questions:
        found = known.get(key_digest(question.source_url or "", question.key))
        if found is None and question.source_url is None:
            found = _alone(sheet, question, by_key.get(question.key, []))
        new.append(found is None)
        numbers.append(following if found is None else found)
        following += found is None
    return numbers, new


def _keys(driver: Driver) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, number in driver.stream("SELECT key, id FROM question WHERE key IS NOT NULL ORDER BY id"):
        found.setdefault(key, []).append(number)
    return found


def _alone(sheet: Sheet, question: SheetQuestion, numbers: list[int]) -> int | None:
    if len(numbers) > 1:
        listed = ", ".join(f"#{number}" for number in numbers)
        problem = f"the key {question.key!r} is ambiguous: {listed} have it; name the source in the column source_url"
        raise sheet.refuse(problem, question.line, "question_id")
    return numbers[0] if numbers else None


def _refuse_future(sheet: Sheet, recorded_at: Instant) -> None:
    if len(sheet) and max(sheet.made_at) > recorded_at:
        at = next(at for at, made_at in enumerate(sheet.made_at) if made_at > recorded_at)
        problem = f"{format_instant(sheet.made_at[at])} is in the future; a forecast is stated before it is imported"
        raise sheet.refuse(problem, sheet.line[at], "forecast_at")
    for question in sheet.questions:
        if question.known_at is not None and question.known_at > recorded_at:
            problem = f"{format_instant(question.known_at)} is in the future; an outcome is known before it is imported"
            raise sheet.refuse(problem, question.line, "resolved_at")


def _outcome(driver: Driver, plan: Plan, at: int, question: SheetQuestion, recorded_at: Instant) -> Outcome:
    if question.known_at is None and question.deadline > recorded_at and question.outcome != "void":
        problem = "the deadline is ahead, so say in resolved_at since when the outcome is known"
        raise plan.sheet.refuse(problem, question.line, "resolved_at")
    if question.outcome == "void":
        return Outcome("void", None, "void")
    names = question.options or options(driver, plan.numbers[at])
    try:
        return parse_outcome(question.outcome or "", Kind(question.kind), names)
    except InputError as problem:
        raise plan.sheet.refuse(str(problem), question.line, "outcome") from problem


def _read_conditions(driver: Driver, plan: Plan) -> None:
    conditional = [(at, one) for at, one in enumerate(plan.sheet.questions) if one.condition and plan.new[at]]
    if not conditional:
        return
    places = {question.key: at for at, question in enumerate(plan.sheet.questions)}
    chain: dict[int, int] = dict(driver.all("SELECT id, condition_id FROM question WHERE condition_id IS NOT NULL"))
    for at, question in conditional:
        plan.conditions[at] = _condition(driver, plan, question, places)
        chain[plan.numbers[at]] = plan.conditions[at].question
    for at, question in conditional:
        try:
            refuse_loop(plan.numbers[at], chain, lambda number: f"#{number}")
        except Exception as problem:
            raise plan.sheet.refuse(str(problem), question.line, "condition") from problem


def _condition(driver: Driver, plan: Plan, question: SheetQuestion, places: dict[str, int]) -> Condition:
    key, told = question.condition or ("", "")
    at = places.get(key)
    if at is not None:
        number, kind, names = plan.numbers[at], plan.sheet.questions[at].kind, plan.sheet.questions[at].options
    else:
        rows = driver.all("SELECT id, kind FROM question WHERE key = ?", (key,))
        if len(rows) != 1:
            problem = f"its condition {key!r} is neither in the file nor in the ledger"
            raise plan.sheet.refuse(problem, question.line, "condition")
        number, kind = rows[0]
        names = options(driver, number)
    try:
        return Condition(number, parse_outcome(told, Kind(kind), names).text)
    except InputError as problem:
        raise plan.sheet.refuse(str(problem), question.line, "condition") from problem


def _mark_fresh(driver: Driver, plan: Plan) -> None:
    """Mark what is new: everything of new questions, and of others what is not there as often as the file says it."""
    sheet = plan.sheet
    if all(plan.new) and "unknown" not in sheet.forecasters:
        plan.fresh = bytearray(b"\1") * len(sheet)
        return
    names: dict[int, str] = dict(driver.all("SELECT id, name FROM forecaster"))
    order = sorted(range(len(sheet)), key=sheet.question_of.__getitem__)
    for question, places in groupby(order, key=sheet.question_of.__getitem__):
        there = Counter() if plan.new[question] else _there(driver, plan.numbers[question], names)
        seen: Counter[tuple[object, ...]] = Counter()
        for at in places:
            identity = _identity(sheet, at)
            if seen[identity] >= there[identity]:
                plan.fresh[at] = 1
                if seen[identity]:
                    plan.places[at] = seen[identity]
            seen[identity] += 1


def _there(driver: Driver, number: int, names: dict[int, str]) -> Counter[tuple[object, ...]]:
    stated = driver.all(
        "SELECT forecaster_id, made_at, stated, stated_value FROM forecast WHERE question_id = ?", (number,)
    )
    left = driver.all("SELECT forecaster_id, at FROM withdrawal WHERE question_id = ?", (number,))
    found: Iterator[tuple[object, ...]] = ((names.get(who), at, value, vector) for who, at, value, vector in stated)
    return Counter([*found, *((names.get(who), at, "withdrawn", None) for who, at in left)])


def _identity(sheet: Sheet, at: int) -> tuple[object, ...]:
    who, made_at, probability = sheet.forecasters[sheet.forecaster_of[at]], sheet.made_at[at], sheet.probability[at]
    if probability is not None:
        return who, made_at, probability.value, None
    extra = sheet.extras[at]
    if extra.withdrawn:
        return who, made_at, "withdrawn", None
    vector = extra.vector if extra.vector is not None else [list(pair) for pair in extra.quantiles or ()]
    return who, made_at, None, json.dumps(vector, separators=(",", ":"))
