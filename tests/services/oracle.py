"""What a journal means, told a second time: slowly, from the blueprint's words, with none of the program's code.

Takes the journal's facts, gives states, statuses, timing classes, standings, weights, unit parts and Brier scores.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

PARTS = 2**32


def micros(text: str) -> int:
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@dataclass
class Statement:
    entry: int
    question: int
    forecaster: int
    made_at: int
    seen_at: int
    """When our clock saw the value that counts."""
    p: float | None
    vector: list[float] | None
    first_seen_at: int
    deadline: int = 0
    until: int | None = None
    weight: int = 0
    timing: str = ""
    redacted: bool = False


@dataclass
class Question:
    number: int
    kind: str
    opened_at: int | None
    deadlines: list[tuple[int, int, int]]
    """(entry, recorded at, deadline), the question's own first."""
    condition: tuple[int, str] | None
    resolutions: list[tuple[str, str | None, int | None]] = field(default_factory=list)
    """(kind, outcome, known at)."""
    settlings: list[tuple[int, int, str]] = field(default_factory=list)
    """(entry, recorded at, kind)."""
    snoozes: list[tuple[int, int]] = field(default_factory=list)
    """(entry, until)."""
    redacted: bool = False
    starts_at: int | None = None


class Oracle:
    """Everything that follows from ``journal``: rows of (seq, kind, recorded_at, facts as JSON)."""

    def __init__(self, journal: Iterable[tuple[int, str, int, str]]) -> None:
        self.questions: dict[int, Question] = {}
        self.statements: list[Statement] = []
        self.withdrawals: list[tuple[int, int, int, int, int]] = []
        self.corrections: list[tuple[int, int, float | None, list[float] | None, int]] = []
        redacted: set[int] = set()
        entries = [(seq, kind, at, json.loads(facts)) for seq, kind, at, facts in journal]
        for seq, kind, at, facts in entries:
            if kind == "redact":
                redacted.update(facts["entries"])
            else:
                self._read(seq, kind, at, facts)
        for seq, kind, _, facts in entries:
            if kind == "question" and seq in redacted:
                self.questions[facts["question"]].redacted = True
        for one in self.statements:
            one.redacted = one.entry in redacted or self.questions[one.question].redacted
        for question in self.questions.values():
            self._time(question)

    def _read(self, seq: int, kind: str, at: int, facts: dict[str, Any]) -> None:
        if kind == "question":
            needed = facts.get("condition")
            self.questions[facts["question"]] = Question(
                facts["question"],
                facts["kind"],
                micros(facts["opened_at"]) if "opened_at" in facts else None,
                [(seq, at, micros(facts["deadline"]))],
                (needed["question"], needed["outcome"]) if needed else None,
            )
        elif kind == "forecast":
            made_at = micros(facts["made_at"])
            said = Statement(seq, facts["question"], facts["forecaster"], made_at, at, *_value(facts), at)
            self.statements.append(said)
        elif kind == "withdraw":
            self.withdrawals.append((facts["question"], facts["forecaster"], micros(facts["at"]), seq, at))
        elif kind == "correct":
            self.corrections.append((facts["forecast"], at, *_value(facts), seq))
        elif kind == "edit":
            question = self.questions[facts["question"]]
            if "deadline" in facts:
                question.deadlines.append((seq, at, micros(facts["deadline"])))
            if "condition" in facts["changed"]:
                needed = facts.get("condition")
                question.condition = (needed["question"], needed["outcome"]) if needed else None
        else:
            self._review(seq, kind, at, facts)

    def _review(self, seq: int, kind: str, at: int, facts: dict[str, Any]) -> None:
        if kind == "snooze":
            self.questions[facts["question"]].snoozes.append((seq, micros(facts["until"])))
        elif kind in {"resolve", "void", "reopen"}:
            known = micros(facts["known_at"]) if "known_at" in facts else None
            outcome = facts.get("outcome")
            if isinstance(outcome, dict):
                outcome = str(outcome["option"]) if "option" in outcome else outcome["value"]
            self.questions[facts["question"]].resolutions.append((kind, outcome, known))
            self.questions[facts["question"]].settlings.append((seq, at, kind))

    def put_off(self, now: int) -> dict[int, int]:
        """Until when each question is put off: its last snooze says so, if nothing settled it since."""
        found = {}
        for number, question in self.questions.items():
            after = max((entry for entry, _, _ in question.settlings), default=0)
            lasting = [until for entry, until in question.snoozes if entry > after]
            if lasting and lasting[-1] > now:
                found[number] = lasting[-1]
        return found

    # -- settling ----------------------------------------------------------------------------------------------

    def own(self, number: int) -> tuple[str, str | None, int | None]:
        """The question's own last word: ('resolve' | 'void' | 'none', outcome, known_at)."""
        told = self.questions[number].resolutions
        if not told or told[-1][0] == "reopen":
            return "none", None, None
        return told[-1] if told[-1][0] == "resolve" else ("void", None, None)

    def state(self, number: int) -> tuple[str, str | None]:
        """What the record says: ('void' | 'waiting' | 'resolved' | 'unsettled', the outcome that counts)."""
        how, outcome, _ = self.own(number)
        if how == "void":
            return "void", None
        condition = self.questions[number].condition
        if condition is not None:
            needed, wanted = condition
            state, came = self.state(needed)
            if state == "void" or (state == "resolved" and came != wanted):
                return "void", None
            if state != "resolved":
                return "waiting", None
        return ("resolved", outcome) if how == "resolve" else ("unsettled", None)

    def status(self, number: int, now: int) -> str:
        state, _ = self.state(number)
        if state != "unsettled":
            return state
        return "due" if now >= self.questions[number].deadlines[-1][2] else "open"

    # -- timing ------------------------------------------------------------------------------------------------

    def close_of(self, one: Statement) -> int:
        """The earlier of the deadline in force when it was made, and the time the outcome was known."""
        question = self.questions[one.question]
        in_force = [deadline for seq, at, deadline in question.deadlines[1:] if seq < one.entry and at <= one.made_at]
        one.deadline = in_force[-1] if in_force else question.deadlines[0][2]
        known = self.own(one.question)[2]
        return one.deadline if known is None or known > one.deadline else known

    def resolved_when(self, question: Question, seq: int, moment: int) -> bool:
        """Whether an outcome stood recorded for the question when an entry spoke as of ``moment``."""
        before = [kind for other, at, kind in question.settlings if other < seq and at <= moment]
        return bool(before) and before[-1] == "resolve"

    def _time(self, question: Question) -> None:
        stated = [one for one in self.statements if one.question == question.number]
        begins = [one.made_at for one in stated]
        if question.opened_at is not None:
            begins.append(question.opened_at)
        question.starts_at = min(begins) if begins else None
        for forecaster in {one.forecaster for one in stated}:
            unit = sorted(
                (one for one in stated if one.forecaster == forecaster), key=lambda one: (one.made_at, one.entry)
            )
            self._time_unit(question, forecaster, unit)

    def _time_unit(self, question: Question, forecaster: int, unit: list[Statement]) -> None:
        for one in unit:
            close = self.close_of(one)
            for forecast, at, p, vector, seq in self.corrections:
                hindsight = one.made_at == one.first_seen_at and at >= close
                hindsight |= self.resolved_when(question, seq, at)
                if forecast == one.entry and not hindsight:
                    one.p, one.vector, one.seen_at = p, vector, at
            if one.made_at >= close or self.resolved_when(question, one.entry, one.made_at):
                one.timing = "late"
            else:
                one.timing = "recorded" if one.made_at == one.seen_at else "imported"
        timely = [one for one in unit if one.timing != "late"]
        left = [
            (at, seen, seq)
            for number, who, at, seq, seen in self.withdrawals
            if (number, who) == (question.number, forecaster)
        ]
        for place, one in enumerate(timely):
            ends = [self.close_of(one)]
            if place + 1 < len(timely):
                ends.append(timely[place + 1].made_at)
            when = [(seen if one.made_at == one.seen_at else at, seq) for at, seen, seq in left]
            ends += [at for at, seq in when if at > one.made_at or (at == one.made_at and seq > one.entry)]
            one.until = min(ends)
            life = max(other.deadline for other in timely) - question.starts_at  # type: ignore[operator]
            one.weight = _parts(one.until - question.starts_at, life) - _parts(one.made_at - question.starts_at, life)  # type: ignore[operator]

    # -- units -------------------------------------------------------------------------------------------------

    def units(self) -> dict[tuple[int, int], list[Statement]]:
        found: dict[tuple[int, int], list[Statement]] = {}
        for one in sorted(self.statements, key=lambda one: (one.made_at, one.entry)):
            found.setdefault((one.question, one.forecaster), []).append(one)
        return found

    def counts(self, now: int) -> dict[str, int]:
        told = dict.fromkeys(("units", "scored", "late", "void", "open", "waiting", "due"), 0)
        units = self.units()
        for (question, _), unit in units.items():
            part = self.status(question, now)
            if part == "resolved":
                part = "late" if all(one.timing == "late" for one in unit) else "scored"
            told[part] += 1
            told["units"] += 1
        told["statements"] = len(self.statements)
        told["late_statements"] = sum(one.timing == "late" for one in self.statements)
        told["withdrawn"] = sum((question, who) in units for question, who, *_ in self.withdrawals)
        told["corrected"] = len(self.corrections)
        told["redacted"] = sum(one.redacted for one in self.statements)
        return told

    def brier(self, policy: str, kind: str) -> tuple[int, float | None, float | None]:
        """n, mean Brier score (of a choice half the sum over options) and coverage under ``policy``."""
        total, score, n = Fraction(0), Fraction(0), 0
        for (number, _), unit in self.units().items():
            state, outcome = self.state(number)
            timely = [one for one in unit if one.timing != "late"]
            if self.questions[number].kind != kind or state != "resolved" or not timely:
                continue
            counted = {"last": timely[-1:], "first": timely[:1]}.get(policy, timely)
            n += len(counted) if policy == "all" else 1
            for one in counted:
                weight = Fraction(one.weight, PARTS) if policy == "time-average" else Fraction(1)
                total += weight
                score += weight * _loss(one, outcome or "")
        covered = float(total / n) if n and policy == "time-average" else None
        return n, float(score / total) if total else None, covered


