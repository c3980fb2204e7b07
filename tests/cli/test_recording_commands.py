"""What recording commands answer: what was done on standard output, readings and warnings on standard error."""

from __future__ import annotations

import pytest
from running import Quick


@pytest.fixture
def asked(empty: Quick) -> Quick:
    answer = empty("add", "Will it rain in Bern?", "70%", "--by", "2027-05-01", "--zone", "Europe/Zurich")
    assert answer.text == "#1 will-it-rain-in-bern\nwill-it-rain-in-bern: me says 70 % (entry 3)\n"
    assert answer.err == "deadline: 1 May 2027, 23:59:59 in Europe/Zurich (2027-05-01T21:59:59Z)\n"
    return empty


def card(quick: Quick, told: str = "1") -> dict[str, object]:
    found: dict[str, object] = quick("show", told, "--json").json()
    return found


def test_a_question_like_one_that_is_there_is_pointed_out(asked: Quick) -> None:
    answer = asked("add", "Will it rain in Berne?", "--by", "2027-05-01")
    assert "close to #1, which is there already: Will it rain in Bern?" in answer.err


def test_every_option_of_add_reaches_the_record(empty: Quick) -> None:
    empty(
        *("add", "Will the bill pass?", "--by", "2026-12-31T12:00:00Z", "--criteria", "Yes if it is signed."),
        *("--tag", "law", "--tag", "eu", "--source", "https://example.org/a", "--forecaster", "Ann", "--key", "bill"),
        *("--made-at", "2026-01-02T03:04:05Z", "--opened-at", "2026-01-01T00:00:00Z"),
        *("--hedge", "might well", "--term", "likely", "--scale", "icd-203", "--comment", "said on air"),
    )
    found = card(empty, "bill")
    assert (found["title"], found["criteria"], found["tags"]) == (
        "Will the bill pass?",
        "Yes if it is signed.",
        ["law", "eu"],
    )
    assert found["opened_at"] == "2026-01-01T00:00:00Z"
    assert found["source"]["url"] == "https://example.org/a"  # type: ignore[index]
    [said] = found["statements"]  # type: ignore[misc]
    assert (said["forecaster"], said["made_at"], said["class"]) == ("Ann", "2026-01-02T03:04:05Z", "imported")
    assert (said["probability"], said["low"], said["high"]) == (0.675, 0.55, 0.8)
    assert (said["hedge"], said["term"], said["scale"]) == ("might well", "likely", "icd-203")
    assert said["comment"] == "said on air"


def test_options_and_their_probabilities(empty: Quick) -> None:
    empty(
        "add",
        "Who?",
        "--kind",
        "choice",
        "--option",
        "Ann = 1=60%",
        "--option",
        "Bo=0.4",
        "--option",
        "Cy",
        "--by",
        "2027-01-01",
    )
    found = card(empty)
    assert found["options"] == ["Ann = 1", "Bo", "Cy"]
    assert [one["probability"] for one in found["forecast"]["options"]] == [0.6, 0.4, 0.0]  # type: ignore[index]
    empty("update", "who", "--option", "Cy=100%")
    assert [one["probability"] for one in card(empty)["forecast"]["options"]] == [0, 0, 1]  # type: ignore[index]


def test_quantiles(empty: Quick) -> None:
    empty(
        "add", "How many?", "--kind", "numeric", "--quantile", "0.05=-10", "--quantile", "50%=2", "--by", "2027-01-01"
    )
    assert card(empty)["forecast"]["quantiles"] == [{"level": 0.05, "value": -10}, {"level": 0.5, "value": 2}]  # type: ignore[index]
    empty("resolve", "1", "-3", "--known-at", "now")
    assert card(empty)["outcome"] == "-3"


def test_a_life_of_one_question(asked: Quick) -> None:
    asked("update", "1", "60%", "--reason", "clouds", clock="2026-06-02T12:00:00Z")
    corrected = asked("correct", "1", "6%", "--reason", "typed 60 for 6", clock="2026-06-02T12:01:00Z")
    assert corrected.text == "will-it-rain-in-bern: me meant 6 % (entry 5)\n"
    edited = asked("edit", "1", "--criteria", "Yes if the gauge says so.", "--reason", "vague", "--tag", "rain")
    assert "+ Yes if the gauge says so." in edited.text
    asked("withdraw", "1", "--reason", "a stake in it", clock="2026-06-03T12:00:00Z")
    asked("resolve", "1", "no", "--known-at", "2026-06-04T00:00:00Z", "--note", "dry", clock="2026-06-05T00:00:00Z")
    asked("reopen", "1", "--reason", "contested", clock="2026-06-06T00:00:00Z")
    asked("void", "1", "--reason", "no gauge", clock="2026-06-07T00:00:00Z")
    found = card(asked)
    assert (found["status"], found["void_reason"]) == ("void", "no gauge")
    first, second = found["statements"]  # type: ignore[misc]
    assert (first["typed"], second["reason"]) == ("70%", "clouds")
    [change] = second["corrections"]
    assert (change["reason"], change["counts"], second["stated"]["probability"]) == ("typed 60 for 6", True, 0.6)
    assert second["probability"] == 0.06
    [left] = found["withdrawals"]  # type: ignore[misc]
    assert left["reason"] == "a stake in it"
    kinds = [(one["kind"], one["counts"]) for one in found["resolutions"]]  # type: ignore[union-attr]
    assert kinds == [("outcome", False), ("reopen", False), ("void", True)]
    asked("verify")


def test_tags_are_taken_away(asked: Quick) -> None:
    asked("edit", "1", "--tag", "a", "--reason", "r")
    asked("edit", "1", "--no-tags", "--reason", "r")
    assert card(asked)["tags"] == []
    assert "exclude each other" in asked("edit", "1", "--no-tags", "--tag", "b", "--reason", "r", status=2).err


def test_redacted_words_are_gone_and_shown_as_such(asked: Quick) -> None:
    asked("redact", "1", "--reason", "a name")
    found = card(asked)
    assert (found["title"], found["key"], found["redacted"]) == (None, None, True)
    assert "(redacted)" in asked("list").text
    assert "Bern" not in asked("show", "1").text + asked("journal").text + asked("due").text
    assert "(redacted)" in asked("journal").text
    asked("update", "1", "50%", "--reason", "secret", clock="2026-06-02T00:00:00Z")
    asked("redact", f"entry:{card(asked)['entries'][-1]}", "--reason", "a secret")  # type: ignore[index]
    assert "secret" not in asked("show", "1").text.replace("a secret", "")


def test_a_condition_and_what_becomes_of_it(asked: Quick) -> None:
    asked("add", "Will it flood?", "20%", "--by", "2027-06-01", "--if", "1=yes")
    waits = card(asked, "2")
    assert (waits["status"], waits["condition"]["state"]) == ("waiting", "open")  # type: ignore[index]
    answer = asked("resolve", "1", "no", "--known-at", "now")
    assert "will-it-flood (#2) is now void" in answer.err
