"""When a question asks for a review, and what of that is still to be said."""

from __future__ import annotations

from datetime import UTC, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.instants import DAY, HOUR, LATEST, SECOND, Instant, from_datetime
from ledger.domain.kinds import State
from ledger.domain.review_rules import (
    APART,
    REPEAT,
    STALE,
    Rules,
    Said,
    Weekly,
    last_weekly,
    next_weekly,
    repeat_at,
)
from ledger.domain.reviews import (
    Announcement,
    Asking,
    Occasion,
    Told,
    Why,
    announcement,
    is_due,
    is_stale,
    next_moment,
)

RULES = Rules()
NEVER_STALE = Rules(stale=None)
NIGHT = Rules(weekly=Weekly(6, time(2, 30)), zone="Europe/Berlin")


def at(text: str) -> Instant:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))


BEGUN, DEADLINE = at("2027-01-01"), at("2027-04-01")
ASKING = Asking(1, State.UNSETTLED, DEADLINE, BEGUN)


def said(
    asking: Asking, now: Instant, rules: Rules = NEVER_STALE, told: Told | None = None
) -> list[tuple[str, Instant]]:
    """What is announced, as pairs of why and when."""
    found = announcement(asking, told or {}, rules, now)
    return [] if found is None else [(one.why.value, one.at) for one in found.occasions]


def test_the_defaults_are_the_documented_ones() -> None:
    assert (STALE, REPEAT, Rules().zone, Rules().weekly) == (Fraction(1, 3), (1, 3, 7, 14, 30), "UTC", None)


def test_a_question_is_due_at_its_deadline() -> None:
    assert said(ASKING, DEADLINE - 1) == []
    assert said(ASKING, DEADLINE) == [("due", DEADLINE)]
    assert announcement(ASKING, {}, RULES, DEADLINE + 90 * DAY) == Announcement(1, (Occasion(Why.DUE, DEADLINE),), 0)


@pytest.mark.parametrize("state", [State.WAITING, State.RESOLVED, State.VOID])
def test_what_waits_or_is_settled_asks_for_nothing(state: State) -> None:
    asking = ASKING._replace(state=state, look_again=[BEGUN + DAY], put_off=BEGUN + DAY)
    assert announcement(asking, {}, RULES, DEADLINE + DAY) is None
    assert next_moment(asking, {}, RULES, BEGUN) is None
    assert not is_due(asking, DEADLINE + DAY)
    assert not is_stale(asking, RULES, DEADLINE - DAY)


@pytest.mark.parametrize("field", ["reopened", "released", "put_off"])
def test_what_comes_after_the_deadline_makes_it_due_anew(field: str) -> None:
    later = DEADLINE + 5 * DAY
    asking = ASKING._replace(**{field: later})
    assert said(asking, later) == [("due", later)]
    old = {Occasion(Why.DUE, DEADLINE): Said(DEADLINE, DEADLINE, 1)}
    assert said(asking, later, told=old) == [("due", later)]
    assert said(ASKING._replace(**{field: DEADLINE - DAY}), DEADLINE) == [("due", DEADLINE)]


def test_what_is_put_off_is_silent_until_then() -> None:
    until = DEADLINE + 5 * DAY
    asking = ASKING._replace(put_off=until, look_again=[DEADLINE + DAY])
    assert said(asking, until - 1) == []
    assert next_moment(asking, {}, NEVER_STALE, DEADLINE) == until
    assert said(asking, until) == [("due", until), ("look_again", DEADLINE + DAY)]
    assert not is_due(asking, until - 1)
    assert is_due(asking, until)


def test_an_open_question_is_looked_at_when_it_is_no_longer_put_off() -> None:
    until = BEGUN + 5 * DAY
    asking = ASKING._replace(put_off=until)
    assert said(asking, until - 1) == []
    assert said(asking, until) == [("look_again", until)]
    assert said(asking, DEADLINE) == [("due", DEADLINE)]
    assert not is_stale(ASKING._replace(put_off=BEGUN + 40 * DAY), RULES, BEGUN + 35 * DAY)
    assert is_stale(ASKING._replace(put_off=BEGUN + 40 * DAY), RULES, BEGUN + 40 * DAY)


def test_each_day_to_look_again_is_said_once() -> None:
    first, second = BEGUN + 10 * DAY, BEGUN + 20 * DAY
    asking = ASKING._replace(look_again=[first, second])
    assert next_moment(asking, {}, NEVER_STALE, BEGUN) == first
    assert said(asking, first) == [("look_again", first)]
    assert said(asking, second) == [("look_again", first), ("look_again", second)]
    told = {Occasion(Why.LOOK_AGAIN, first): Said(first, first, 1)}
    assert said(asking, first + 9 * DAY, told=told) == []
    assert next_moment(asking, told, NEVER_STALE, first) == second
    assert said(asking, DEADLINE + DAY, told=told) == [("due", DEADLINE), ("look_again", second)]


