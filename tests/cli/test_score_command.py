"""The score as text says the same as its JSON, with what it means and what it leaves out."""

from __future__ import annotations

import pytest
from running import Quick

from ledger.cli.score_tables import headline


@pytest.fixture
def settled(article: Quick) -> Quick:
    for number in range(1, 21):
        article("resolve", str(number), "yes" if number == 11 else "no")
    return article


def test_the_headline_says_scale_direction_interval_and_n(settled: Quick) -> None:
    data = settled("score", "--json").json()
    card = data["overall"]
    low, high = card["brier_interval"]
    first = settled("score").text.splitlines()[0]
    assert first == f"Brier {card['brier']:.4f} (0 to 1, lower is better), 95 % {low:.4f} to {high:.4f}, n = 13"
    original = settled("score", "--rule", "brier-original").text.splitlines()[0]
    assert original.startswith(f"Brier, original form, {2 * card['brier']:.4f} (0 to 2, lower is better)")


def test_figures_counts_and_ranges_stand_below(settled: Quick) -> None:
    text = settled("score").text
    card = settled("score", "--json").json()["overall"]
    for name in ("miscalibration", "discrimination", "uncertainty"):
        assert f"{card[name]:.4f}" in text
    assert f"{card['brier_low']:.4f} to {card['brier_high']:.4f}" in text
    assert "19 = 13 scored + 0 late + 6 void + 0 open + 0 waiting + 0 due" in text
    assert "coverage        100 % of the questions' scheduled life" in text
    assert "coverage" not in settled("score", "--policy", "last").text


def test_how_often_each_term_happened(settled: Quick) -> None:
    rows = {line[:21].strip(): line for line in settled("score", "--by", "term").text.splitlines()}
    assert "1 of 8" in rows["realistic possibility"]
    assert "0 of 3" in rows["unlikely"]


def test_a_figure_that_is_not_defined_has_its_reason(article: Quick) -> None:
    assert article("score").text.startswith("no score yet: ")
    article("resolve", "1", "no")
    assert "– (every outcome is the same, so the base rate scores 0)" in article("score").text


def test_filters_are_said_with_what_they_left_out(settled: Quick) -> None:
    text = settled("score", "--tag", "nato").text
    assert "filters         tag nato" in text
    left = settled("score", "--tag", "nato", "--json").json()["left_out"]
    assert f"{left} units, by the filters" in text


def test_other_kinds_have_lines_of_their_own(empty: Quick) -> None:
    empty("add", "Who?", "--kind", "choice", "--option", "A=60%", "--option", "B=40%", "--by", "2027-01-01")
    empty("add", "How?", "--kind", "ordered", "--option", "A=60%", "--option", "B=40%", "--by", "2027-01-01")
    empty("add", "Much?", "--kind", "numeric", "--quantile", "0.25=1", "--quantile", "0.75=3", "--by", "2027-01-01")
    for number, outcome in (("1", "A"), ("2", "A"), ("3", "2")):
        empty("resolve", number, outcome, "--known-at", "now", clock="2026-07-01T00:00:00Z")
    text = empty("score", "--policy", "last", clock="2026-07-02T00:00:00Z").text
    assert "choice: Brier 0.1600, n = 1" in text
    assert "ordered: ranked probability score 0.1600, n = 1" in text
    assert "numeric: weighted interval score" in text


def test_an_infinite_log_score_is_said(empty: Quick) -> None:
    empty("add", "Sure?", "0", "--by", "2026-06-02T00:00:00Z")
    empty("resolve", "1", "yes", clock="2026-06-03T00:00:00Z")
    assert "infinite: 1 said 0 % of what happened" in empty("score", clock="2026-06-03T00:00:00Z").text


def test_the_headline_without_an_interval() -> None:
    card = {"brier": 0.25, "score": {"value": 0.25, "interval": None, "scale": "0 to 1"}, "n": 1}
    assert headline({"rule": "brier", "overall": card}) == "Brier 0.2500 (0 to 1, lower is better), n = 1"
