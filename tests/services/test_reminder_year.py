"""A year of reminders on a test clock: 500 questions, 6 zones, all daylight changes, a leap day, 40 days missing."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from desk import Desk
from review_oracle import Pass, ReviewOracle, when

from ledger import clock
from ledger.domain.instants import format_instant, from_datetime
from ledger.domain.instants import to_datetime as at_of
from ledger.journal.entry import Draft
from ledger.services.channels import Message
from ledger.services.opening import opened
from ledger.services.reminding import next_moment, pending, remind
from ledger.storage.writing import Transaction, transaction

ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata"),
    *("Australia/Lord_Howe", "America/Santiago", "Pacific/Auckland"),
)
HOME = ZoneInfo("Europe/Berlin")
FIRST = date(2027, 11, 20)
DAYS = 372
"""To the end of November 2028: a leap day, and the clocks of each zone go forward and back."""
MISSING = {*range(84, 109), *range(200, 210), *(30, 59, 60, 150, 300)}
"""Days without a reminder: 25 around the leap day, 10 in June, and 5 alone."""
QUESTIONS = 500
AT = (time(9), time(0, 20))
"""When the reminder runs in the first half of the year, and in the second, when in UTC it is the day before."""
CHANNEL = "mail"

Act = Callable[["World", int], list[Draft]]


class World:
    """What people do on each day of the year, before the reminder and after it; the oracle hears of it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.random, self.oracle = desk, Random(20271120), ReviewOracle("Europe/Berlin")
        self.acts: dict[tuple[int, bool], list[Act]] = defaultdict(list)
        self.heard = 0
        self.standing: dict[int, int] = {}
        self.ever_put_off: set[int] = set()
        self.acts[0, True].append(lambda *_: [Draft.of("forecaster", {"forecaster": 1}, {"name": "ann"})])
        self.acts[0, True].append(_rules)
        for number in range(1, QUESTIONS + 1):
            self._plan(number)

    def _on(self, day: float, act: Act) -> None:
        self.acts[int(day), self.random.random() < 0.5].append(act)

    def _plan(self, number: int) -> None:
        """The life of one question."""
        random, zone = self.random, ZoneInfo(ZONES[number % 6])
        asked = 0 if number <= 300 else random.randrange(1, 300)
        needs = random.randrange(1, 300) if number > 300 and number % 2 else None
        length = random.randrange(3, 40 if needs else 200)
        deadline = _local(asked + length, random.choice([time(23, 59, 59), time(2, 30), time(0, 0), time(12)]), zone)
        self.acts[asked, True].append(lambda *_: [_question(number, deadline, ZONES[number % 6], needs)])
        for _ in range(random.choice([0, 1, 1, 2, 5])):
            self._on(asked + random.randrange(1, length), lambda _, now: [_forecast(number, now)])
        if random.random() < 0.2:
            put_off = asked + length + random.randrange(-8, 8)
            self._on(max(asked + 1, put_off), self._snooze(number, random.choice([0.5, 3, 9, 40])))
            self._on(max(asked + 2, put_off + random.randrange(1, 20)), self._wake(number))
        for _ in range(random.choice([0, 0, 1, 2])):
            self._on(asked + random.randrange(1, length + 20), self._look_again(number, random.randrange(1, 90)))
        if random.random() < 0.1:
            self._on(asked + random.randrange(1, length + 20), self._take_back(number))
        if random.random() < 0.12:
            self._on(asked + random.randrange(1, length + 10), self._move(number, random.randrange(-3, 60)))
        if random.random() < 0.75:
            settled = asked + length + random.choice([-1, 0, 0, 2, 5, 20, 60])
            self._on(max(asked + 1, settled), self._settle(number))
            if random.random() < 0.15:
                self._on(settled + random.randrange(2, 20), self._reopen(number))
                self._on(settled + random.randrange(30, 60), self._settle(number))

    def live(self, number: int) -> bool:
        one = self.oracle.questions.get(number)
        return one is not None and one.own is None

    def _settle(self, number: int) -> Act:
        outcome = self.random.choice(["yes", "yes", "no", "void"])

        def act(world: World, _: int) -> list[Draft]:
            if not world.live(number) or world.oracle.state(world.oracle.questions[number]) == "waiting":
                return []
            kind, facts = ("void", {}) if outcome == "void" else ("resolve", {"outcome": outcome})
            return [Draft.of(kind, {"question": number} | facts, {"reason": "a tie"} if kind == "void" else None)]

        return act

    def _reopen(self, number: int) -> Act:
        def act(world: World, _: int) -> list[Draft]:
            if world.live(number) or number not in world.standing:
                return []
            return [Draft.of("reopen", {"question": number, "supersedes": world.standing[number]}, {"reason": "early"})]

        return act

    def _snooze(self, number: int, days: float) -> Act:
        def act(world: World, now: int) -> list[Draft]:
            until = format_instant(now + int(days * 86_400_000_000))
            return [Draft.of("snooze", {"question": number, "until": until})] if world.live(number) else []

        return act

    def _wake(self, number: int) -> Act:
        def act(world: World, now: int) -> list[Draft]:
            one = world.oracle.questions.get(number)
            if one is None or not world.live(number) or one.put_off is None or one.put_off <= at_of(now):
                return []
            return [Draft.of("snooze", {"question": number, "until": format_instant(now)})]

        return act

    def _look_again(self, number: int, days: int) -> Act:
        def act(world: World, now: int) -> list[Draft]:
            at = _local((at_of(now).date() - FIRST).days + days, time(), ZoneInfo(ZONES[number % 6]))
            if not world.live(number) or from_datetime(at) <= now:
                return []
            return [Draft.of("look_again", {"question": number, "at": _text(at), "zone": ZONES[number % 6]})]

        return act

    def _take_back(self, number: int) -> Act:
        def act(world: World, _: int) -> list[Draft]:
            days = world.oracle.questions[number].days if world.live(number) else {}
            return [Draft.of("look_again", {"question": number, "takes_back": min(days)})] if days else []

        return act

    def _move(self, number: int, days: int) -> Act:
        def act(world: World, now: int) -> list[Draft]:
            moved = format_instant(now + days * 86_400_000_000)
            facts = {"question": number, "changed": ["deadline"], "deadline": moved}
            return [Draft.of("edit", facts, {"reason": "postponed"})] if world.live(number) else []

        return act

    # -- the days ----------------------------------------------------------------------------------------------

    def live_through(self, day: int, before: bool) -> None:
        """All that people do in one half of a day, each act hearing of those before it."""
        moment = _local(day, time(0, 5) if before else time(17, 45), HOME) + timedelta(seconds=self.random.random())
        acts = self.acts.get((day, before), [])
        with clock.set_to(moment):
            for start in range(0, len(acts), 200):
                with transaction(self.desk.path, "acts") as work:
                    for act in acts[start : start + 200]:
                        self._record(work, act(self, work.recorded_at))

    def _record(self, work: Transaction, drafts: list[Draft]) -> None:
        for seq, draft in zip(work.append(drafts) if drafts else [], drafts, strict=True):
            facts = json.loads(draft.facts)
            self.oracle.hear(seq, draft.kind, at_of(work.recorded_at), facts)
            if draft.kind in {"resolve", "void"}:
                self.standing[facts["question"]] = seq
            elif draft.kind == "snooze":
                self.ever_put_off.add(facts["question"])


