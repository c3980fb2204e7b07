"""The queue of a review: what is due, in an order that puts conditions first, and what an outcome changes in it."""

from __future__ import annotations

from random import Random

import pytest
from desk import Desk, day

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status
from ledger.services.review_queue import Changed, Waiting, _after_conditions, changed_by, queue


def asked(desk: Desk) -> None:
    """Six questions: 2 needs 1, 3 needs 2 and has the first deadline, 4 needs 5 which is open, 6 is settled."""
    desk.ask("One?", day(5), source="B")
    desk.ask("Two?", day(4), condition="#1=yes", source="A")
    desk.ask("Three?", day(2), condition="#2=yes")
    desk.ask("Four?", day(3))
    desk.ask("Five?", day(50))
    desk.edit("#4", condition="#5=no")
    desk.ask("Six?", day(1))
    desk.ask("Seven?", day(5.5), source="A", tags=("late",))
    desk.wait(10)
    desk.resolve("#6", "yes")


def numbers(desk: Desk, **how: object) -> list[int]:
    with desk.book() as book:
        return [one.number for one in queue(book, **how)]  # type: ignore[arg-type]


def test_a_condition_comes_first_and_the_rest_by_deadline(desk: Desk) -> None:
    asked(desk)
    with desk.book() as book:
        found = queue(book)
    assert [(one.number, one.source, one.after) for one in found] == [
        (1, "B", None), (2, "A", 1), (3, None, 2), (7, "A", None),
    ]  # fmt: skip
    assert [one.deadline for one in found] == [
        deadline for (deadline,) in desk.rows("SELECT deadline FROM question WHERE id IN (1, 2, 3, 7) ORDER BY id")
    ]


def test_by_source_those_without_one_come_last(desk: Desk) -> None:
    asked(desk)
    desk.ask("Nobody's?", day(10.5))
    desk.wait(1)
    assert numbers(desk, order="source") == [7, 1, 2, 3, 8]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(tags=("late",)), [7]),
        (Filters(sources=("A",)), [7]),
        (Filters(search="e"), [1, 7]),
        (Filters(search="o"), [2]),
        (Filters(status=(Status.DUE,)), [1, 7]),
        (Filters(status=(Status.DUE, Status.WAITING)), [1, 2, 3, 7]),
        (Filters(status=(Status.OPEN, Status.WAITING)), []),
    ],
)
def test_what_the_filters_leave(desk: Desk, filters: Filters, found: list[int]) -> None:
    asked(desk)
    if filters.search == "o":
        desk.resolve("#1", "yes")
    assert numbers(desk, filters=filters) == found


def test_an_outcome_makes_what_hangs_on_it_due_or_drops_it(desk: Desk) -> None:
    asked(desk)
    desk.resolve("#1", "yes")
    with desk.book() as book:
        changed = changed_by(book, 1)
        there = {one.number: one for one in queue(book)}
    assert [(one.number, one.status) for one in changed] == [
        (1, Status.RESOLVED), (2, Status.DUE), (3, Status.WAITING),
    ]  # fmt: skip
    assert [one.waiting for one in changed] == [None, there[2], there[3]]
    assert (there[2].after, there[3].after) == (None, 2)
    desk.resolve("#1", "no", supersede=True)
    with desk.book() as book:
        assert [(one.number, one.status, one.waiting) for one in changed_by(book, 1)] == [
            (1, Status.RESOLVED, None), (2, Status.VOID, None), (3, Status.VOID, None),
        ]  # fmt: skip
        assert [one.number for one in queue(book)] == [7]


def test_what_the_filters_leave_out_is_not_added(desk: Desk) -> None:
    asked(desk)
    desk.resolve("#1", "yes")
    with desk.book() as book:
        told = changed_by(book, 1, Filters(search="two"))
        assert [one.waiting and one.waiting.number for one in told] == [None, 2, None]
        assert changed_by(book, 999) == []
        assert changed_by(book, 6) == [Changed(6, Status.RESOLVED, None)]


@pytest.mark.parametrize("seed", range(20))
def test_any_forest_of_conditions_is_in_the_first_order_that_keeps_them(seed: int) -> None:
    """Held against the definition: of all whose condition has had its turn, always the first one."""
    draw = Random(seed)
    count = draw.randrange(1, 30)
    parents = {number: draw.choice([None, *range(1, number)]) for number in range(1, count + 1)}
    gone = {number for number in parents if draw.random() < 0.1}
    there = [Waiting(one, draw.randrange(5), None, parents[one]) for one in parents if one not in gone]
    there.sort(key=lambda one: (one.deadline, one.number))
    expected: list[Waiting] = []
    while True:
        had = {one.number for one in expected}
        ready = [one for one in there if one not in expected and (one.after is None or one.after in had)]
        if not ready:
            break
        expected.append(ready[0])
    assert list(_after_conditions(there)) == expected
