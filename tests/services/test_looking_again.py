"""Days to look at a question again, and the rules of review: read, recorded, refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from desk import BEGIN, Desk, day

from ledger.domain.review_rules import Rules
from ledger.errors import InputError, NotFoundError, RefusedError
from ledger.services.browse import card, due
from ledger.services.looking_again import unset
from ledger.services.review_ruling import rules_view
from ledger.storage.schema import SINCE

AT = int(BEGIN.timestamp()) * 1_000_000
DAY = 86_400_000_000


@pytest.fixture
def rain(desk: Desk) -> Desk:
    desk.ask("Rain?", day(50), "0.4", key="rain")
    return desk.wait(10)


def refusal(desk: Desk, act: Any, *told: Any, error: type[Exception] = RefusedError, **more: Any) -> str:
    entries = desk.entries()
    with pytest.raises(error) as problem:
        act(*told, **more)
    assert desk.entries() == entries
    assert "\n" not in str(problem.value)
    return str(problem.value)


def test_a_day_means_its_beginning(rain: Desk) -> None:
    done = rain.look_again("rain", "2026-03-01", "the count is out", zone="Europe/Berlin")
    shown = "1 March 2026, 00:00:00 in Europe/Berlin (2026-02-28T23:00:00Z)"
    assert done.said == [f"rain: to look at again from {shown} (entry 4)"]
    facts = '{"at":"2026-02-28T23:00:00Z","question":1,"zone":"Europe/Berlin"}'
    assert rain.rows("SELECT kind, facts FROM entry WHERE seq = 4") == [("look_again", facts)]
    assert rain.verify() == []


def test_days_are_set_and_taken_back(rain: Desk) -> None:
    rain.look_again("rain", day(20), "first")
    rain.look_again("rain", day(30))
    rain.look_again("rain", day(40))
    assert rain.forget("rain", day(30), "no need").said == ["rain: 1 day to look again taken back (entry 7)"]
    with rain.book() as book:
        told = card(book, "rain").look_again
    assert [(one.at, one.takes_back, one.stands, one.reason) for one in told] == [
        (AT + 20 * DAY, None, True, "first"), (AT + 30 * DAY, None, False, None), (AT + 40 * DAY, None, True, None),
        (None, 5, False, "no need"),
    ]  # fmt: skip
    assert rain.forget("rain").said == ["rain: 2 days to look again taken back (entry 8)"]
    assert "no day to look again" in refusal(rain, rain.forget, "rain")
    assert "nothing set for 21 January 2026" in refusal(rain, rain.forget, "rain", day(20))
    rain.look_again("rain", day(30))


def test_a_settled_question_forgets_its_days(rain: Desk) -> None:
    rain.look_again("rain", day(20))
    rain.resolve("rain", "yes", known_at="now")
    with rain.book() as book:
        assert [one.stands for one in card(book, "rain").look_again] == [False]
    assert "resolved already: there is nothing to look at again" in refusal(rain, rain.look_again, "rain", day(30))
    rain.reopen("rain")
    assert "no day to look again" in refusal(rain, rain.forget, "rain")
    rain.look_again("rain", day(20))
    assert rain.verify() == []


def test_what_makes_no_sense_is_refused_in_one_line(rain: Desk) -> None:
    rain.look_again("rain", day(20))
    assert "has passed" in refusal(rain, rain.look_again, "rain", day(5))
    assert "has passed" in refusal(rain, rain.look_again, "rain", "now")
    assert "then already (entry 4)" in refusal(rain, rain.look_again, "rain", day(20))
    assert "--on: " in refusal(rain, rain.look_again, "rain", "some time", error=InputError)
    assert "25:00" in refusal(rain, rain.look_again, "rain", "2026-03-01 25:00", error=InputError)
    assert "time zone" in refusal(rain, rain.look_again, "rain", "2026-03-01", zone="Mars/Base", error=InputError)
    assert "snow" in refusal(rain, rain.look_again, "snow", day(20), error=NotFoundError)


def test_due_lists_the_days_that_came_until_a_forecast_was_made(rain: Desk) -> None:
    def listed(within: int | None = None) -> list[tuple[int, int]]:
        with rain.book() as book:
            return [(one.number, one.at) for one in due(book, within=within).look_again]

    rain.look_again("rain", day(20), zone="Europe/Berlin")
    assert listed() == []
    assert listed(within=15 * DAY) == [(1, AT + 20 * DAY)]
    rain.wait(10)
    assert listed() == [(1, AT + 20 * DAY)]
    rain.say("rain", "0.6")
    assert listed() == []


def test_a_ledger_of_an_earlier_schema_is_read_without_days_and_rules(rain: Desk) -> None:
    import sqlite3

    connection = sqlite3.connect(rain.path)
    drops = "".join(f"DROP TABLE {table}; " for table, since in SINCE.items() if since >= "0003")
    connection.executescript(drops + "UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    with rain.book() as book:
        assert card(book, "rain").look_again == []
        assert due(book).look_again == []
        assert rules_view(book).entry is None
    assert rain.verify() == []
    rain.look_again("rain", day(20))
    rain.rule(stale="1/4")
    assert rain.verify() == []


def test_the_rules_are_recorded_as_a_whole(rain: Desk) -> None:
    with rain.book() as book:
        assert rules_view(book).as_data() == {
            "stale": "1/3", "repeat": [1, 3, 7, 14, 30], "weekly": None, "zone": "UTC", "entry": None,
            "next_weekly": None,
        }  # fmt: skip
    done = rain.rule(weekly="Monday@9:00", zone="Europe/Berlin", stale="25%")
    assert done.said == [
        "stale after 1/4 of its scheduled life", "repeated after 1, 3, 7, 14, 30 days, then every 30",
        "weekly review mon@09:00", "in Europe/Berlin",
    ]  # fmt: skip
    facts = '{"repeat":[1,3,7,14,30],"stale":"1/4","weekly":"mon@09:00","zone":"Europe/Berlin"}'
    assert rain.rows("SELECT facts FROM entry WHERE kind = 'review_rules'") == [(facts,)]
    with rain.book() as book:
        assert rules_view(book).as_data()["next_weekly"] == "2026-01-12T08:00:00Z"
    assert rain.rule(stale="0.25").said == ["the rules are so already; nothing was recorded"]
    rain.rule(stale="off", repeat="off", weekly="off")
    with rain.book() as book:
        found = rules_view(book).rules
    assert found == Rules(None, (), None, "Europe/Berlin", AT + 10 * DAY)
    assert rain.verify() == []


@pytest.mark.parametrize(
    ("typed", "read"), [("1/3", (1, 3)), ("2/6", (1, 3)), ("50%", (1, 2)), ("12.5 %", (1, 8)), (".2", (1, 5))]
)
def test_shares_that_are_read(rain: Desk, typed: str, read: tuple[int, int]) -> None:
    rain.rule(stale=typed)
    with rain.book() as book:
        assert rules_view(book).rules.stale == Fraction(*read)


@pytest.mark.parametrize(
    ("rule", "typed", "said"),
    [
        *(("stale", typed, "write a share") for typed in ("1", "0", "3/2", "1/0", "0/3", "never", "", "0%", "-1/3")),
        *(
            ("repeat", typed, "write ascending numbers")
            for typed in ("", "0", "3,1", "1,1", "1,x", "1,,2", "4000", "-1")
        ),
        *(("weekly", typed, "write a weekday") for typed in ("", "mon", "moon@09:00", "m@09:00", "mon 09:00", "mon@9")),
        ("weekly", "mon@25:00", "there is no such time of day; the last is 23:59"),
        ("weekly", "mon@23:60", "there is no such time of day"),
        ("zone", "Mars/Base", "is not a time zone"),
    ],
)
def test_rules_that_cannot_be_read_are_refused_in_one_line(rain: Desk, rule: str, typed: str, said: str) -> None:
    assert said in refusal(rain, rain.rule, error=InputError, **{rule: typed})


def test_the_day_just_set_is_taken_back_and_no_other(rain: Desk) -> None:
    rain.look_again("rain", day(20))
    done = rain.look_again("rain", day(30))
    with rain.clock():
        assert unset(rain.at, done, rain.heard.append).said == ["rain: 1 day to look again taken back (entry 6)"]
    with rain.book() as book:
        assert [one.stands for one in card(book, "rain").look_again] == [True, False, False]
    with rain.clock():
        assert "was taken back, or the question was settled" in refusal(rain, unset, rain.at, done, rain.heard.append)
    assert rain.verify() == []
