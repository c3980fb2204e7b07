"""What else is asked of a score, as tables that say what the JSON says, and as refusals in one line."""

from __future__ import annotations

import re

import pytest
from running import Quick

WHO = "Andrew Korybko"


@pytest.fixture
def settled(article: Quick) -> Quick:
    for number in range(1, 21):
        article("resolve", str(number), "yes" if number == 11 else "no")
    return article


@pytest.fixture
def duel(empty: Quick) -> Quick:
    """Two forecasters on three questions, one of them with an update."""
    for number in range(1, 4):
        empty("add", f"Is {number} it?", "60%", "--by", "2026-06-11T12:00:00Z", "--key", f"q{number}",
              "--forecaster", "ann")  # fmt: skip
        empty("update", f"q{number}", "30%", "--forecaster", "bob")
    empty("update", "q1", "90%", "--forecaster", "ann", clock="2026-06-06T12:00:00Z")
    for number in range(1, 4):
        empty("resolve", f"q{number}", "yes" if number == 1 else "no", clock=LATER)
    return empty


LATER = "2026-06-12T00:00:00Z"


def said(quick: Quick, *asked: str) -> str:
    return quick("score", *asked, clock=LATER).text


def test_the_headline_and_the_groups_are_of_the_rule(settled: Quick) -> None:
    data = settled("score", "--rule", "log", "--by", "term", "--json").json()
    text = settled("score", "--rule", "log", "--by", "term").text
    score = data["overall"]["score"]
    assert text.startswith(f"log score {score['value']:.4f} (nats, from 0, lower is better), 95 % ")
    assert f"miscalibration  {score['miscalibration']:.4f}" in text
    assert f"{data['groups'][0]['score']['value']:.4f}" in text
    assert f"{score['low']:.4f} to {score['high']:.4f}: the least and the greatest score" in text


def test_an_infinite_score_by_the_rule_is_said(empty: Quick) -> None:
    empty("add", "Sure?", "0", "--by", "2026-06-02T00:00:00Z")
    empty("resolve", "1", "yes", clock="2026-06-03T00:00:00Z")
    text = said(empty, "--rule", "log", "--by", "tag")
    assert text.startswith("log score infinite: what was given no chance happened, n = 1")


def test_the_reference_is_named_with_its_score(duel: Quick) -> None:
    assert "against always saying the base rate, " in said(duel)
    assert "against always saying 30 %, 0.2233 on 6 rows" in said(duel, "--policy", "last", "--reference", "0.3")
    text = said(duel, "--policy", "last", "--reference", "forecaster:bob")
    assert "against what bob said meanwhile, 0.2233 on 3 rows; 3 without it" in text
    assert "the median of what all others said meanwhile" in said(duel, "--reference", "crowd-median")


@pytest.mark.parametrize("way", ["murphy", "bins", "bias-corrected", "yates"])
def test_components_are_shown_closing(way: str, settled: Quick) -> None:
    found = settled("score", "--policy", "last", "--decomposition", way, "--json").json()["decomposition"]
    text = settled("score", "--policy", "last", "--decomposition", way).text
    assert f"decomposition: {way}" in text
    for value in found["components"].values():
        assert f"{value:.4f}" in text
    assert f"{found['score']:.6f} = {found['identity'].removeprefix('score = ').replace('_', ' ')}" in text
    assert f" = {found['sum']:.6f}" in text


def test_the_reliability_table_comes_with_the_bins(settled: Quick) -> None:
    assert "reliability" not in settled("score").text
    text = settled("score", "--policy", "last", "--bins", "exact").text
    assert "reliability, bins exact" in text
    points = settled("score", "--policy", "last", "--bins", "exact", "--json").json()["overall"]["reliability"]
    assert all(f"{point['happened']:g} of {point['n']}" in text for point in points)


def test_a_comparison_says_who_and_how_sure(duel: Quick) -> None:
    text = said(duel, "--policy", "last", "--compare", "ann", "bob")
    assert "ann against bob, on 3 questions that both have" in text
    assert "difference" in text and "by question: " in text
    assert "1 better, 2 worse, 0 alike, p 1.0000" in text
    assert "evidence against “ann is at least as good as bob”; 1 is none" in text
    assert "small-sample correction" in text
    assert "The product may be watched" in text