def units_of(oracle: Oracle) -> dict[tuple[int, int], list[Any]]:
    """Each unit's statements, late ones, first and last on-time entries, weight and class."""
    ranks = ("imported", "recorded", "proven")
    expected = {}
    for name, unit in oracle.units().items():
        timely = [one for one in unit if one.timing != "late"]
        timing = min((one.timing for one in timely), key=ranks.index) if timely else "late"
        first, last = (timely[0].entry, timely[-1].entry) if timely else (None, None)
        weight = sum(one.weight for one in timely)
        expected[name] = [len(unit), len(unit) - len(timely), first, last, weight, timing]
    return expected


def _loss(one: Statement, outcome: str) -> Fraction:
    if one.vector is not None:
        told = (Fraction(p) - (at == int(outcome)) for at, p in enumerate(one.vector))
        return sum((miss**2 for miss in told), Fraction(0)) / 2
    happened = {"yes": Fraction(1), "no": Fraction(0)}.get(outcome)
    return (Fraction(one.p or 0.0) - (Fraction(float(outcome)) if happened is None else happened)) ** 2


def _value(facts: dict[str, Any]) -> tuple[float | None, list[float] | None]:
    vector = [float(one) for one in facts["vector"]] if "vector" in facts else None
    return (float(facts["p"]) if "p" in facts else None), vector


def _parts(passed: int, life: int) -> int:
    return (Fraction(passed, life) * PARTS + Fraction(1, 2)).__floor__()
