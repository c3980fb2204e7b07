"""What a question's condition makes of it, down the chain, and chains that come back on themselves."""

from __future__ import annotations

import pytest

from ledger.domain.conditions import Condition, Settled, refuse_loop, settle
from ledger.domain.kinds import State
from ledger.errors import RefusedError

YES = Condition(7, "yes")


def settled(
    outcome: str | None = None,
    voided: str | None = None,
    condition: Condition | None = None,
    parent: Settled | None = None,
) -> Settled:
    return settle(outcome=outcome, voided=voided, condition=condition, parent=parent, name_of_parent="#7")


def test_without_a_condition_the_own_resolution_says_all() -> None:
    assert settled() == Settled(State.UNSETTLED)
    assert settled(outcome="no") == Settled(State.RESOLVED, outcome="no")
    assert settled(voided="a tie") == Settled(State.VOID, reason="a tie")
    assert settled(outcome="no", voided="a tie") == Settled(State.VOID, reason="a tie")


def test_a_name_is_not_needed_where_there_is_no_condition() -> None:
    assert settle(outcome=None, voided=None, condition=None, parent=None) == Settled(State.UNSETTLED)
    parent = Settled(State.VOID, reason="x")
    told = settle(outcome=None, voided=None, condition=YES, parent=parent)
    assert told.reason == "its condition  is void: x"


@pytest.mark.parametrize("outcome", [None, "yes", "no"])
@pytest.mark.parametrize("state", [State.UNSETTLED, State.WAITING])
def test_it_waits_while_its_condition_is_unsettled_whatever_was_recorded(outcome: str | None, state: State) -> None:
    assert settled(outcome, condition=YES, parent=Settled(state)) == Settled(State.WAITING)


def test_it_lives_where_its_condition_holds() -> None:
    holds = Settled(State.RESOLVED, outcome="yes")
    assert settled(condition=YES, parent=holds) == Settled(State.UNSETTLED)
    assert settled("no", condition=YES, parent=holds) == Settled(State.RESOLVED, outcome="no")
    second = Settled(State.RESOLVED, outcome="1")
    assert settled("no", condition=Condition(7, "1"), parent=second) == Settled(State.RESOLVED, outcome="no")


@pytest.mark.parametrize("went", ["no", "0.3", "1"])
def test_it_falls_where_its_condition_went_the_other_way(went: str) -> None:
    parent = Settled(State.RESOLVED, outcome=went)
    reason = f"its condition #7 settled {went}, this needs yes"
    for outcome in (None, "yes"):
        assert settled(outcome, condition=YES, parent=parent) == Settled(State.VOID, reason=reason)


def test_it_falls_with_a_void_condition_and_tells_the_reason_down_the_chain() -> None:
    first = Settled(State.RESOLVED, outcome="no")
    second = settle(outcome=None, voided=None, condition=Condition(1, "yes"), parent=first, name_of_parent="#1")
    third = settle(outcome="yes", voided=None, condition=Condition(2, "yes"), parent=second, name_of_parent="#2")
    assert third == Settled(State.VOID, reason="its condition #2 is void: its condition #1 settled no, this needs yes")


def test_its_own_void_stands_whatever_the_condition_does() -> None:
    for parent in (Settled(State.UNSETTLED), Settled(State.VOID, reason="x"), Settled(State.RESOLVED, outcome="yes")):
        assert settled(voided="asked badly", condition=YES, parent=parent) == Settled(State.VOID, reason="asked badly")


def test_a_condition_whose_question_is_not_there_asks_nothing() -> None:
    assert settled("yes", condition=YES, parent=None) == Settled(State.RESOLVED, outcome="yes")


def test_chains_that_end_pass() -> None:
    refuse_loop(1, {})
    refuse_loop(1, {1: 2, 2: 3})
    refuse_loop(3, {1: 2, 2: 3})


@pytest.mark.parametrize(
    ("start", "conditions", "chain"),
    [
        (1, {1: 1}, "1 → 1"),
        (1, {1: 2, 2: 1}, "1 → 2 → 1"),
        (2, {1: 2, 2: 3, 3: 1}, "2 → 3 → 1 → 2"),
        (9, {9: 1, 1: 2, 2: 1}, "9 → 1 → 2 → 1"),
    ],
)
def test_a_chain_that_comes_back_is_refused_and_named(start: int, conditions: dict[int, int], chain: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        refuse_loop(start, conditions)
    assert str(refusal.value) == (f"the condition would loop: {chain}; make one of these questions unconditional")


def test_the_chain_is_told_in_the_names_that_are_given() -> None:
    with pytest.raises(RefusedError, match=r"loop: #1 → #2 → #1;"):
        refuse_loop(1, {1: 2, 2: 1}, lambda number: f"#{number}")