def test_words_stand_beside_their_scale(settled: Quick) -> None:
    text = settled("score", "--words").text
    row = next(line for line in text.splitlines() if "realistic possibility" in line)
    assert "1 of 8" in row and "25 % to 50 %" in row and "below, p " in row
    assert "advice, from 10 questions on" in text
    assert "too few questions to speak of" in text
    assert "no settled forecast was made in the words of a scale" not in text


def test_words_without_a_scale_say_so(duel: Quick) -> None:
    assert "no settled forecast was made in the words of a scale" in said(duel, "--words")


def test_a_score_is_explained_by_statement(duel: Quick) -> None:
    text = said(duel, "--why", "q1")
    assert text.startswith("why q1 scored as it did: yes (brier, time-average)")
    assert "ann: 0.0850" in text
    assert "standing pat  0.1600: had the first statement stood throughout" in text
    assert "won 0.0750" in text
    assert "bob: 0.4900" in text
    only = said(duel, "--why", "q1", "--forecaster", "bob", "--policy", "last", "--rule", "log")
    assert "ann" not in only and "bob: 1.2040" in only
    shown = duel("show", "q1", "--why", clock=LATER).text
    assert shown.endswith(text)
    card = duel("show", "q1", "--why", "--json", clock=LATER).json()
    assert card["why"] == duel("score", "--why", "q1", "--json", clock=LATER).json()
    assert "why" not in duel("show", "q1", "--json", clock=LATER).json()


def test_an_explanation_names_options_and_quantiles(empty: Quick) -> None:
    empty("add", "Who?", "--kind", "choice", "--option", "A=60%", "--option", "B=40%", "--by", "2026-06-02T00:00:00Z")
    empty("add", "Much?", "--kind", "numeric", "--quantile", "0.25=1", "--quantile", "0.75=3", "--by",
          "2026-06-02T00:00:00Z")  # fmt: skip
    empty("resolve", "1", "A", clock=LATER)
    empty("resolve", "2", "2", clock=LATER)
    text = said(empty, "--why", "1")
    assert "A 60 %, B 40 %" in text and "– (a base rate is of binary questions, and this one is choice)" in text
    assert "0.25: 1, 0.75: 3" in said(empty, "--why", "2")


def test_the_share_of_each_class_is_shown(settled: Quick) -> None:
    assert "classes" in settled("score").text
    assert "imported 100 %" in settled("score").text
    assert settled("score", "--json").json()["classes"] == {"imported": 1.0}


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (("--reference", "forecaster:Andrew"), f"--reference: there is no forecaster 'Andrew'; did you mean '{WHO}'?"),
        (("--compare", "Andrew", "me"), f"--compare: there is no forecaster 'Andrew'; did you mean '{WHO}'?"),
        (("--compare", WHO, WHO), f"--compare '{WHO}' '{WHO}': name two different forecasters"),
        (("--words",), "--words: no binary question is settled yet; see: forecast due"),
        (("--why", "front-collapses"), "--why front-collapses: it is due, so there is no score to explain yet"),
        (("--why", "front-colapses"), "there is no question 'front-colapses'; did you mean front-collapses?"),
        (("--bins", "many"), "--bins 'many' is none of: exact, width:10, mass:10, or a number of bins from 1 to 9999"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(asked: tuple[str, ...], refusal: str, article: Quick) -> None:
    answer = article("score", *asked, status=1)
    assert (answer.out, answer.err) == (b"", f"forecast: {refusal}\n")


def test_two_without_a_question_in_common_are_refused(duel: Quick) -> None:
    later = "2026-06-20T00:00:00Z"
    duel("add", "Another?", "60%", "--by", "2026-06-15", "--key", "x", "--forecaster", "cid", clock=LATER)
    duel("resolve", "x", "yes", clock=later)
    answer = duel("score", "--compare", "bob", "cid", clock=later, status=1)
    assert answer.err == (
        "forecast: --compare: the two have no scored binary question in common ('bob' has 3, 'cid' has 1)\n"
    )


def test_a_measure_of_calibration_that_is_not_there_says_why(duel: Quick) -> None:
    parted = said(duel, "--policy", "last", "--forecaster", "ann")
    assert "Cox – (a threshold parts what happened from what did not, so the slope is infinite), Spieg" in parted
    alone = said(duel, "--policy", "last", "--search", "Is 1 it")
    assert "Cox – (everything happened), " in alone
    assert "AUC – (everything happened)" in alone
    assert re.search(r"Cox -?\d\.\d{3} and -?\d\.\d{3} \(0 and 1\), ", said(duel, "--policy", "last"))
