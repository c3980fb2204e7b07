"""When a statement is late, how long it stands, what it weighs, and how well its time is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.kinds import TimingClass
from ledger.domain.timing import (
    PARTS,
    Standing,
    Statement,
    Withdrawal,
    close_of,
    share_of_life,
    time_unit,
    timing_class,
)

LATE, IMPORTED, RECORDED, PROVEN = (
    TimingClass.LATE,
    TimingClass.IMPORTED,
    TimingClass.RECORDED,
    TimingClass.PROVEN,
)


def said(entry: int, made_at: int, *, deadline: int = 100, recorded_at: int | None = None) -> Statement:
    return Statement(entry, made_at, made_at if recorded_at is None else recorded_at, deadline)


def weights(statements: list[Statement], left: list[Withdrawal] = (), known_at: int | None = None, starts_at: int = 0):  # type: ignore[no-untyped-def,assignment]
    timed = time_unit(statements, left, known_at, starts_at)
    return {one.entry: Fraction(one.weight, PARTS) for one in timed.standings}


@pytest.mark.parametrize(("known_at", "close"), [(None, 100), (99, 99), (100, 100), (101, 100), (-5, -5), (0, 0)])
def test_a_question_closes_at_the_earlier_of_its_deadline_and_known_at(known_at: int | None, close: int) -> None:
    assert close_of(100, known_at) == close


@pytest.mark.parametrize(("made_at", "timing"), [(98, RECORDED), (99, RECORDED), (100, LATE), (101, LATE)])
def test_what_is_stated_exactly_at_the_close_is_late(made_at: int, timing: TimingClass) -> None:
    assert timing_class(said(1, made_at), 100) is timing


@pytest.mark.parametrize(("recorded_at", "timing"), [(50, RECORDED), (51, IMPORTED), (1000, IMPORTED)])
def test_a_claimed_earlier_time_is_imported_however_little_earlier(recorded_at: int, timing: TimingClass) -> None:
    assert timing_class(said(1, 50, recorded_at=recorded_at), 100) is timing


@pytest.mark.parametrize(
    ("anchored_at", "timing"), [(60, PROVEN), (99, PROVEN), (100, IMPORTED), (101, IMPORTED), (None, IMPORTED)]
)
def test_an_anchor_proves_only_what_it_shows_before_the_close(anchored_at: int | None, timing: TimingClass) -> None:
    statement = Statement(1, 50, 55, 100, anchored_at)
    assert timing_class(statement, 100) is timing


def test_an_anchor_does_not_save_what_is_late() -> None:
    assert timing_class(Statement(1, 100, 100, 100, anchored_at=10), 100) is LATE


@pytest.mark.parametrize(
    ("passed", "life", "parts"),
    [
        (0, 7, 0),
        (7, 7, PARTS),
        (1, 2, PARTS // 2),
        (1, 3, 1431655765),  # …765.33
        (2, 3, 2863311531),  # …530.67
        (1, 2 * PARTS, 1),  # exactly one half of a part goes up
        (1, 2 * PARTS + 1, 0),
        (3, 2 * PARTS, 2),
    ],
)
def test_a_share_of_the_life_is_rounded_once_half_up(passed: int, life: int, parts: int) -> None:
    assert share_of_life(passed, life) == parts


def test_one_forecast_from_the_opening_to_the_deadline_weighs_a_whole_unit() -> None:
    timed = time_unit([said(4, 0)], [], None, 0)
    assert timed == ([Standing(4, 100, PARTS, RECORDED)], 4, 4, PARTS, RECORDED, 0)


def test_each_statement_stands_until_the_next_and_the_last_until_the_close() -> None:
    timed = time_unit([said(1, 10), said(2, 30), said(3, 60)], [], None, 10)
    assert [one.until for one in timed.standings] == [30, 60, 100]
    assert (timed.first, timed.last, timed.weight) == (1, 3, PARTS)
    assert weights([said(1, 0), said(2, 25), said(3, 50)]) == {1: Fraction(1, 4), 2: Fraction(1, 4), 3: Fraction(1, 2)}


def test_the_known_outcome_ends_the_standing_and_not_the_scheduled_life() -> None:
    timed = time_unit([said(1, 0), said(2, 25)], [], 50, 0)
    assert [one.until for one in timed.standings] == [25, 50]
    assert [one.weight for one in timed.standings] == [PARTS // 4, PARTS // 4]
    assert timed.weight == PARTS // 2


def test_life_begins_with_the_opening_or_anyones_first_statement() -> None:
    assert weights([said(1, 50)], starts_at=0) == {1: Fraction(1, 2)}
    assert weights([said(1, 50)], starts_at=50) == {1: 1}


def test_statements_of_one_moment_stand_in_the_order_of_entry() -> None:
    for order in ([said(1, 50), said(2, 50)], [said(2, 50), said(1, 50)]):
        timed = time_unit(order, [], None, 0)
        assert [(one.entry, one.until, one.weight) for one in timed.standings] == [(1, 50, 0), (2, 100, PARTS // 2)]
        assert (timed.first, timed.last) == (1, 2)


def test_statements_are_taken_in_order_of_time_not_of_entry() -> None:
    timed = time_unit([said(9, 20, recorded_at=90), said(3, 60)], [], None, 0)
    assert [(one.entry, one.until) for one in timed.standings] == [(9, 60), (3, 100)]
    assert (timed.first, timed.last) == (9, 3)


@pytest.mark.parametrize(
    ("left", "until"),
    [
        ([Withdrawal(2, 40, 40)], 40),
        ([Withdrawal(2, 40, 40), Withdrawal(3, 30, 30)], 30),  # told later, of an earlier time
        ([Withdrawal(2, 20, 20)], 20),  # at its own time, told after it: it stood for nothing
        ([Withdrawal(2, 19, 19)], 100),  # before it was made
        ([Withdrawal(2, 100, 100)], 100),
        ([Withdrawal(2, 130, 130)], 100),
    ],
)
def test_a_withdrawal_ends_what_was_said_before_it(left: list[Withdrawal], until: int) -> None:
    timed = time_unit([said(1, 20)], left, None, 0)
    weight = share_of_life(until, 100) - share_of_life(20, 100)
    assert timed.standings == [Standing(1, until, weight, RECORDED)]


def test_a_withdrawal_of_the_same_moment_but_told_first_does_not_end_a_statement() -> None:
    timed = time_unit([said(7, 20)], [Withdrawal(6, 20, 20)], None, 0)
    assert timed.standings[0].until == 100


def test_who_withdrew_may_come_back() -> None:
    statements, left = [said(1, 0), said(3, 75)], [Withdrawal(2, 25, 25)]
    assert weights(statements, left) == {1: Fraction(1, 4), 3: Fraction(1, 4)}
    timed = time_unit(statements, left, None, 0)
    assert [one.until for one in timed.standings] == [25, 100]
    assert timed.last == 3


def test_a_late_statement_is_kept_apart_and_ends_nothing() -> None:
    timed = time_unit([said(1, 0), said(2, 100), said(3, 130)], [], None, 0)
    assert timed.standings == [
        Standing(1, 100, PARTS, RECORDED),
        Standing(2, None, 0, LATE),
        Standing(3, None, 0, LATE),
    ]
    assert timed[1:] == (1, 1, PARTS, RECORDED, 2)


def test_a_unit_whose_statements_were_all_late_has_no_first_last_or_weight() -> None:
    timed = time_unit([said(1, 100), said(2, 101)], [], None, 100)
    assert timed == ([Standing(1, None, 0, LATE), Standing(2, None, 0, LATE)], None, None, 0, LATE, 2)


def test_a_unit_has_the_weakest_class_of_its_on_time_statements() -> None:
    proven = Statement(1, 10, 10, 100, anchored_at=11)
    recorded, imported, late = said(2, 20), said(3, 30, recorded_at=40), said(4, 100)
    assert time_unit([proven], [], None, 0).timing is PROVEN
    assert time_unit([proven, recorded], [], None, 0).timing is RECORDED
    assert time_unit([proven, recorded, imported], [], None, 0).timing is IMPORTED
    assert time_unit([proven, recorded, late], [], None, 0).timing is RECORDED


def test_a_longer_deadline_makes_no_late_statement_timely() -> None:
    """The first was made at the old deadline, the second under the new one."""
    timed = time_unit([said(1, 100, deadline=100), said(2, 110, deadline=200)], [], None, 0)
    assert timed.standings == [
        Standing(1, None, 0, LATE),
        Standing(2, 200, share_of_life(200, 200) - share_of_life(110, 200), RECORDED),
    ]


def test_a_statement_under_the_old_deadline_stands_no_longer_than_that() -> None:
    timed = time_unit([said(1, 50, deadline=100), said(2, 150, deadline=200)], [], None, 0)
    assert [one.until for one in timed.standings] == [100, 200]
    assert weights([said(1, 50, deadline=100), said(2, 150, deadline=200)]) == {1: Fraction(1, 4), 2: Fraction(1, 4)}


def test_a_shorter_deadline_changes_nothing_for_what_was_said_before() -> None:
    """Under the shorter one a later statement may be late, and one in time ends the earlier one's standing."""
    assert weights([said(1, 0), said(2, 60, deadline=50)]) == {1: 1, 2: 0}
    assert weights([said(1, 0), said(2, 25, deadline=50)]) == {1: Fraction(1, 4), 2: Fraction(1, 4)}


