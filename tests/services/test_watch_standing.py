"""The watch with clocks and sleeps that are played: when it looks, what it says, how it bears failures and jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from desk import BEGIN, Desk

from ledger import clock
from ledger.domain.instants import MINUTE
from ledger.errors import DeliveryError, InputError
from ledger.services.channels import Channel, Message
from ledger.services.opening import opened
from ledger.services.reminding import Delivery
from ledger.services.schedules.plan import Plan, read_plan
from ledger.services.standing_watch import LONGEST, Watch


class Heard:
    """A channel that keeps what it is told, and fails when asked to."""

    def __init__(self, name: str, world: World) -> None:
        self.name, self.failing = name, False
        self.heard: list[tuple[datetime, str]] = []
        self.tries: list[datetime] = []
        self._world = world

    def deliver(self, message: Message) -> None:
        self.tries.append(self._world.now)
        if self.failing:
            raise DeliveryError("nobody answers")
        self.heard.append((self._world.now, " ".join(one.title or "" for one in message.items)))


@dataclass
class World:
    """Time that passes only in sleeps; things happen when their time has come."""

    desk: Desk
    until: datetime
    now: datetime = BEGIN
    steady: int = 0
    sleeps: list[int] = field(default_factory=list)
    told: list[tuple[datetime, str]] = field(default_factory=list)
    events: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)

    def sleep(self, microseconds: int) -> bool:
        self.sleeps.append(microseconds)
        self.steady += microseconds
        self.now += timedelta(microseconds=microseconds)
        while self.events and self.events[0][0] <= self.now:
            self.events.pop(0)[1]()
        return self.now >= self.until

    def watch(self, plan: Plan | None = None, *, once: bool = False) -> bool:
        took: list[Delivery] = []
        tell: Callable[[str], None] = lambda told: self.told.append((self.now, told))  # noqa: E731
        one = Watch(self.desk.at, plan, lambda: self.channels, took.append, tell, lambda: self.steady, self.sleep)
        with self.playing():
            return one.run(once=once)

    @contextmanager
    def playing(self) -> Iterator[None]:
        """The program's clock is the world's."""
        before, clock.now = clock.now, lambda: self.now
        try:
            yield
        finally:
            clock.now = before


@pytest.fixture
def world(desk: Desk) -> World:
    desk.rule(stale="off")
    return World(desk, BEGIN + timedelta(hours=8))


@pytest.fixture
def heard(world: World) -> Heard:
    found = Heard("heard", world)
    world.channels.append(found)
    return found


def ask(desk: Desk, title: str, deadline: datetime) -> None:
    desk.ask(title, by=deadline.isoformat(), p="60%")


def titles(heard: Heard) -> list[tuple[str, str]]:
    return [(at.strftime("%d %H:%M:%S"), told) for at, told in heard.heard]


def test_a_deadline_is_told_to_the_second_and_the_watch_sleeps_between(world: World, heard: Heard) -> None:
    ask(world.desk, "First?", BEGIN + timedelta(hours=5, seconds=17))
    assert world.watch()
    assert titles(heard)[0] == ("01 05:00:17", "First?")
    assert max(world.sleeps) <= LONGEST
    assert len(world.sleeps) <= 8 * 60 + 10


def test_what_others_record_is_noticed_within_a_minute(world: World, heard: Heard) -> None:
    at = BEGIN + timedelta(hours=3)
    world.events.append((at, lambda: ask(world.desk, "Late guest?", at + timedelta(seconds=25))))
    world.until = BEGIN + timedelta(hours=4)
    world.watch()
    assert titles(heard) == [("01 03:00:25", "Late guest?")]


def test_a_plan_holds_everything_back_until_its_time_and_catches_up_at_the_start(world: World, heard: Heard) -> None:
    plan = read_plan(["09:00"], [], "Europe/Berlin")
    ask(world.desk, "Early?", BEGIN + timedelta(hours=5))
    ask(world.desk, "Just after?", BEGIN + timedelta(hours=8, seconds=1))
    world.now, world.until = BEGIN + timedelta(hours=4), BEGIN + timedelta(days=1, hours=9)
    world.watch(plan)
    assert titles(heard) == [("01 08:00:00", "Early?"), ("02 08:00:00", "Early? Just after?")]
    begin = BEGIN + timedelta(days=9, hours=17)
    late = World(world.desk, begin + timedelta(hours=1), begin)
    other = Heard("other", late)
    late.channels.append(other)
    late.watch(plan)
    assert [told for _, told in other.heard] == ["Early? Just after?"]  # a run was missed: at once
    assert other.heard[0][0] == begin


def test_a_plan_says_nothing_at_the_start_of_what_became_due_after_its_time(world: World, heard: Heard) -> None:
    ask(world.desk, "At ten?", BEGIN + timedelta(hours=10))
    world.now, world.until = BEGIN + timedelta(hours=22), BEGIN + timedelta(days=1, hours=10)
    world.watch(read_plan(["09:00"], [], "UTC"))
    assert titles(heard)[0] == ("02 09:00:00", "At ten?")


def test_a_failing_channel_is_tried_at_growing_intervals_and_hinders_no_other(world: World, heard: Heard) -> None:
    broken = Heard("broken", world)
    broken.failing = True
    world.channels.insert(0, broken)
    ask(world.desk, "First?", BEGIN + timedelta(hours=1))
    ask(world.desk, "Second?", BEGIN + timedelta(hours=1, minutes=10))
    world.until = BEGIN + timedelta(hours=9)
    world.watch()
    assert titles(heard) == [("01 01:00:00", "First?"), ("01 01:10:00", "Second?")]
    minutes = [
        round((after - before) / timedelta(minutes=1))
        for before, after in zip(broken.tries, broken.tries[1:], strict=False)
    ]
    assert minutes[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(minutes[7:]) == {60}
    assert world.told[0][1] == "broken: nobody answers; tried again in 1 min"
    assert len(world.told) == len(broken.tries)


def test_a_channel_that_is_back_says_what_it_could_not(world: World, heard: Heard) -> None:
    heard.failing = True
    ask(world.desk, "First?", BEGIN + timedelta(hours=1))
    world.events.append((BEGIN + timedelta(hours=2), lambda: setattr(heard, "failing", False)))
    world.until = BEGIN + timedelta(hours=4)
    world.watch()
    assert [told for _, told in heard.heard] == ["First?"]
    assert heard.heard[0][0] <= BEGIN + timedelta(hours=2, minutes=35)


def test_a_suspended_computer_says_what_it_slept_through_and_tries_again_at_once(world: World, heard: Heard) -> None:
    heard.failing = True
    ask(world.desk, "First?", BEGIN + timedelta(hours=1))
    ask(world.desk, "Slept through?", BEGIN + timedelta(hours=3, minutes=30))

    def suspended() -> None:
        world.now += timedelta(hours=2)
        heard.failing = False

    world.events.append((BEGIN + timedelta(hours=3), suspended))
    world.until = BEGIN + timedelta(hours=6)
    world.watch()
    assert [told for _, told in heard.heard] == ["First? Slept through?"]
    assert timedelta() <= heard.heard[0][0] - BEGIN - timedelta(hours=5) <= timedelta(minutes=1)
    assert "the clock moved by +7200 s: looking again" in [told for _, told in world.told]


def test_a_clock_that_is_set_back_repeats_nothing(world: World, heard: Heard) -> None:
    ask(world.desk, "First?", BEGIN + timedelta(hours=1))

    def set_back() -> None:
        world.now -= timedelta(hours=1, minutes=30)

    world.events.append((BEGIN + timedelta(hours=2), set_back))
    world.until = BEGIN + timedelta(hours=6)
    world.watch()
    assert titles(heard) == [("01 01:00:00", "First?")]
    assert any(told == "the clock moved by -5400 s: looking again" for _, told in world.told)


def test_a_ledger_that_is_away_is_told_and_looked_for_at_growing_intervals(world: World, heard: Heard) -> None:
    ask(world.desk, "First?", BEGIN + timedelta(hours=2))
    away = world.desk.path.with_name("away.db")
    world.desk.path.rename(away)
    world.events.append((BEGIN + timedelta(hours=1), lambda: away.rename(world.desk.path) and None))
    world.until = BEGIN + timedelta(hours=5)
    world.watch()
    assert [told for _, told in heard.heard] == ["First?"]
    assert len(world.told) == 6
    assert all("there is no ledger at" in told for _, told in world.told)


def test_channels_that_are_set_up_wrong_meanwhile_end_nothing(world: World, heard: Heard) -> None:
    wrong = [True]

    def channels() -> Sequence[Channel]:
        if wrong:
            raise InputError("reminders.toml: line 3")
        return [heard]

    ask(world.desk, "First?", BEGIN + timedelta(hours=1))
    world.events.append((BEGIN + timedelta(hours=2), wrong.clear))
    world.until = BEGIN + timedelta(hours=4)
    tell: Callable[[str], None] = lambda told: world.told.append((world.now, told))  # noqa: E731
    with world.playing():
        Watch(world.desk.at, None, channels, lambda _: None, tell, lambda: world.steady, world.sleep).run()
    assert world.told[0][1] == "reminders.toml: line 3; tried again in 1 min"
    assert [told for _, told in heard.heard] == ["First?"]


def test_once_ends_after_the_first_pass_and_tells_how_it_went(world: World, heard: Heard) -> None:
    ask(world.desk, "First?", BEGIN + timedelta(hours=1))
    assert world.watch(once=True)
    assert world.now == BEGIN + timedelta(hours=1)
    ask(world.desk, "Second?", BEGIN + timedelta(hours=2))
    heard.failing = True
    assert not world.watch(once=True)
    assert len(heard.heard) == 1


def test_two_watches_of_one_ledger_say_each_thing_once(world: World, heard: Heard) -> None:
    ask(world.desk, "First?", BEGIN + timedelta(hours=1))
    world.until = BEGIN + timedelta(hours=2)
    world.watch()
    world.now = BEGIN
    world.watch()
    assert [told for _, told in heard.heard] == ["First?"]


def test_with_nothing_to_say_it_sleeps_a_minute_at_a_time(world: World, heard: Heard) -> None:
    world.until = BEGIN + timedelta(hours=2)
    world.watch()
    assert heard.heard == []
    assert set(world.sleeps) == {MINUTE}
    with opened(world.desk.at) as book:
        assert book.driver.one("SELECT COUNT(*) FROM entry WHERE kind = 'announced'") == (0,)