def _rules(*_: Any) -> list[Draft]:
    facts = {"zone": "Europe/Berlin", "stale": "1/3", "repeat": [1, 3, 7, 14, 30], "weekly": "mon@09:00"}
    return [Draft.of("review_rules", facts)]


def _question(number: int, deadline: datetime, zone: str, needs: int | None) -> Draft:
    condition = None if needs is None else {"question": needs, "outcome": "yes"}
    facts = {
        "question": number, "key": f"{number:064x}", "kind": "binary", "deadline": _text(deadline), "zone": zone,
        "condition": condition,
    }  # fmt: skip
    return Draft.of("question", facts, {"key": f"q{number}", "title": f"Is it {number}?"})


def _forecast(number: int, now: int) -> Draft:
    return Draft.of("forecast", {"question": number, "forecaster": 1, "made_at": format_instant(now), "p": "0.5"})


def _local(day: int, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), at, zone).astimezone(UTC)


def _text(at: datetime) -> str:
    return format_instant(from_datetime(at))


class Kept:
    """A channel that keeps what it is given."""

    name = CHANNEL

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def deliver(self, message: Message) -> None:
        self.messages.append(message)


class Year:
    """The passes, each held against the oracle's; ``said`` gathers what was said of what, and when."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.world, self.channel = desk, World(desk), Kept()
        self.said: dict[tuple[str, int, datetime], list[datetime]] = defaultdict(list)
        self.weeks = Counter[str]()

    def remind(self, day: int) -> None:
        """One pass, a few seconds early or late; and often a second one after it, which has nothing to say."""
        late = timedelta(seconds=self.world.random.uniform(-40, 40))
        moment = at_of(from_datetime(_local(day, AT[day > 180], HOME) + late))
        last, told = self.desk.entries(), len(self.channel.messages)
        with clock.set_to(moment):
            list(remind(self.desk.at, [self.channel], pytest.fail))
            messages = self.channel.messages[told:]
            expected = self.world.oracle.say(moment)
            self._compare(moment, messages, expected, self._recorded(last))
            if day % 9 == 0:
                list(remind(self.desk.at, [self.channel], pytest.fail))
                assert len(self.channel.messages) == told + len(messages), "what was said is not said again"
                self._look_ahead(moment)

    def _recorded(self, last: int) -> list[dict[str, Any]]:
        rows = self.desk.rows("SELECT kind, facts FROM entry WHERE seq > ?", last)
        assert {kind for kind, _ in rows} <= {"announced"}
        return [json.loads(facts) for _, facts in rows]

    def _compare(self, now: datetime, told: list[Message], expected: Pass, recorded: list[dict[str, Any]]) -> None:
        if not expected.things and expected.weekly is None:
            assert (told, recorded) == ([], [])
            return
        (message,), (facts,) = told, recorded
        things = [(why, number, when(at)) for why, number, at in facts.get("said", [])]
        assert sorted(things) == sorted(expected.things), now
        assert facts.get("weekly") == (None if expected.weekly is None else _text(expected.weekly))
        shown = [(one.why, one.question) for one in message.items]
        assert sorted(shown) == sorted((why, one) for why, found in expected.lists.items() for one in found), now
        assert max(Counter(question for _, question in shown).values(), default=1) == 1, "each question once"
        repeats = {(why, number): times for (why, number, _), times in expected.things.items()}
        for one in message.items:
            assert one.repeat == repeats.get((one.why, one.question), 0)
        for thing in things:
            self.said[thing].append(now)
        if expected.weekly is not None:
            self.weeks[_text(expected.weekly)] += 1

    def _look_ahead(self, now: datetime) -> None:
        """There is nothing to say until the next moment that the program names, and something then."""
        with opened(self.desk.at) as book:
            following = next_moment(book, [CHANNEL])
        assert following is not None and at_of(following) > now
        for moment, silent in ((following - 1, True), (following, False)):
            with clock.set_to(at_of(moment)), opened(self.desk.at) as book:
                assert (pending(book, CHANNEL).message is None) is silent
            foreseen = self.world.oracle.due(at_of(moment))
            assert (not foreseen.things and foreseen.weekly is None) is silent


def test_a_year_of_reminders_says_what_the_rules_say(desk: Desk) -> None:
    assert len(MISSING) == 40
    assert (FIRST + timedelta(days=100), FIRST + timedelta(days=101)) == (date(2028, 2, 28), date(2028, 2, 29))
    assert {100, 101} <= MISSING
    year = Year(desk)
    for day in range(DAYS):
        year.world.live_through(day, before=True)
        if day not in MISSING:
            year.remind(day)
        year.world.live_through(day, before=False)
    passes = DAYS - len(MISSING)
    assert len(year.channel.messages) <= passes
    once = [times for (why, _, _), times in year.said.items() if why != "due"]
    due = [times for (why, _, _), times in year.said.items() if why == "due"]
    assert all(len(times) == 1 for times in once), "only what is due is repeated"
    assert len(due) > 300 and len(once) > 400
    assert {why for why, _, _ in year.said} == {"due", "look_again", "condition", "stale"}
    assert set(year.weeks.values()) == {1}
    assert max(map(len, due)) > 8, "some were repeated beyond the last interval"
    plain = {one.number for one in year.world.oracle.questions.values() if not one.needs} - year.world.ever_put_off
    _check_the_intervals([times for (why, one, _), times in year.said.items() if why == "due" and one in plain])
    assert desk.verify() == []


def _check_the_intervals(due: list[list[datetime]]) -> None:
    """Where nothing came in between the repeats came on the documented days, in the calendar of the home zone."""
    documented = [0, 1, 3, 7, 14, *range(30, DAYS, 30)]
    exact = 0
    for times in due:
        days = [(at.astimezone(HOME).date() - FIRST).days for at in times]
        if not any(days[0] < gone <= days[-1] for gone in MISSING):
            assert [day - days[0] for day in days] == documented[: len(days)]
            exact += len(days) > 3
    assert exact > 50
