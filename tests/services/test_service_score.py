"""Scores from a ledger, worked out by hand: policies, kinds, slices, filters, and any earlier state."""

from __future__ import annotations

import json
from typing import Any

import pytest
from desk import Desk, day
from pytest import approx

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status, TimingClass
from ledger.services.values import Stated


@pytest.fixture
def two(desk: Desk) -> Desk:
    """One whole unit of 0.8 that came true, and one of 0.3, stated half way, that did not."""
    desk.ask("Will it rain?", day(64), "0.8", key="rain", tags=("wet", "sky"))
    desk.ask("Will it snow?", day(64), key="snow", tags=("sky",), source="News")
    desk.wait(32).say("snow", "0.3", "bob")
    desk.wait(32).resolve("rain", "yes")
    desk.resolve("snow", "no")
    return desk


def test_time_average_weighs_each_unit_by_its_time(two: Desk) -> None:
    card = two.score()["overall"]
    assert card["n"] == 2
    assert card["brier"] == approx((0.04 + 0.5 * 0.09) / 1.5, rel=1e-15)
    assert card["coverage"] == 0.75
    assert card["base_rate"] == approx(1 / 1.5, rel=1e-15)
    assert card["truncated_score"] == approx((0.04 + 0.5 * 0.09) / 2, rel=1e-15)
    assert (card["brier_low"], card["brier_high"]) == (card["brier"], card["brier"])


@pytest.mark.parametrize("policy", ["last", "first", "all"])
def test_other_policies_weigh_units_equally_and_have_no_coverage(two: Desk, policy: str) -> None:
    card = two.score(policy)["overall"]
    assert (card["n"], card["brier"]) == (2, approx(0.065, rel=1e-15))
    assert card["coverage"] is None
    assert card["reasons"]["coverage"] == "only the time-average policy weighs by time"
    assert "truncated_score" not in card


def test_policies_take_the_statements_that_they_name(desk: Desk) -> None:
    desk.ask("Will it rain?", day(64), "0.5", key="rain")
    desk.wait(16).say("rain", "0.75")
    desk.wait(16).say("rain", "1")
    desk.wait(32).say("rain", "0.25")
    desk.resolve("rain", "yes")
    briers = {policy: desk.score(policy)["overall"] for policy in ("time-average", "first", "last", "all")}
    assert {policy: card["n"] for policy, card in briers.items()} == {
        "time-average": 1, "first": 1, "last": 1, "all": 3,
    }  # fmt: skip
    assert briers["first"]["brier"] == 0.25
    assert briers["last"]["brier"] == 0
    assert briers["all"]["brier"] == approx((0.25 + 0.0625 + 0) / 3)
    assert briers["time-average"]["brier"] == 0.25 * 0.25 + 0.25 * 0.0625


def test_a_withdrawn_unit_is_scored_for_its_time_and_by_its_last_word(desk: Desk) -> None:
    desk.ask("Will it rain?", day(64), "0.5", key="rain")
    desk.wait(16).withdraw("rain")
    desk.wait(48).resolve("rain", "yes")
    assert desk.score()["overall"]["coverage"] == 0.25
    assert desk.score("last")["overall"]["brier"] == 0.25
    assert desk.score()["counts"]["withdrawn"] == 1


def test_a_hedge_is_scored_at_its_best_value_between_its_ends(desk: Desk) -> None:
    desk.ask("Will it rain?", day(64), key="rain")
    desk.say("rain", Stated(range="20-40%"))
    desk.wait(64).resolve("rain", "yes")
    card = desk.score()["overall"]
    assert (card["brier_low"], card["brier"], card["brier_high"]) == (approx(0.36), approx(0.49), approx(0.64))


def test_a_range_around_the_outcome_has_its_least_score_inside(desk: Desk) -> None:
    desk.ask("How much of it?", day(64), key="rain")
    desk.say("rain", Stated(range="20-40%"))
    desk.wait(64).resolve("rain", "0.25")
    card = desk.score()["overall"]
    assert (card["brier_low"], card["brier"], card["brier_high"]) == (approx(0), approx(0.0025), approx(0.0225))


def test_what_was_called_impossible_and_happened(desk: Desk) -> None:
    desk.ask("Will it rain?", day(64), "0", key="rain")
    desk.wait(64).resolve("rain", "yes")
    card = desk.score()["overall"]
    assert (card["log_score"], card["log_score_infinite"]) == (None, 1)
    assert card["reasons"]["log_score"] == "infinite: 1 row gave no chance to what happened"
    json.dumps(card, allow_nan=False)


