"""What falls due by the clock alone: told once, whatever the clock does, and nothing that was settled meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from desk import BEGIN, Desk, day

from ledger import clock
from ledger.domain.reviews import Why
from ledger.services import falling_due
from ledger.services.falling_due import FallingDue, Fell

Look = Callable[[float], Fell | None]


@pytest.fixture
def look(desk: Desk) -> Look:
    """Three questions, due on the days 1, 2 and 2, with a day to look at the first again; then looks at days."""
    desk.ask("Rain?", day(1), "0.4", key="rain")
    desk.ask("Snow?", day(2), "0.4", key="snow")
    desk.ask("Hail?", day(2), "0.4", key="hail")
    desk.look_again("rain", day(0.5))
    falling = FallingDue(desk.at, BEGIN)

    def at(days: float, *, changed: bool = False) -> Fell | None:
        desk.now = BEGIN + timedelta(days=days)
        with desk.clock():
            return falling.look(changed=changed)

    return at


def told(fell: Fell | None) -> list[tuple[int, Why]]:
    assert fell is not None
    return [(one.number, one.why) for one in fell.questions]


def test_each_comes_when_it_is_time_and_once(look: Look) -> None:
    assert look(0.4) is None
    fell = look(0.6)
    assert told(fell) == [(1, Why.LOOK_AGAIN)] and fell is not None
    assert (fell.words(), fell.due) == ("#1 is to be looked at again: Rain?", 0)
    assert look(0.9) is None
    fell = look(1)
    assert told(fell) == [(1, Why.DUE)] and fell is not None
    assert (fell.words(), fell.due) == ("#1 is due: Rain?", 1)
    assert look(1.5) is None


def test_much_at_once_is_one_line_with_a_count(look: Look) -> None:
    fell = look(30)
    assert told(fell) == [(1, Why.DUE), (2, Why.DUE), (3, Why.DUE)] and fell is not None
    assert (fell.words(), fell.due) == ("3 questions are due", 3)


def test_a_clock_that_is_set_back_and_forth_repeats_nothing(look: Look) -> None:
    assert told(look(1.5)) == [(1, Why.DUE)]
    assert look(-3) is None
    assert told(look(2)) == [(2, Why.DUE), (3, Why.DUE)]
    assert look(0.2) is None
    assert look(9) is None


def test_what_was_settled_or_put_off_meanwhile_is_not_told(desk: Desk, look: Look) -> None:
    assert told(look(0.6)) == [(1, Why.LOOK_AGAIN)]
    desk.resolve("rain", "yes", known_at=day(0.55))
    desk.snooze("snow", day(4))
    assert told(look(3)) == [(3, Why.DUE)]
    assert look(3.9) is None
    assert told(look(4)) == [(2, Why.DUE)], "put off until now"


def test_a_deadline_that_somebody_records_nearer_is_noticed(desk: Desk, look: Look) -> None:
    assert told(look(0.6)) == [(1, Why.LOOK_AGAIN)]
    desk.ask("Soon?", day(0.7), "0.4")
    assert look(0.65, changed=True) is None  # type: ignore[call-arg]
    assert told(look(0.75)) == [(4, Why.DUE)]


def test_the_weekly_review_comes_too(desk: Desk, look: Look) -> None:
    desk.rule(weekly="mon@09:00", zone="UTC", stale="off")
    assert told(look(2.1)) == [(1, Why.DUE), (2, Why.DUE), (3, Why.DUE)]
    assert look(4.3) is None
    fell = look(4.4)  # Monday 5 January 2026, after nine
    assert fell is not None and (fell.questions, fell.words()) == ((), "The weekly review is due")
    assert look(4.5) is None
    assert look(11.3) is None
    assert look(12) is not None


def test_the_ledger_is_read_only_when_something_may_have_come(
    desk: Desk, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look(0.1) is None
    monkeypatch.setattr(falling_due, "opened", lambda _: pytest.fail("read for nothing"))
    assert [look(0.1 + at / 1000) for at in range(300)] == [None] * 300


def test_nothing_is_recorded(desk: Desk, look: Look) -> None:
    before = desk.entries()
    assert told(look(30))
    assert desk.entries() == before
    with clock.set_to(desk.now):
        assert desk.verify() == []
