"""The shipped article, row by row, against the reading that it follows."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date
from itertools import pairwise

import pytest

from ledger.data_files import load_scale, load_seed
from ledger.domain.instants import format_instant, parse_rfc3339, to_datetime
from ledger.domain.moments import describe, zone_named
from ledger.domain.scale_files import read_scale
from ledger.domain.scales import find_term
from ledger.domain.words import clean_input, slug

SEED = load_seed("korybko-2024-11-11")
QUESTIONS = {question["key"]: question for question in SEED["questions"]}

NZ, VU, UN = "new-zealand realistic possibility", "icd-203 very unlikely", "icd-203 unlikely"
HP, EL = "icd-203 highly probable", "efsa extremely likely"
RANGES = {
    NZ: ("0.25", "0.5", "0.375"),
    VU: ("0.05", "0.2", "0.125"),
    UN: ("0.2", "0.45", "0.325"),
    HP: ("0.8", "0.95", "0.875"),
    EL: ("0.95", "0.99", "0.97"),
}
YEAR, INAUGURATION, MONTH, JANUARY = (
    ("assigned", "2026-01-20T17:00:00Z"),
    "2025-01-20T17:00:00Z",
    ("implied", "2025-02-20T17:00:00Z"),
    ("stated", "2025-01-14T22:00:00Z"),
)
# key: section, hedge, reading, (where the deadline comes from, deadline), condition
TABLE = {
    "no-mission-without-us": ("thesis", "might be unable", NZ, YEAR, None),
    "us-joins-mission": ("thesis", "not predicted", UN, YEAR, None),
    "nato-russia-war": ("1", "could always backfire", NZ, YEAR, "no-mission-without-us = no"),
    "poland-commits-troops": ("2", "very tough sell", VU, YEAR, None),
    "mission-without-poland": ("2", "difficult to imagine", VU, YEAR, "no-mission-without-us = no"),
    "allies-doubt-article-5": ("3", "might still fear", NZ, YEAR, None),
    "article-5-assurance": ("4", "can't be taken for granted", NZ, YEAR, None),
    "war-goes-nuclear": ("5", "extremely unlikely", EL, YEAR, "nato-russia-war = yes"),
    "nato-loses-conventional-war": ("5", "might … ultimately lose", NZ, YEAR, "war-goes-nuclear = no"),
    "scaled-back-mission": ("6", "unlikely … but … still possible", UN, YEAR, None),
    "europe-cuts-losses": ("7", "could result", NZ, YEAR, None),
    "cuban-like-crisis": ("8", "another possibility", NZ, ("stated", INAUGURATION), None),
    "front-collapses": ("9", None, None, JANUARY, None),
    "nato-races-to-dnieper": ("9", "high probability", HP, ("implied", INAUGURATION), "front-collapses = yes"),
    "russia-maximum-victory": ("9", "unlikely", UN, ("stated", INAUGURATION), None),
    "west-asia-takes-priority": ("10", "might", NZ, MONTH, None),
    "israel-or-iran-strikes": ("10", "might be plotting", NZ, MONTH, None),
    "trump-threatens-both": ("conclusion", "might resort to", NZ, YEAR, "no-mission-without-us = yes"),
    "threats-have-no-effect": ("conclusion", "might have no effect", NZ, YEAR, "trump-threatens-both = yes"),
    "trump-gives-up": ("conclusion", "might just give up", NZ, YEAR, "threats-have-no-effect = yes"),
}


def test_the_counts():
    assert len(SEED["questions"]) == len(QUESTIONS) == 20
    assert sum("forecast" in question for question in QUESTIONS.values()) == 19
    assert sum("condition" in question for question in QUESTIONS.values()) == 8
    assert Counter(question["deadline_from"] for question in QUESTIONS.values()) == {
        "stated": 3,
        "implied": 3,
        "assigned": 14,
    }


def test_the_questions_stand_in_the_order_of_the_article():
    assert list(QUESTIONS) == list(TABLE)


@pytest.mark.parametrize("key", TABLE)
def test_every_value_of_a_row(key):
    question, (section, hedge, read_as, (deadline_from, deadline), condition) = QUESTIONS[key], TABLE[key]
    assert (question["section"], question["deadline_from"], question["deadline"]) == (section, deadline_from, deadline)
    told = question.get("condition")
    assert (told and f"{told['question']} = {told['outcome']}") == condition
    forecast = question.get("forecast")
    if hedge is None:
        assert forecast is None
        return
    assert forecast["hedge"] == hedge
    assert f"{forecast['scale']} {forecast['term']}" == read_as
    assert (forecast["low"], forecast["high"], forecast["best"]) == RANGES[read_as]


@pytest.mark.parametrize("key", [key for key, row in TABLE.items() if row[1]])
def test_every_range_is_what_its_scale_says(key):
    forecast = QUESTIONS[key]["forecast"]
    term = find_term(read_scale(load_scale(forecast["scale"])), forecast["term"])
    said = (term.low.decimal, term.high.decimal, term.best.decimal)
    assert (forecast["low"], forecast["high"], forecast["best"]) == said


def test_the_source_and_its_day():
    assert SEED["source"]["author"] == SEED["forecaster"]["name"] == "Andrew Korybko"
    assert SEED["source"]["published"] == "2024-11-11"
    assert SEED["source"]["publisher"] == "Global Research"
    stated = to_datetime(parse_rfc3339(SEED["made_at"])).astimezone(zone_named(SEED["zone"]))
    assert stated.date() == date(2024, 11, 11)
    assert SEED["opened_at"] == SEED["made_at"] == "2024-11-11T23:59:59Z"
    assert stated.tzinfo is not UTC
    assert SEED["zone"] == "UTC"


@pytest.mark.parametrize(
    ("key", "local"),
    [
        ("cuban-like-crisis", "20 January 2025, 12:00:00 in America/New_York"),
        ("front-collapses", "15 January 2025, 00:00:00 in Europe/Kyiv"),
        ("west-asia-takes-priority", "20 February 2025, 12:00:00 in America/New_York"),
        ("trump-gives-up", "20 January 2026, 12:00:00 in America/New_York"),
    ],
)
def test_deadlines_fall_where_they_were_meant(key, local):
    question = QUESTIONS[key]
    assert describe(parse_rfc3339(question["deadline"]), question["zone"]).startswith(local)


def test_conditions_name_earlier_questions_so_that_none_loops():
    order = list(QUESTIONS)
    for key, question in QUESTIONS.items():
        if "condition" in question:
            assert order.index(question["condition"]["question"]) < order.index(key)
            assert question["condition"]["outcome"] in {"yes", "no"}


@pytest.mark.parametrize("key", TABLE)
def test_every_question_can_be_settled_by_a_stranger(key):
    question = QUESTIONS[key]
    title, criteria = question["title"], question["criteria"]
    assert slug(key) == key
    assert clean_input(title, "title") == title
    assert clean_input(criteria, "criteria") == criteria
    assert title.startswith("Will ")
    assert title.endswith("?")
    assert criteria.startswith("Yes if")
    assert "Decided by" in criteria
    assert "\n" not in criteria
    assert ("Void " in criteria) is ("condition" in question)
    assert f"section:{question['section']}" in question["tags"]
    assert len(set(question["tags"])) == len(question["tags"])


def test_a_deadline_is_written_as_the_ledger_writes_it():
    for question in QUESTIONS.values():
        assert format_instant(parse_rfc3339(question["deadline"])) == question["deadline"]
        assert question["deadline"] > SEED["opened_at"]


def test_only_a_few_words_are_quoted():
    hedges = [question["forecast"]["hedge"] for question in QUESTIONS.values() if "forecast" in question]
    assert all(len(hedge.split()) <= 6 for hedge in hedges)
    assert all(first != second for first, second in pairwise(sorted(hedges)))
