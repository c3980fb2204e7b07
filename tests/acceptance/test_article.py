"""The shipped article, from an empty machine to a score."""

from __future__ import annotations

from typing import Any

import pytest
from running import Forecast, Process, Quick
from samples import SEED

KEYS = (
    *("n", "base_rate", "brier", "brier_interval", "brier_low", "brier_high", "log_score", "skill_score"),
    *("miscalibration", "discrimination", "uncertainty", "coverage"),
)
"""What every card has."""

PARTS = ("void", "open", "waiting", "due", "late", "scored")
"""Each unit is in exactly one of these."""

COUNTS = {"units", *PARTS, "statements", "late_statements", "withdrawn", "corrected", "redacted"}


def questions(forecast: Forecast) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = forecast("list", "--json").json()["questions"]
    return found


def resolve_all(forecast: Forecast) -> None:
    for number in range(1, 21):
        forecast("resolve", f"#{number}", "no")


@pytest.fixture
def settled(article: Quick) -> Quick:
    resolve_all(article)
    return article


def test_a_newcomer_has_the_article_and_may_begin_twice(forecast: Process) -> None:
    assert b"20 questions and 19 forecasts" in forecast("init", "--seed", SEED).out
    before = forecast.ledger.read_bytes()
    assert b"already there" in forecast("init", "--seed", SEED).out
    assert forecast.ledger.read_bytes() == before

    listed = forecast("list", "--json").json()
    assert listed["counts"]["questions"] == 20
    assert listed["counts"]["forecasts"] == 19
    assert len(listed["questions"]) == 20
    due = forecast("due", "--json").json()
    assert due["counts"] == {"due": 12, "waiting": 8, "snoozed": 0}
    assert (len(due["due"]), len(due["waiting"])) == (12, 8)
    forecast("verify")


def test_the_ledger_is_in_the_users_data_directory_unless_told_otherwise(forecast: Process) -> None:
    forecast("init", "--seed", SEED, FORECAST_LEDGER="")
    assert not forecast.ledger.exists()
    assert (forecast.around.home / ".local/share/forecast-ledger/ledger.db").stat().st_mode & 0o777 == 0o600


def test_a_command_without_a_ledger_names_init(quick: Quick) -> None:
    for command in (["list"], ["score"], ["due"], ["resolve", "1", "no"], ["verify"], ["export"]):
        answer = quick(*command, status=1)
        assert "forecast init" in answer.err


def test_every_question_resolved_no_scores_13_and_voids_6(settled: Quick) -> None:
    counts = settled("score", "--json").json()["counts"]
    assert (counts["units"], counts["scored"], counts["void"]) == (19, 13, 6)

    found = questions(settled)
    number = {one["key"]: f"#{one['number']}" for one in found}
    void = {one["key"]: one["void_reason"] for one in found if one["status"] == "void"}
    went_the_other_way = {
        "trump-threatens-both": "no-mission-without-us", "war-goes-nuclear": "nato-russia-war",
        "nato-races-to-dnieper": "front-collapses",
    }  # fmt: skip
    down_the_chain = {
        "threats-have-no-effect": "trump-threatens-both", "trump-gives-up": "threats-have-no-effect",
        "nato-loses-conventional-war": "war-goes-nuclear",
    }  # fmt: skip
    assert void.keys() == {*went_the_other_way, *down_the_chain}
    for key, condition in went_the_other_way.items():
        assert void[key] == f"its condition {number[condition]} settled no, this needs yes"
    for key, condition in down_the_chain.items():
        assert void[key].startswith(f"its condition {number[condition]} is void")


def test_a_question_without_a_forecast_carries_no_unit(settled: Quick) -> None:
    card = settled("show", "front-collapses", "--json").json()
    assert card["statements"] == []
    assert card["units"] == []
    assert card["status"] == "resolved"


def test_superseding_the_condition_brings_a_question_back_with_its_outcome(settled: Quick) -> None:
    refused = settled("resolve", "front-collapses", "yes", status=1)
    assert "--supersede" in refused.err
    settled("resolve", "front-collapses", "yes", "--supersede")
    back = settled("show", "nato-races-to-dnieper", "--json").json()
    assert (back["status"], back["outcome"]) == ("resolved", "no")
    counts = settled("score", "--json").json()["counts"]
    assert (counts["scored"], counts["void"]) == (14, 5)


def test_the_card_has_every_key_and_the_ranges_enclose_the_score(settled: Quick) -> None:
    answer = settled("score", "--json")
    assert b"NaN" not in answer.out
    assert b"Infinity" not in answer.out
    score = answer.json()
    assert {"policy", "rule", "filters", "counts", "overall", "kinds", "groups"} <= set(score)
    assert (score["policy"], score["rule"]) == ("time-average", "brier")
    assert set(score["counts"]) == COUNTS
    card = score["overall"]
    assert set(KEYS) <= set(card)
    assert card["n"] == 13
    assert 0 <= card["brier_low"] <= card["brier"] <= card["brier_high"] <= 1
    assert card["brier_interval"][0] <= card["brier"] <= card["brier_interval"][1]
    assert card["base_rate"] == 0
    parts = card["miscalibration"] - card["discrimination"] + card["uncertainty"]
    assert parts == pytest.approx(card["brier"], abs=1e-12)