def test_a_settled_condition_is_said_of_an_open_question() -> None:
    released = BEGUN + 10 * DAY
    asking = ASKING._replace(released=released)
    assert said(asking, released) == [("condition", released)]
    assert said(asking, DEADLINE) == [("due", DEADLINE)]


def test_a_forecast_is_stale_after_its_share_of_the_life() -> None:
    third = (DEADLINE - BEGUN) // 3
    assert said(ASKING, BEGUN + third - 1, RULES) == []
    assert said(ASKING, BEGUN + third, RULES) == [("stale", BEGUN)]
    updated = BEGUN + 7 * DAY
    assert said(ASKING._replace(updated=updated), updated + third - 1, RULES) == []
    assert said(ASKING._replace(updated=updated), updated + third, RULES) == [("stale", updated)]
    assert said(ASKING._replace(updated=BEGUN + 2 * third), DEADLINE - 1, RULES) == [], "it would be at its deadline"
    assert said(ASKING, DEADLINE, RULES) == [("due", DEADLINE)]
    assert said(ASKING._replace(deadline=BEGUN - DAY), BEGUN - 2 * DAY, RULES) == []


def test_another_share_is_another_moment_and_the_same_occasion() -> None:
    told = {Occasion(Why.STALE, BEGUN): Said(BEGUN + 30 * DAY, BEGUN + 30 * DAY, 1)}
    assert said(ASKING, BEGUN + 80 * DAY, Rules(stale=Fraction(1, 9)), told) == []
    assert said(ASKING, BEGUN + 80 * DAY, NEVER_STALE) == []


def test_the_most_pressing_comes_first_and_each_occasion_once() -> None:
    until, released = BEGUN + 40 * DAY, BEGUN + 39 * DAY
    asking = ASKING._replace(put_off=until, released=released, look_again=[until, BEGUN + DAY])
    found = said(asking, until, RULES)
    assert [why for why, _ in found] == ["look_again", "look_again", "condition", "stale"]


def repeats(first: Instant, passes: list[Instant], rules: Rules = RULES) -> list[Instant]:
    """When what was said ``first`` is said again at one of ``passes``."""
    found = [first]
    for now in passes:
        told = {Occasion(Why.DUE, DEADLINE): Said(first, found[-1], len(found))}
        again = announcement(ASKING, told, rules, now)
        if again is not None:
            assert again.repeat == len(found)
            found.append(now)
    return found


