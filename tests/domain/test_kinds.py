"""Kinds of question, states, statuses at a moment."""

from __future__ import annotations

import pytest

from ledger.domain.kinds import WEAKEST_FIRST, Kind, State, Status, TimingClass, status_at


def test_the_vocabulary_is_the_blueprints() -> None:
    assert [str(one) for one in Kind] == ["binary", "choice", "ordered", "numeric"]
    assert [str(one) for one in Status] == ["open", "waiting", "due", "resolved", "void"]
    assert [str(one) for one in State] == ["unsettled", "waiting", "resolved", "void"]
    assert [str(one) for one in TimingClass] == ["proven", "recorded", "imported", "late"]


def test_only_choice_and_ordered_have_options() -> None:
    assert {kind for kind in Kind if kind.has_options} == {Kind.CHOICE, Kind.ORDERED}


def test_classes_are_ranked_from_the_weakest() -> None:
    assert WEAKEST_FIRST == (TimingClass.LATE, TimingClass.IMPORTED, TimingClass.RECORDED, TimingClass.PROVEN)


@pytest.mark.parametrize(("now", "status"), [(99, Status.OPEN), (100, Status.DUE), (101, Status.DUE)])
def test_an_unsettled_question_is_due_from_its_deadline_on(now: int, status: Status) -> None:
    assert status_at(State.UNSETTLED, 100, now) is status


@pytest.mark.parametrize("now", [0, 100, 200])
@pytest.mark.parametrize("state", [State.WAITING, State.RESOLVED, State.VOID])
def test_other_states_do_not_ask_the_clock(state: State, now: int) -> None:
    assert status_at(state, 100, now) is Status(state.value)
