"""What a report says where there is little to say it of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from running import Quick

from ledger.reports.plain_sentence import plain_sentences


def card(**told: Any) -> dict[str, Any]:
    figures = {"n": 2, "brier": 0.03, "uncertainty": 0.25, "base_rate": 0.5, "skill_score": 0.88}
    return figures | {"brier_interval": (0.02, 0.04), "reasons": {}} | told


def test_few_forecasts_rule_no_chance_out() -> None:
    few, many = plain_sentences(card(), "last"), plain_sentences(card(n=300), "last")
    assert "does not rule chance out. The record is short" in few
    assert "seldom" not in few
    assert many.endswith("so chance alone seldom does this.")


@pytest.mark.parametrize(("n", "short"), [(1, True), (29, True), (30, False)])
def test_a_short_record_is_called_short_though_all_came_out_the_same_way(n: int, short: bool) -> None:
    told = plain_sentences(card(n=n, uncertainty=0.0, base_rate=1.0, skill_score=None), "last")
    assert "everything came out the same way." in told
    assert ("The record is short" in told) is short


def test_a_base_rate_of_a_half_is_told_once() -> None:
    half, other = plain_sentences(card(), "last"), plain_sentences(card(base_rate=0.4, uncertainty=0.24), "last")
    assert half.count("50 %") == half.count("0.2500") == half.count("better than") == 1
    assert "88 % better than always saying 50 %, which scores 0.2500; it is also the rate" in half
    assert "That is better than always saying 50 %, which scores 0.2500, and" in other
    assert "always saying 40 %, the rate" in other


@pytest.mark.parametrize(
    ("n", "policy", "told"),
    [
        (1, "last", "Over 1 scored unit (a unit is one forecaster on one question), the Brier"),
        (2, "time-average", "Over 2 scored units (a unit is one forecaster on one question), the Brier"),
        (2, "all", "Over 2 scored forecasts, the Brier"),
    ],
)
def test_what_a_unit_is_stands_where_the_word_is_first_used(n: int, policy: str, told: str) -> None:
    assert plain_sentences(card(n=n), policy).startswith(told)


def test_where_all_is_void_no_score_is_named(quick: Quick, tmp_path: Path) -> None:
    quick("init")
    quick("add", "Will it rain?", "30%", "--by", "2027-05-01")
    quick("void", "1", "--reason", "called off")
    quick("report", "-o", str(tmp_path / "void.md"))
    page = (tmp_path / "void.md").read_text(encoding="utf-8")
    assert "Without them no question of yes or no is scored." in page
    assert "it is –" not in page


def test_where_only_options_are_scored_the_headline_does_not_deny_it(quick: Quick, tmp_path: Path) -> None:
    quick("init")
    quick("add", "Who wins?", "--kind", "choice", "--option", "Ann=60%", "--option", "Bo=40%", "--by", "2027-05-01")
    quick("resolve", "1", "Ann", clock="2027-06-01T12:00:00Z")
    quick("report", "-o", str(tmp_path / "choice.md"))
    page = (tmp_path / "choice.md").read_text(encoding="utf-8")
    headline = page.split("## The score")[1].split("##")[0]
    assert "No question of yes or no is scored yet" in headline
    for left in ("diagram", "components", "slices"):
        assert f"No question of yes or no is scored yet, so there {'is' if left == 'diagram' else 'are'} no" in page
    for section in ("## Trend", "## Best and worst calls"):
        assert page.split(section)[1].split("##")[0].strip() == "No question of yes or no is scored yet."
    assert "othing is scored" not in page
    assert "| choice | 1 | 0.1600 |" in headline
