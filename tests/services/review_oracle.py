"""What a reminder has to say, told a second time: day by day, from the documented rules, without the program.

Takes the journal's facts in order and the times of the passes. It remembers itself what was said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

NEVER = datetime.max.replace(tzinfo=UTC)
RANKS = ("due", "look_again", "condition", "stale")
Thing = tuple[str, int, datetime]
"""Why, which question, and the occasion."""


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Question:
    number: int
    asked_at: datetime
    deadline: datetime
    opened: datetime | None
    needs: tuple[int, str] | None
    said: list[datetime] = field(default_factory=list)
    """When forecasts were made."""
    settled: list[tuple[datetime, str | None]] = field(default_factory=list)
    """When, and the outcome: ``void`` for a void, None for a reopening."""
    put_off: datetime | None = None
    days: dict[int, datetime] = field(default_factory=dict)

    @property
    def begun(self) -> datetime:
        times = [*self.said, *([self.opened] if self.opened else [])]
        return min(times) if times else self.asked_at

    @property
    def own(self) -> str | None:
        return self.settled[-1][1] if self.settled else None


@dataclass
class Pass:
    """What one pass says: things with how often each was said before, the weekly review, and its lists."""

    things: dict[Thing, int]
    weekly: datetime | None
    lists: dict[str, set[int]]


class ReviewOracle:
    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.share: Fraction | None = Fraction(1, 3)
        self.days: list[int] = [1, 3, 7, 14, 30]
        self.weekly: tuple[int, int, int] | None = None
        self.ruled = datetime.min.replace(tzinfo=UTC)
        self.questions: dict[int, Question] = {}
        self.memory: dict[Thing, list[datetime]] = {}
        self.weeks: list[tuple[datetime, datetime]] = []
        """Which weekly review was said, and when."""

    # -- the journal -------------------------------------------------------------------------------------------

    def hear(self, seq: int, kind: str, at: datetime, facts: dict[str, Any]) -> None:
        if kind == "question":
            needs = facts.get("condition")
            opened = when(facts["opened_at"]) if "opened_at" in facts else None
            self.questions[facts["question"]] = Question(
                facts["question"], at, when(facts["deadline"]), opened,
                (needs["question"], needs["outcome"]) if needs else None,
            )  # fmt: skip
        elif kind == "review_rules":
            self._rule(at, facts)
        elif kind == "announced":
            for why, number, occasion in facts.get("said", []):
                self.memory.setdefault((why, number, when(occasion)), []).append(at)
            self.weeks += [(when(facts["weekly"]), at)] if "weekly" in facts else []
        elif "question" in facts:
            self._hear_of(self.questions[facts["question"]], seq, kind, at, facts)

    def _rule(self, at: datetime, facts: dict[str, Any]) -> None:
        self.zone = ZoneInfo(facts["zone"])
        self.share = Fraction(facts["stale"]) if "stale" in facts else None
        self.days = facts.get("repeat", [])
        self.ruled = at
        self.weekly = None
        if "weekly" in facts:
            name, clock = facts["weekly"].split("@")
            hour, minute = clock.split(":")
            self.weekly = (["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(name), int(hour), int(minute))

    def _hear_of(self, one: Question, seq: int, kind: str, at: datetime, facts: dict[str, Any]) -> None:
        if kind == "forecast":
            one.said.append(when(facts["made_at"]))
        elif kind in {"resolve", "void", "reopen"}:
            outcome = facts.get("outcome")
            outcome = str(outcome["option"]) if isinstance(outcome, dict) else outcome
            one.settled.append((at, {"resolve": outcome, "void": "void", "reopen": None}[kind]))
            one.put_off, one.days = None, {}
        elif kind == "edit":
            one.deadline = when(facts["deadline"]) if "deadline" in facts else one.deadline
            if "condition" in facts["changed"]:
                needs = facts.get("condition")
                one.needs = (needs["question"], needs["outcome"]) if needs else None
        elif kind == "snooze":
            until = when(facts["until"])
            one.put_off = until if until > at else None
        elif kind == "look_again" and "at" in facts:
            one.days[seq] = when(facts["at"])
        elif kind == "look_again":
            del one.days[facts["takes_back"]]

    # -- how things stand --------------------------------------------------------------------------------------

    def state(self, one: Question) -> str:
        if one.own == "void":
            return "void"
        if one.needs is not None:
            parent = self.questions[one.needs[0]]
            came = self.state(parent)
            if came == "open":
                return "waiting"
            if came == "void" or parent.own != one.needs[1]:
                return "void"
        return "open" if one.own is None else "resolved"

    def released(self, one: Question) -> datetime | None:
        """When the last of all that it needed came to stand, if that was after it was asked."""
        times, at = [], one
        while at.needs is not None:
            parent, wanted = self.questions[at.needs[0]], at.needs[1]
            stands = None
            for settled_at, outcome in parent.settled:
                stands = (stands or settled_at) if outcome == wanted else None
            times += [stands] if stands else []
            at = parent
        return max(times) if times and max(times) > one.asked_at else None

    def asks_from(self, one: Question) -> datetime:
        reopened = one.settled[-1][0] if one.settled and one.settled[-1][1] is None else None
        return max(time for time in (one.deadline, reopened, self.released(one), one.put_off) if time)

    def stale_from(self, one: Question) -> datetime:
        if self.share is None or one.deadline <= one.begun:
            return NEVER
        life = (one.deadline - one.begun) // timedelta(microseconds=1)
        last = max([*one.said, one.begun])
        return last + timedelta(microseconds=life * self.share.numerator // self.share.denominator)

    def asked(self, one: Question, now: datetime) -> list[Thing]:
        """All that a question asks for at ``now``, said or not."""
        if self.state(one) != "open" or (one.put_off and one.put_off > now):
            return []
        found: list[Thing] = [("look_again", one.number, day) for day in one.days.values() if day <= now]
        if self.asks_from(one) <= now:
            found.append(("due", one.number, self.asks_from(one)))
        if one.deadline > now:
            released = self.released(one)
            found += [("look_again", one.number, one.put_off)] if one.put_off else []
            found += [("condition", one.number, released)] if released else []
            found += [("stale", one.number, max([*one.said, one.begun]))] if self.stale_from(one) <= now else []
        return found

    # -- passes ------------------------------------------------------------------------------------------------

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def again(self, said: list[datetime], now: datetime) -> bool:
        """Whether one of the days of a repeat came since it was last said."""
        first, last, today = self.day(said[0]), self.day(said[-1]), self.day(now)
        if not self.days or now - said[-1] < timedelta(hours=12):
            return False
        planned = list(self.days)
        while first + timedelta(days=planned[-1]) <= today:
            planned.append(planned[-1] + self.days[-1])
        return any(last < first + timedelta(days=days) <= today for days in planned)

    def week(self, now: datetime) -> datetime | None:
        """The weekly review that is to be said."""
        if self.weekly is None:
            return None
        weekday, hour, minute = self.weekly
        for back in range(8):
            day = self.day(now) - timedelta(days=back)
            at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone).astimezone(UTC)
            if day.weekday() == weekday and at <= now:
                return at if at > self.ruled and not any(at <= week for week, _ in self.weeks) else None
        return None

    def due(self, now: datetime) -> Pass:
        """What is to be said at ``now``."""
        things = {}
        for one in self.questions.values():
            for thing in self.asked(one, now):
                said = self.memory.get(thing, [])
                if not said or (thing[0] == "due" and self.again(said, now)):
                    things[thing] = len(said)
        weekly = self.week(now)
        return Pass(things, weekly, self._lists(things, weekly, now))

    def say(self, now: datetime) -> Pass:
        """What is to be said at ``now``, and that it was."""
        found = self.due(now)
        for thing in found.things:
            self.memory.setdefault(thing, []).append(now)
        if found.weekly is not None:
            self.weeks.append((found.weekly, now))
        return found

    def _lists(self, things: dict[Thing, int], weekly: datetime | None, now: datetime) -> dict[str, set[int]]:
        """The questions by what the message says of them: each once."""
        shown: dict[int, str] = {}
        for rank in RANKS:
            for why, number, _ in things:
                if why == rank:
                    shown.setdefault(number, why)
        if weekly is not None:
            self._add_week(shown, weekly, now)
        return {why: {number for number, told in shown.items() if told == why} for why in set(shown.values())}

    def _add_week(self, shown: dict[int, str], weekly: datetime, now: datetime) -> None:
        since = self.weeks[-1][1] if self.weeks else weekly - timedelta(days=7)
        local = weekly.astimezone(self.zone)
        ahead = self.day(weekly) + timedelta(days=7)
        until = datetime(ahead.year, ahead.month, ahead.day, local.hour, local.minute, tzinfo=self.zone)
        for one in self.questions.values():
            state = self.state(one)
            open_now = state == "open" and not (one.put_off and one.put_off > now)
            if state in {"resolved", "void"} and one.settled and one.settled[-1][1] and one.settled[-1][0] > since:
                shown.setdefault(one.number, "settled")
            if open_now and self.asks_from(one) <= now:
                shown.setdefault(one.number, "due")
            if open_now and one.deadline > now >= self.stale_from(one):
                shown.setdefault(one.number, "stale")
            if state == "open" and now < one.deadline <= until:
                shown.setdefault(one.number, "closing")
