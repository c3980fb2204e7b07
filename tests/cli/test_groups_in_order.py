"""``score --by``: slices in order of time, whatever kinds they hold, and how often what was forecast happened."""

from __future__ import annotations

import pytest
from running import Quick

LATER = "2026-12-01T00:00:00Z"


def group_rows(text: str) -> list[str]:
    lines = text.splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.startswith(("month ", "horizon ", "tag "))) :]


def test_months_of_other_kinds_stand_in_order_and_not_in_the_binary_table(empty: Quick) -> None:
    who = ("Who?", "--kind", "choice", "--option", "A=60%", "--option", "B=40%", "--by", "2026-07-03", "--key", "who")
    empty("add", "Rain in June?", "60%", "--by", "2026-06-20", "--key", "rain-06", clock="2026-06-01T00:00:00Z")
    empty("add", *who, clock="2026-07-01T00:00:00Z")
    empty("add", "Rain in August?", "60%", "--by", "2026-08-20", "--key", "rain-08", clock="2026-08-01T00:00:00Z")
    for key, outcome in (("rain-06", "no"), ("rain-08", "yes"), ("who", "A")):
        empty("resolve", key, outcome, clock=LATER)
    for by in ("month", "horizon"):
        groups = empty("score", "--by", by, "--json", clock=LATER).json()["groups"]
        found = [(group["value"], group["n"]) for group in groups]
        if by == "month":
            assert found == [("2026-06", 1), ("2026-07", 0), ("2026-08", 1)]
        else:
            assert [n for _, n in found] == [0, 2]
            assert found[1][0] == "a week to a month"
    rows = group_rows(empty("score", "--by", "month", clock=LATER).text)
    assert [row.split()[:5] for row in rows[1:3]] == [
        ["2026-06", "1", "0", "of", "1"], ["2026-08", "1", "1", "of", "1"],
    ]  # fmt: skip
    assert rows[3:] == ["without a scored binary question, see --json: 2026-07"]


def test_a_weighted_share_is_a_percentage_and_a_count_a_count(empty: Quick) -> None:
    for key in ("a", "b"):
        empty("add", f"Is it {key}?", "60%", "--by", "2026-06-11T12:00:00Z", "--key", key, "--tag", "t")
    empty("withdraw", "a", clock="2026-06-03T12:00:00Z")
    for key, outcome in (("a", "yes"), ("b", "no")):
        empty("resolve", key, outcome, clock=LATER)
    card = empty("score", "--by", "tag", "--json", clock=LATER).json()["groups"][0]
    assert card["base_rate"] == pytest.approx(0.2 / 1.2)
    heading, row = group_rows(empty("score", "--by", "tag", clock=LATER).text)[:2]
    assert "happened (weighted)" in heading
    assert row.split()[:4] == ["t", "2", "16.7", "%"]
    heading, row = group_rows(empty("score", "--by", "tag", "--policy", "last", clock=LATER).text)[:2]
    assert "weighted" not in heading
    assert row.split()[:5] == ["t", "2", "1", "of", "2"]


def test_slices_without_a_binary_question_make_no_table(empty: Quick) -> None:
    empty("add", "Who?", "--kind", "choice", "--option", "A=60%", "--option", "B=40%", "--by", "2026-07-03")
    empty("resolve", "1", "A", clock=LATER)
    text = empty("score", "--by", "month", clock=LATER).text
    assert text.endswith("without a scored binary question, see --json: 2026-07\n")
    assert "happened" not in text