def days(found: list[Instant], first: Instant) -> list[int]:
    return [(one - first) // DAY for one in found]


def test_what_is_due_is_repeated_at_growing_intervals() -> None:
    first = DEADLINE + 9 * HOUR
    daily = [first + day * DAY for day in range(1, 130)]
    assert days(repeats(first, daily), first) == [0, 1, 3, 7, 14, 30, 60, 90, 120]
    assert days(repeats(first, daily, Rules(repeat=(2, 5))), first)[:6] == [0, 2, 5, 10, 15, 20]
    assert repeats(first, daily, Rules(repeat=())) == [first]


def test_missed_repeats_are_not_replayed() -> None:
    first = DEADLINE + 9 * HOUR
    late = [first + day * DAY for day in (10, 11, 12, 13, 14, 15)]
    assert days(repeats(first, late), first) == [0, 10, 14]


def test_after_the_last_interval_repeats_keep_its_days_whenever_the_last_one_came() -> None:
    first = DEADLINE + 9 * HOUR
    late = [first + day * DAY for day in (10, 13, 14, 20, 21)]
    assert days(repeats(first, late, Rules(repeat=(7,))), first) == [0, 10, 14, 21]


def test_two_thirds_of_a_life() -> None:
    share = 2 * (DEADLINE - BEGUN) // 3
    assert not is_stale(ASKING, Rules(stale=Fraction(2, 3)), BEGUN + share - 1)
    assert is_stale(ASKING, Rules(stale=Fraction(2, 3)), BEGUN + share)
    assert is_stale(ASKING._replace(deadline=BEGUN + 2), Rules(stale=Fraction(1, 2)), BEGUN + 1), "a life of 2 µs"
    assert not is_stale(ASKING, Rules(stale=None), DEADLINE - 1), "never, where no share is set"
    assert not is_stale(ASKING, Rules(stale=Fraction(1, 3)), DEADLINE), "due instead"


def test_a_reminder_early_by_seconds_or_an_hour_of_daylight_repeats_on_its_day() -> None:
    """In Berlin the clocks go forward on 28 March 2027, so that nine o'clock comes after 23 hours."""
    first = at("2027-03-27T08:00:30")
    told = Said(first, first, 1)
    assert repeat_at(told, Rules(zone="Europe/Berlin")) == at("2027-03-27T23:00:00")
    assert repeats(first, [at("2027-03-28T06:59:50")], Rules(zone="Europe/Berlin"))[1:] == [at("2027-03-28T06:59:50")]


def test_nothing_is_repeated_within_twelve_hours() -> None:
    first = DEADLINE + 23 * HOUR
    assert repeat_at(Said(first, first, 1), RULES) == first + APART == DEADLINE + 35 * HOUR
    assert repeats(first, [first + APART - 1]) == [first]


def test_the_zone_says_where_a_day_begins() -> None:
    """In Santiago the clocks skip midnight on 5 September 2027: the day begins at one."""
    first = at("2027-09-04T15:00")
    assert repeat_at(Said(first, first, 1), Rules(zone="America/Santiago")) == at("2027-09-05T04:00")
    early = at("2027-09-04T03:30")
    assert repeat_at(Said(early, early, 1), Rules(zone="America/Santiago")) == early + APART


def test_at_the_end_of_time_nothing_is_repeated() -> None:
    assert repeat_at(Said(LATEST, LATEST, 1), RULES) is None
    assert repeat_at(Said(LATEST, LATEST, 1), Rules(zone="Pacific/Auckland")) is None


MONDAY = Rules(weekly=Weekly(0, time(9)), zone="Europe/Berlin", since=at("2027-01-06"))


def test_the_week_is_reviewed_on_its_day_after_the_rules_were_set() -> None:
    first = at("2027-01-11T08:00")
    assert last_weekly(MONDAY, first - 1) is None
    assert next_weekly(MONDAY, MONDAY.since) == next_weekly(MONDAY, first - 1) == first
    assert last_weekly(MONDAY, first) == last_weekly(MONDAY, first + 6 * DAY) == first
    assert next_weekly(MONDAY, first) == last_weekly(MONDAY, first + 7 * DAY) == first + 7 * DAY
    assert last_weekly(MONDAY, at("2027-04-01")) == at("2027-03-29T07:00"), "summer time"
    assert (last_weekly(RULES, first), next_weekly(RULES, first)) == (None, None)


def test_a_weekly_time_that_the_clocks_skip_or_show_twice_comes_once() -> None:
    gap, twice = at("2027-03-28T01:30"), at("2027-10-31T00:30")
    assert last_weekly(NIGHT, gap) == gap
    assert last_weekly(NIGHT, gap - SECOND) == at("2027-03-21T01:30")
    assert last_weekly(NIGHT, twice + 3 * HOUR) == twice
    assert next_weekly(NIGHT, twice) == at("2027-11-07T01:30")


def test_there_is_a_last_week() -> None:
    assert next_weekly(NIGHT, LATEST) is None
    assert next_weekly(Rules(weekly=Weekly(0, time(0)), zone="Pacific/Auckland"), LATEST) is None
    assert last_weekly(MONDAY, LATEST) is not None


instants = st.integers(0, 3000).map(lambda hours: BEGUN + hours * HOUR)
askings = st.builds(
    Asking, st.just(1), st.sampled_from(State), instants, st.just(BEGUN), st.none() | instants, st.none() | instants,
    st.none() | instants, st.none() | instants, st.lists(instants, max_size=3),
)  # fmt: skip
rules = st.builds(
    Rules, st.none() | st.sampled_from([Fraction(1, 3), Fraction(1, 7), Fraction(9, 10)]),
    st.sampled_from([(), (1,), (2, 5), REPEAT]), st.none(),
    st.sampled_from(["UTC", "Asia/Kolkata", "America/Santiago"]),
)  # fmt: skip


@given(askings, rules, st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_a_pass_says_nothing_twice_and_the_next_moment_is_the_next(
    asking: Asking, rules: Rules, gaps: list[int]
) -> None:
    """Over any passes: what was said is not said again until its time, and it is known when that is."""
    told: dict[Occasion, Said] = {}
    now = BEGUN
    for gap in gaps:
        now += gap * HOUR
        found = announcement(asking, told, rules, now)
        moment = next_moment(asking, told, rules, now)
        assert (found is not None) == (moment is not None and moment <= now)
        for one in () if found is None else found.occasions:
            before = told.get(one)
            assert before is None or (one.why is Why.DUE and rules.repeat and now - before.last >= APART)
            told[one] = Said(now if before is None else before.first, now, 1 if before is None else before.times + 1)
        assert announcement(asking, told, rules, now) is None
        following = next_moment(asking, told, rules, now)
        assert following is None or following > now
        if following is not None:
            assert announcement(asking, told, rules, following - 1) is None
            assert announcement(asking, told, rules, following) is not None