def test_an_empty_ledger_has_no_figures_and_says_why(desk: Desk) -> None:
    told = desk.score()
    assert set(told["counts"].values()) == {0}
    assert (told["overall"]["n"], told["overall"]["brier"], told["kinds"], told["groups"]) == (0, None, {}, [])
    assert told["overall"]["reasons"]["coverage"] == "there are no scored forecasts"


NAMES = ("low", "middle", "high")


@pytest.mark.parametrize(("kind", "score"), [("choice", 0.19), ("ordered", 0.145)])
def test_options_have_a_card_of_their_own(desk: Desk, kind: str, score: float) -> None:
    """Half the sum over options: (0.2² + 0.3² + 0.5²) / 2; over K − 1 steps: (0.2² + 0.5²) / 2."""
    desk.ask("How high?", day(64), key="level", kind=kind, options=NAMES)
    desk.say("level", Stated(options=tuple(zip(NAMES, ("0.2", "0.3", "0.5"), strict=True))))
    desk.wait(64).resolve("level", "high")
    told = desk.score()
    assert told["overall"]["n"] == 0
    card = told["kinds"][kind]
    assert (card["n"], card["brier"], card["coverage"]) == (1, approx(score, rel=1e-15), 1)
    assert card["log_score"] == approx(0.6931471805599453)
    assert card["base_rate"] is None
    assert card["reasons"]["base_rate"] == "options differ from question to question"
    assert ("ranked_probability_score" in card) is (kind == "ordered")


def test_an_option_that_was_not_named_had_no_chance(desk: Desk) -> None:
    desk.ask("How high?", day(64), key="level", kind="choice", options=NAMES)
    desk.say("level", Stated(options=(("low", "1"),)))
    desk.wait(64).resolve("level", "high")
    card = desk.score()["kinds"]["choice"]
    assert (card["brier"], card["log_score"], card["log_score_infinite"]) == (1, None, 1)
    assert card["reasons"]["log_score"] == "infinite: 1 row gave no chance to what happened"


def test_numbers_have_a_card_of_their_own(desk: Desk) -> None:
    """Pinball 1.25, 1.5 and 0.25; weighted interval score (0.5 · 3 + 0.25 · 6) / 1.5 (Bracher et al. 2021, eq. 2)."""
    desk.ask("How much?", day(64), key="much", kind="numeric")
    desk.say("much", Stated(quantiles=(("0.25", "10"), ("0.5", "12"), ("0.75", "16"))))
    desk.wait(64).resolve("much", "15")
    card = desk.score()["kinds"]["numeric"]
    assert (card["n"], card["brier"]) == (1, None)
    assert card["pinball"] == approx(1)
    assert card["weighted_interval_score"] == approx(2)
    assert (card["interval_coverage_50"], card["interval_coverage_90"]) == (1, None)
    desk.ask("How much?", day(200), key="more", kind="numeric")
    desk.say("more", Stated(quantiles=(("0.05", "1"), ("0.25", "10"), ("0.5", "12"), ("0.95", "16"))))
    desk.wait(1).resolve("more", "17", known_at="now")
    card = desk.score("last")["kinds"]["numeric"]
    assert card["weighted_interval_score"] is None
    assert card["reasons"]["weighted_interval_score"] == "some quantiles do not lie in pairs around one half"
    assert (card["interval_coverage_50"], card["interval_coverage_90"]) == (1, 0)


def sliced(desk: Desk, by: str) -> dict[str | None, tuple[int, float]]:
    groups = desk.score("last", by=by)["groups"]
    assert [group["by"] for group in groups] == [by] * len(groups)
    return {group["value"]: (group["n"], group["brier"]) for group in groups}