def test_a_late_statement_under_a_longer_deadline_does_not_stretch_the_life() -> None:
    for known_at in (120, 150):  # the second is of exactly the close
        assert weights([said(1, 0), said(2, 150, deadline=200)], known_at=known_at) == {1: 1, 2: 0}


instants = st.integers(-50, 150)
statements = st.builds(
    lambda made_at, seen_after, deadline: (made_at, made_at + seen_after, deadline),
    instants,
    st.sampled_from([0, 0, 1, 40]),
    st.sampled_from([50, 100, 100, 120]),
)


@given(
    st.lists(statements, min_size=1, max_size=8),
    st.lists(instants, max_size=3),
    st.none() | instants,
    st.integers(0, 30),
)
def test_weights_of_a_unit_never_sum_to_more_than_one(
    stated: list[tuple[int, int, int]], left: list[int], known_at: int | None, before: int
) -> None:
    unit = [Statement(at, *one) for at, one in enumerate(stated, 1)]
    starts_at = min(one.made_at for one in unit) - before
    timed = time_unit(unit, [Withdrawal(50 + at, one, one) for at, one in enumerate(left)], known_at, starts_at)
    assert all(one.weight >= 0 for one in timed.standings)
    assert timed.weight == sum(one.weight for one in timed.standings) <= PARTS
    assert timed.late == sum(one.timing is LATE for one in timed.standings)
    for one, standing in zip(sorted(unit, key=lambda one: (one.made_at, one.entry)), timed.standings, strict=True):
        close = one.deadline if known_at is None else min(one.deadline, known_at)
        assert standing.entry == one.entry
        assert (standing.until is None) is (one.made_at >= close) is (standing.timing is LATE)
        assert standing.until is None or one.made_at <= standing.until <= close


