"""Two people settle one question: the second is told what stands, and may supersede it."""

from __future__ import annotations

import pytest
from desk import BEGIN, Desk, day

from ledger.errors import AlreadySettledError, Settlement
from ledger.services.values import Stated

AT = int(BEGIN.timestamp()) * 1_000_000
DAY = 86_400_000_000


def refused(desk: Desk, outcome: str = "no") -> Settlement:
    entries = desk.entries()
    with pytest.raises(AlreadySettledError) as told:
        desk.resolve("#1", outcome, known_at="now")
    assert desk.entries() == entries
    return told.value.stands


def test_the_second_is_told_the_outcome_that_stands(desk: Desk) -> None:
    desk.ask(p="0.4")
    done = desk.wait(3).resolve("#1", "yes", known_at=day(2), note="seen")
    desk.wait(1)
    assert refused(desk) == Settlement(1, done.entries[0], AT + 3 * DAY, "yes", AT + 2 * DAY, "seen")
    again = desk.resolve("#1", "no", supersede=True)
    assert refused(desk) == Settlement(1, again.entries[0], AT + 4 * DAY, "no", AT + 2 * DAY, None)


def test_an_option_is_told_by_its_name_and_a_void_with_its_reason(desk: Desk) -> None:
    desk.ask(kind="choice", options=("Ann", "Bo"))
    desk.say("#1", Stated(options=(("Ann", "60%"), ("Bo", "40%"))))
    desk.resolve("#1", "Bo", known_at="now")
    assert refused(desk, "Ann").outcome == "Bo"
    entry = desk.void("#1", "called off").entries[0]
    stands = Settlement(1, entry, AT, None, None, "called off")
    assert refused(desk, "Ann") == stands
    with pytest.raises(AlreadySettledError) as told:
        desk.void("#1", "again")
    assert told.value.stands == stands


def test_what_was_taken_back_does_not_stand(desk: Desk) -> None:
    desk.ask(p="0.4")
    desk.resolve("#1", "yes", known_at="now")
    desk.reopen("#1")
    desk.resolve("#1", "no", known_at="now")
    assert refused(desk).outcome == "no"
