"""The examples of the first help screen are a session that works as printed."""

from __future__ import annotations

import shlex

from running import Quick

SHIPPED = "russia-maximum-victory"


def examples(text: str) -> list[list[str]]:
    _, _, rest = text.partition("Examples:")
    lines = [line.strip() for line in rest.partition("\nOptions:")[0].splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("forecast ")]


def test_the_first_help_screen_is_a_session_that_works(quick: Quick) -> None:
    shown = examples(quick("--help").text)
    assert [words[0] for words in shown] == ["init", "add", "update", "resolve", "score"]
    for hour, words in enumerate(shown, start=10):
        answer = quick(*words, clock=f"2026-06-01T{hour}:00:00Z")
    assert "n = 1\n" in answer.text
    assert "1 scored" in answer.text


def test_a_score_is_explained_of_the_question_that_help_names(article: Quick) -> None:
    asked = [
        words for name in ("score", "show") for words in examples(article(name, "--help").text) if SHIPPED in words
    ]
    assert len(asked) == 3
    article("resolve", SHIPPED, "no")
    for words in asked:
        assert article(*words).text


def test_a_question_that_nobody_spoke_of_has_no_score_to_explain(article: Quick) -> None:
    article("resolve", "front-collapses", "no")
    answer = article("score", "--why", "front-collapses", status=1)
    assert answer.err == (
        "forecast: --why front-collapses: nobody has stated a forecast of it, so there is no score to explain\n"
    )