def test_slices(two: Desk) -> None:
    rain, snow = approx(0.04), approx(0.09)
    assert sliced(two, "forecaster") == {"ann": (1, rain), "bob": (1, snow)}
    assert sliced(two, "tag") == {"sky": (2, approx(0.065)), "wet": (1, rain)}
    assert sliced(two, "source") == {"News": (1, snow), None: (1, rain)}
    assert list(sliced(two, "source")) == ["News", None]
    assert sliced(two, "month") == {"2026-03": (2, approx(0.065))}
    assert sliced(two, "horizon") == {"one to three months": (2, approx(0.065))}
    assert sliced(two, "class") == {"recorded": (2, approx(0.065))}
    assert sliced(two, "term") == {None: (2, approx(0.065))}
    two.ask("An older one?", day(80), key="old", p="0.5", made_at=day(50))
    two.wait(20).resolve("old", "yes")
    assert list(sliced(two, "class")) == ["recorded", "imported"]
    assert list(sliced(two, "horizon")) == ["a week to a month", "one to three months"]
    two.ask("Who?", day(90), key="who", kind="choice", options=("A", "B"), tags=("wet",))
    two.say("who", Stated(options=(("A", "1"),)))
    two.wait(1).resolve("who", "A", known_at="now")
    wet = next(group for group in two.score("last", by="tag")["groups"] if group["value"] == "wet")
    assert (wet["n"], wet["kinds"]["choice"]["n"]) == (1, 1)


def test_a_filter_says_what_it_left_out(two: Desk) -> None:
    def counted(**filters: Any) -> tuple[int, int, int]:
        told = two.score("last", filters=Filters(**filters))
        assert told["filters"] == Filters(**filters).as_data()
        return told["counts"]["units"], told["overall"]["n"], told["left_out"]

    assert counted() == (2, 2, 0)
    assert counted(tags=("wet",)) == (1, 1, 1)
    assert counted(forecasters=("bob",)) == (1, 1, 1)
    assert counted(classes=(TimingClass.LATE,)) == (0, 0, 2)
    assert counted(status=(Status.RESOLVED,)) == (2, 2, 0)
    assert counted(search="snow") == (1, 1, 1)


def test_counts_filter_with_the_units(two: Desk) -> None:
    two.correct("rain", "0.9", "ann")
    two.redact("snow")
    two.say("rain", "0.9", "ann")
    whole = two.score()["counts"]
    assert (whole["corrected"], whole["redacted"], whole["late_statements"], whole["statements"]) == (1, 1, 1, 3)
    bob = two.score(filters=Filters(forecasters=("bob",)))["counts"]
    assert (bob["corrected"], bob["redacted"], bob["late_statements"], bob["statements"]) == (0, 1, 0, 1)


def test_any_earlier_state_is_scored_again_to_the_byte(two: Desk) -> None:
    then: dict[str, str] = {}
    two.ask("And now?", day(90), "0.6", key="now")
    for act in (
        lambda: two.wait(3).say("now", "0.7"),
        lambda: two.wait(3).correct("now", "0.8"),
        lambda: two.wait(3).edit("now", deadline=day(80)),
        lambda: two.wait(3).resolve("now", "yes", known_at="now"),
        lambda: two.wait(3).void("now"),
        lambda: two.wait(3).reopen("now"),
        lambda: two.wait(3).resolve("rain", "no", supersede=True),
    ):
        act()
        then[str(two.entries())] = json.dumps([two.score(policy, by="class") for policy in ("time-average", "all")])
    two.wait(100)
    for entry, told in then.items():
        assert json.dumps([two.score(policy, entry, by="class") for policy in ("time-average", "all")]) == told
        assert json.dumps([two.score(policy, f"#{entry}", by="class") for policy in ("time-average", "all")]) == told


def test_a_time_sees_what_was_recorded_by_then_and_the_clock_of_then(two: Desk) -> None:
    assert two.score(as_of=day(0))["counts"]["open"] == 1
    assert two.score(as_of=day(63.99))["counts"]["open"] == 2
    two.reopen("rain")
    two.wait(10)
    assert two.score(as_of=day(64))["counts"] == two.score(as_of=day(70))["counts"]
    assert two.score()["counts"]["due"] == 1
    before = two.score(as_of=day(-1))
    assert before["counts"]["units"] == 0
    with two.book(as_of=day(32)) as book:
        assert book.last_entry == 7
        assert book.now == book.driver.one("SELECT MAX(recorded_at) FROM forecast")[0]  # type: ignore[index]


def test_the_seed_of_the_intervals_makes_the_same_bytes(two: Desk) -> None:
    assert json.dumps(two.score(resamples=1000)) == json.dumps(two.score(resamples=1000))
    assert two.score(resamples=1000)["overall"]["brier_interval"] is not None
