"""Undo in a review takes back the outcome just recorded, and nothing that somebody else has said since."""

from __future__ import annotations

import pytest
from desk import Desk, day

from ledger.errors import RefusedError
from ledger.services.results import Done
from ledger.services.undoing import undo


def undone(desk: Desk, what: Done | str, **more: str) -> Done:
    with desk.clock():
        return undo(desk.at, what, desk.heard.append, **more)


def refusal(desk: Desk, what: Done | str) -> str:
    entries = desk.entries()
    with pytest.raises(RefusedError) as told:
        undone(desk, what)
    assert desk.entries() == entries
    return str(told.value)


def book(desk: Desk) -> dict[str, list[object]]:
    tables = ("question", "forecast", "unit")
    return {name: [tuple(row) for row in desk.rows(f"SELECT * FROM {name} ORDER BY 1, 2")] for name in tables}


@pytest.fixture
def due(desk: Desk) -> Desk:
    desk.ask("Rain?", day(5), "0.4", key="rain")
    desk.ask("Snow?", day(6), "0.5", key="snow", condition="rain=yes")
    return desk.wait(10)


@pytest.mark.parametrize("act", ["resolve", "void"])
@pytest.mark.parametrize("by_name", [False, True])
def test_an_undo_leaves_the_book_as_it_was_and_both_in_the_record(due: Desk, act: str, by_name: bool) -> None:
    before = book(due)
    done = due.resolve("rain", "yes") if act == "resolve" else due.void("rain")
    assert book(due) != before
    told = undone(due, "rain" if by_name else done)
    assert book(due) == before
    assert told.said == [f"rain: due again (entry {told.entries[0]})"]
    assert told.notices == ["snow (#2) is now waiting"]
    assert due.rows("SELECT kind, supersedes, note FROM resolution WHERE entry = ?", *told.entries) == [
        ("reopen", done.entries[0], "undone in the review")
    ]
    assert due.verify() == []


def test_a_correction_that_is_undone_brings_back_what_stood_before(due: Desk) -> None:
    due.resolve("rain", "yes", known_at=day(3), evidence="https://example.org", note="wet")
    before = book(due)
    second = due.resolve("rain", "no", supersede=True)
    third = due.void("rain", "not clear")
    assert undone(due, third).said[0].startswith("rain: no again")
    told = undone(due, "rain", reason="a slip of the finger")
    assert len(told.entries) == 1  # the outcome that was brought back is itself the last word, in nobody's place
    assert due.rows("SELECT state FROM question WHERE id = 1") == [("unsettled",)]
    again = due.resolve("rain", "yes", known_at=day(3), evidence="https://example.org", note="wet")
    wrong = due.resolve("rain", "no", supersede=True)
    told = undone(due, wrong)
    assert told.said == [f"rain: yes again (entry {told.entries[1]})"]
    assert due.rows("SELECT outcome, known_at, evidence, note FROM resolution WHERE entry = ?", told.entries[1]) == (
        due.rows("SELECT outcome, known_at, evidence, note FROM resolution WHERE entry = ?", again.entries[0])
    )
    assert book(due)["forecast"] == before["forecast"]
    assert second.entries != wrong.entries
    assert due.verify() == []


def test_a_void_whose_reason_is_gone_comes_back_with_the_reason_of_the_undo(due: Desk) -> None:
    first = due.void("rain", "a name")
    due.redact(f"entry:{first.entries[0]}")
    undone(due, due.resolve("rain", "yes", supersede=True))
    assert due.rows("SELECT state, void_reason FROM question WHERE id = 1") == [("void", "undone in the review")]
    assert due.verify() == []


def test_an_option_is_told_by_its_name(desk: Desk) -> None:
    desk.ask(by=day(1), kind="choice", options=("Ann", "Bo"))
    desk.wait(2).resolve("#1", "Bo")
    assert undone(desk, desk.resolve("#1", "Ann", supersede=True)).said[0].startswith("will-it-rain: Bo again")


def test_what_was_recorded_since_is_not_passed_over(due: Desk) -> None:
    done = due.resolve("rain", "yes")
    due.say("snow", "0.7")
    entry = due.say("rain", "0.9", "bob").entries[0]
    assert refusal(due, done) == refusal(due, "rain")
    assert refusal(due, done) == (
        f"rain has something newer than its outcome (entry {entry}: forecast): "
        "look at it again, then take the outcome back with: forecast reopen"
    )


def test_what_somebody_else_settled_or_took_back_meanwhile_is_theirs(due: Desk) -> None:
    done = due.resolve("rain", "yes")
    other = due.resolve("rain", "no", supersede=True).entries[0]
    assert refusal(due, done) == (
        f"rain was settled anew meanwhile (entry {other}): look at it again before you undo anything"
    )
    back = due.reopen("rain").entries[0]
    assert refusal(due, done) == f"rain has no outcome to undo: entry {back} took it back already"


def test_where_nothing_was_settled_nothing_is_undone(due: Desk) -> None:
    assert refusal(due, "rain") == "rain has no outcome to undo"
    said = due.say("rain", "0.1")
    due.resolve("rain", "yes")
    assert refusal(due, said) == "rain: what was recorded settled nothing, so there is no outcome to undo"