def test_the_score_of_the_article_by_hand(settled: Quick) -> None:
    """All scored questions ended with no, so a forecast's score is its best value squared, and its ends' squares."""
    stated = {one["key"]: one["forecast"] for one in questions(settled) if one["status"] == "resolved"}
    del stated["front-collapses"]
    card = settled("score", "--policy", "last", "--json").json()["overall"]
    for name, value in (("brier", "probability"), ("brier_low", "low"), ("brier_high", "high")):
        by_hand = sum(one[value] ** 2 for one in stated.values()) / 13
        assert card[name] == pytest.approx(by_hand, abs=1e-12)


def test_how_often_a_realistic_possibility_happened(settled: Quick) -> None:
    settled("resolve", "europe-cuts-losses", "yes", "--supersede")
    score = settled("score", "--by", "term", "--policy", "last", "--json").json()
    groups = {group["value"]: group for group in score["groups"]}
    assert all(set(KEYS) <= set(group) and group["by"] == "term" for group in groups.values())
    term = groups["realistic possibility"]
    scored = [
        one for one in questions(settled)
        if one["status"] == "resolved" and one["forecast"] and one["forecast"]["term"] == "realistic possibility"
    ]  # fmt: skip
    assert term["n"] == len(scored) == 8
    assert term["base_rate"] == pytest.approx(1 / 8, abs=1e-12)
    assert sum(group["n"] for group in groups.values()) == score["counts"]["scored"]
    assert "realistic possibility" in settled("score", "--by", "term").text


def test_the_parts_sum_to_the_units_whatever_happened(article: Quick) -> None:
    acts = [
        ("resolve", "no-mission-without-us", "yes"),
        ("void", "poland-commits-troops", "--reason", "ambiguous"),
        ("update", "europe-cuts-losses", "20%"),
        ("update", "cuban-like-crisis", "90%", "--forecaster", "late comer"),
        ("withdraw", "us-joins-mission", "--forecaster", "Andrew Korybko"),
        ("add", "Is it open?", "60%", "--by", "2027-01-01"),
        ("add", "Is it due?", "60%", "--by", "2026-05-01", "--made-at", "2026-04-01"),
        ("resolve", "cuban-like-crisis", "no"),
        ("redact", "us-joins-mission", "--reason", "a name"),
    ]
    for act in acts:
        article(*act)
        score = article("score", "--json").json()
        assert sum(score["counts"][part] for part in PARTS) == score["counts"]["units"]
    assert score["counts"]["late"] == 1
    assert score["counts"]["late_statements"] == 2
    assert score["counts"]["withdrawn"] == 1
    assert score["counts"]["redacted"] == 1
    assert score["counts"]["open"] == 1


HISTORY = (
    ("2024-11-12T08:00:00Z", ["init", "--seed", SEED]),
    ("2024-12-01T08:00:00Z", ["update", "cuban-like-crisis", "10%", "--forecaster", "Andrew Korybko"]),
    ("2024-12-02T08:00:00Z", ["add", "Who speaks first?", "--kind", "choice", "--by", "2024-12-20",
                              "--option", "Ann=60%", "--option", "Bo=40%"]),
    ("2024-12-03T08:00:00Z", ["correct", "cuban-like-crisis", "12%", "--reason", "mistyped",
                              "--forecaster", "Andrew Korybko"]),
    ("2024-12-21T08:00:00Z", ["resolve", "who-speaks-first", "Bo"]),
    ("2025-01-15T08:00:00Z", ["resolve", "front-collapses", "no"]),
    ("2025-01-20T18:00:00Z", ["resolve", "cuban-like-crisis", "no"]),
    ("2025-01-20T18:00:00Z", ["resolve", "russia-maximum-victory", "no"]),
    ("2025-02-01T00:00:00Z", ["resolve", "front-collapses", "yes", "--supersede"]),
    ("2025-02-02T00:00:00Z", ["void", "russia-maximum-victory", "--reason", "ambiguous"]),
    ("2025-02-03T00:00:00Z", ["reopen", "russia-maximum-victory", "--reason", "not ambiguous"]),
    ("2025-02-03T00:00:01Z", ["edit", "poland-commits-troops", "--deadline", "2026-06-30", "--reason", "put off"]),
    ("2025-02-04T00:00:00Z", ["withdraw", "us-joins-mission", "--forecaster", "Andrew Korybko"]),
    ("2025-02-05T00:00:00Z", ["redact", "cuban-like-crisis", "--reason", "a name"]),
    ("2025-03-01T00:00:00Z", ["resolve", "west-asia-takes-priority", "0.5"]),
)  # fmt: skip


def test_the_score_as_of_an_earlier_entry_has_the_bytes_it_had_then(quick: Quick, forecast: Process) -> None:
    seen: list[tuple[int, bytes]] = []
    for clock, command in HISTORY:
        quick(*command, clock=clock)
        size = quick("journal", "--limit", "1", "--json", clock=clock).json()["size"]
        seen.append((size, quick("score", "--json", clock=clock).out))
    assert len({said for _, said in seen}) > 10
    for size, said in seen:
        assert quick("score", "--as-of", size, "--json", clock="2026-06-01T00:00:00Z").out == said
    size, said = seen[7]
    assert forecast("score", "--as-of", size, "--json").out == said
    at = HISTORY[9][0]
    assert forecast("score", "--as-of", at, "--json").out == seen[9][1]
    assert "no such entry" in quick("score", "--as-of", "4711", status=1).err