@given(st.lists(st.integers(0, 999), min_size=1, max_size=12, unique=True))
def test_a_life_covered_without_a_gap_weighs_one_to_the_last_part(times: list[int]) -> None:
    unit = [said(at, made_at, deadline=1000) for at, made_at in enumerate([0, *times], 1)]
    assert time_unit(unit, [], None, 0).weight == PARTS


def test_what_was_said_of_a_resolved_question_is_late() -> None:
    statement = Statement(1, 10, 10, 100, settled=True)
    assert timing_class(statement, 100) is TimingClass.LATE
    timed = time_unit([statement, Statement(2, 5, 5, 100)], [], None, 0)
    assert (timed.first, timed.last, timed.late) == (2, 2, 1)
    assert timed.standings[0].until == 100


def test_a_settled_statement_stretches_no_life() -> None:
    timed = time_unit([Statement(1, 0, 0, 100), Statement(2, 60, 60, 1000, settled=True)], [], None, 0)
    assert timed.weight == PARTS


def test_a_statement_that_our_clock_saw_stands_until_our_clock_sees_the_withdrawal() -> None:
    left = [Withdrawal(2, 20, 70)]
    assert time_unit([Statement(1, 10, 10, 100)], left, None, 0).standings[0].until == 70
    assert time_unit([Statement(1, 10, 15, 100)], left, None, 0).standings[0].until == 20
