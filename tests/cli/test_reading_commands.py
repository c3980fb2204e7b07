"""``list``, ``due``, ``show`` and ``journal``: what they answer in JSON, and that their tables hold the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from running import Quick

QUESTION = {
    *("number", "key", "title", "kind", "status", "deadline", "zone", "opened_at", "tags", "source", "section"),
    *("deadline_from", "condition", "outcome", "known_at", "void_reason", "forecasters", "forecast", "redacted"),
}


def listed(quick: Quick, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = quick("list", "--json", *arguments).json()
    return found


def test_the_articles_list(article: Quick) -> None:
    found = listed(article)
    assert found["counts"] == {
        "questions": 20, "forecasts": 19, "open": 0, "waiting": 8, "due": 12, "resolved": 0, "void": 0,
    }  # fmt: skip
    assert found["left_out"] == 0
    assert [one["number"] for one in found["questions"]] == list(range(1, 21))
    first = found["questions"][0]
    assert set(first) == QUESTION
    assert first["source"]["author"] == "Andrew Korybko"
    assert first["forecast"]["term"] == "realistic possibility"
    assert (first["forecast"]["low"], first["forecast"]["probability"], first["forecast"]["high"]) == (0.25, 0.375, 0.5)
    assert [one["number"] for one in found["questions"] if one["forecast"] is None] == [13]
    waits = found["questions"][13]["condition"]
    assert waits == {"question": "front-collapses", "number": 13, "outcome": "yes", "state": "due"}


def test_json_has_a_question_a_line(article: Quick) -> None:
    lines = article("list", "--json").text.splitlines()
    assert [json.loads(line.rstrip(","))["number"] for line in lines[1:21]] == list(range(1, 21))


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (["--status", "waiting"], {3, 5, 8, 9, 14, 18, 19, 20}),
        (["--status", "waiting", "--status", "open"], {3, 5, 8, 9, 14, 18, 19, 20}),
        (["--tag", "west-asia"], None),
        (["--search", "dnieper"], None),
        (["--search", "100%"], set()),
        (["--until", "2025-01-15"], {13}),
        (["--since", "2025-02-20", "--until", "2025-02-20"], {16, 17}),
        (["--since", "2026-01-20T17:00:01Z"], set()),
        (["--forecaster", "Andrew Korybko", "--status", "due"], {1, 2, 4, 6, 7, 10, 11, 12, 15, 16, 17}),
        (["--forecaster", "Nobody"], set()),
        (["--class", "imported", "--search", "front-collapses"], set()),
        (["--source", "Global Research", "--tag", "nuclear"], None),
    ],
)
def test_filters_narrow_and_say_what_they_left_out(
    filters: list[str], numbers: set[int] | None, article: Quick
) -> None:
    found = listed(article, *filters)
    seen = {one["number"] for one in found["questions"]}
    assert seen == numbers if numbers is not None else 0 < len(seen) < 20
    assert found["left_out"] == 20 - len(seen)
    assert found["counts"]["questions"] == len(seen)
    assert found["counts"]["forecasts"] == len(seen - {13})
    assert f"{20 - len(seen)} left out by the filters" in article("list", *filters).err


def test_a_day_as_a_bound_holds_all_of_it(empty: Quick) -> None:
    for at in ("2027-03-09T22:59:59Z", "2027-03-09T23:00:00Z", "2027-03-10T22:59:59.5Z", "2027-03-10T23:00:00Z"):
        empty("add", f"By {at}?", "--by", at)
    seen = listed(empty, "--since", "2027-03-10", "--until", "2027-03-10")
    assert [one["number"] for one in seen["questions"]] == [3, 4]
    found = empty(
        "list", "--json", "--since", "2027-03-10", "--until", "2027-03-10", FORECAST_ZONE="Europe/Berlin"
    ).json()
    assert [one["number"] for one in found["questions"]] == [2, 3]


def test_as_of_an_earlier_entry(article: Quick) -> None:
    before = article("list", "--json").out
    size = article("journal", "--limit", "1", "--json").json()["size"]
    clock = article("journal", "--after", str(size - 1), "--json").json()["entries"][0]["recorded_at"]
    then = article("list", "--json", clock=clock).out
    article("resolve", "1", "no")
    assert article("list", "--json").out != before
    assert article("list", "--json", "--as-of", str(size)).out == then
    assert article("show", "1", "--json", "--as-of", str(size)).json()["status"] == "due"
    assert article("journal", "--json", "--as-of", str(size)).json()["size"] == size


def test_the_table_in_a_pipe_is_whole_and_plain(article: Quick) -> None:
    text = article("list").text
    heading, *rows = text.splitlines()
    assert heading.split() == ["#", "status", "deadline", "forecast", "key", "question"]
    assert len(rows) == 20
    for row, one in zip(rows, listed(article)["questions"], strict=True):
        assert row.split()[:2] == [str(one["number"]), one["status"]]
        assert one["key"] in row
        assert row.endswith(one["title"])
    assert "37.5 % (25–50)" in rows[0]
    assert "due 4 months" in rows[0]
    assert "\x1b" not in text


def test_deadlines_ahead_in_words(empty: Quick) -> None:
    for title, by in (("Soon?", "2026-06-04T12:00:01Z"), ("Later?", "2026-12-31")):
        empty("add", title, "30%", "--by", by)
    rows = empty("list").text.splitlines()
    assert "in 3 days" in rows[1]
    assert "31 December 2026" in rows[2]


def test_colours_only_where_they_are_wanted(article: Quick) -> None:
    plain = article("list").out
    coloured = article("list", FORCE_COLOR="1").out
    assert b"\x1b[33m" in coloured
    for arguments, environment in (
        (["--no-color", "list"], {"FORCE_COLOR": "1"}),
        (["list", "--no-color"], {"FORCE_COLOR": "1"}),
        (["list"], {"FORCE_COLOR": "1", "NO_COLOR": "1"}),
    ):
        assert article(*arguments, **environment).out == plain
    assert b"\x1b" not in article("list", "--json", FORCE_COLOR="1").out


def test_what_is_due_and_what_waits_for_what(article: Quick) -> None:
    found = article("due", "--json").json()
    assert found["counts"] == {"due": 12, "waiting": 8, "snoozed": 0}
    assert [one["deadline"] for one in found["due"]] == sorted(one["deadline"] for one in found["due"])
    assert {one["number"]: one["condition"]["number"] for one in found["waiting"]} == {
        3: 1, 5: 1, 8: 3, 9: 8, 14: 13, 18: 1, 19: 18, 20: 19,
    }  # fmt: skip
    text = article("due").text
    assert "Due (12)" in text
    assert "Waiting (8)" in text
    assert "#13 front-collapses = yes (due)" in text


def test_what_closes_within_a_span(empty: Quick) -> None:
    for number, day in enumerate((3, 10, 25), start=1):
        empty("add", f"Question {number}?", "--by", f"2026-06-{day:02}T12:00:00Z")
    assert "closing" not in empty("due", "--json").json()
    for span, expected in (("47h", []), ("2d", [1]), ("2w", [1, 2]), ("90 d", [1, 2, 3])):
        found = empty("due", "--within", span, "--json").json()
        assert [one["number"] for one in found["closing"]] == expected
        assert found["counts"]["closing"] == len(expected)
    assert "nothing is due, and nothing waits" in empty("due").text
    assert "Closing (1)" in empty("due", "--within", "2d").text


def test_due_takes_filters(article: Quick) -> None:
    found = article("due", "--json", "--status", "due", "--until", "2025-01-20").json()
    assert found["counts"] == {"due": 3, "waiting": 0, "snoozed": 0}
    assert found["left_out"] == 17


def test_what_is_put_off_is_due_and_listed_apart(article: Quick) -> None:
    told = article("snooze", "front-collapses", "--until", "2026-09-01", "--zone", "Europe/Kyiv", "--reason", "early")
    entry = article("journal", "--json").json()["size"]
    when = "1 September 2026, 00:00:00 in Europe/Kyiv (2026-08-31T21:00:00Z)"
    assert told.text == f"front-collapses: put off until {when} (entry {entry})\n"
    found = article("due", "--json").json()
    assert found["counts"] == {"due": 11, "waiting": 8, "snoozed": 1}
    [off] = found["snoozed"]
    assert (off["key"], off["status"]) == ("front-collapses", "due")
    assert (off["snoozed_until"], off["snoozed_zone"]) == ("2026-08-31T21:00:00Z", "Europe/Kyiv")
    assert off["number"] not in [one["number"] for one in found["due"]]
    assert article("list", "--json").json()["counts"]["due"] == 12
    text = article("due").text
    assert text.index("Due (11)") < text.index("Waiting (8)") < text.index("Put off (1)")
    assert "1 September 2026" in text
    [snooze] = article("show", "front-collapses", "--json").json()["snoozes"]
    assert snooze == {
        "entry": entry, "recorded_at": "2026-06-01T12:00:00Z", "until": "2026-08-31T21:00:00Z", "zone": "Europe/Kyiv",
        "reason": "early", "wakes": False, "counts": True, "redacted": False,
    }  # fmt: skip
    shown = article("show", "front-collapses").text
    assert f"put off\n{entry:>6}  until {when}  recorded 2026-06-01T12:00:00Z  in force  early\n" in shown
    assert article("due", "--json", clock="2026-08-31T21:00:00Z").json()["counts"]["snoozed"] == 0
    article("snooze", "front-collapses", "--until", "now")
    assert article("due", "--json").json()["counts"]["snoozed"] == 0
    assert "put off no longer" in article("show", "front-collapses").text


def test_a_card_says_everything(article: Quick) -> None:
    card = article("show", "trump-gives-up", "--json").json()
    assert set(card) > QUESTION
    assert [one["question"] for one in card["condition_chain"]] == [
        "threats-have-no-effect", "trump-threatens-both", "no-mission-without-us",
    ]  # fmt: skip
    [said] = card["statements"]
    assert (said["decimal"], said["hedge"], said["class"], said["weight"]) == (
        "0.375",
        "might just give up",
        "imported",
        1,
    )
    assert card["units"][0]["coverage"] == 1
    text = article("show", "#20").text
    for word in (
        card["title"],
        card["criteria"],
        "Andrew Korybko",
        "“might just give up”",
        "#19 threats-have-no-effect",
    ):
        assert word in text
    assert article("show", "20").text == text


def test_a_card_shows_an_edits_difference(article: Quick) -> None:
    article("edit", "2", "--deadline", "2026-12-31", "--criteria", "Yes if announced.", "--reason", "put off")
    [edit] = article("show", "2", "--json").json()["edits"]
    assert edit["changes"]["deadline"] == {"before": "2026-01-20T17:00:00Z", "after": "2027-01-01T04:59:59Z"}
    assert edit["changes"]["criteria"]["after"] == "Yes if announced."
    assert edit["reason"] == "put off"
    text = article("show", "2").text
    assert "+ criteria: Yes if announced." in text
    assert "- deadline: 2026-01-20T17:00:00Z" in text


def test_a_withdrawn_forecast_is_marked(article: Quick) -> None:
    article("edit", "2", "--deadline", "2026-12-31", "--reason", "r")
    article("update", "2", "10%", "--forecaster", "Ann")
    article("withdraw", "2", "--forecaster", "Ann")
    found = listed(article, "--search", "us-joins-mission")["questions"][0]
    assert found["forecasters"] == 2
    assert (found["forecast"]["forecaster"], found["forecast"]["withdrawn"]) == ("Andrew Korybko", False)
    assert "10 % (withdrawn)" in article("list", "--forecaster", "Ann").text


def test_the_journal_in_order(article: Quick) -> None:
    found = article("journal", "--json").json()
    assert [one["seq"] for one in found["entries"]] == list(range(1, found["size"] + 1))
    assert found["head"] == found["entries"][-1]["head"]
    assert found["size"] == 41
    part = article("journal", "--json", "--after", "3", "--limit", "2").json()
    assert [one["seq"] for one in part["entries"]] == [4, 5]
    assert part["head"] == found["head"]
    assert {one["kind"] for one in found["entries"]} == {"source", "forecaster", "question", "forecast"}
    answer = article("journal")
    assert found["head"] in answer.err
    assert len(answer.text.splitlines()) == 2 * found["size"]


def test_the_journal_of_an_empty_ledger(empty: Quick) -> None:
    assert empty("journal", "--json").json() == {"entries": [], "head": None, "size": 0}
    assert listed(empty)["questions"] == []
    assert empty("list").text == ""
