"""The program as a whole: help, mistyped commands, options on either side of the name, the summary."""

from __future__ import annotations

import shlex

import click
import pytest
from running import Quick

from ledger import __version__
from ledger.cli.app import forecast as program
from ledger.cli.catalogue import COMMANDS, SECTIONS

SEED = "korybko-2024-11-11"

NAMES = (
    *("init", "add", "update", "withdraw", "correct", "resolve", "void", "reopen", "edit", "redact", "list", "show"),
    *("snooze", "due", "score", "import", "export", "journal", "verify", "rebuild", "doctor", "completion"),
    *("again", "remind", "rules", "schedule", "watch", "report", "plot"),
)


def loaded(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


def examples(name: str) -> list[str]:
    text = loaded(name).help or ""
    _, _, rest = text.partition("Example")
    return [line.strip() for line in rest.splitlines() if line.strip().startswith(("forecast ", 'eval "$(forecast'))]


def test_the_commands_are_those_of_the_blueprint() -> None:
    assert set(COMMANDS) == set(NAMES)
    assert sum(len(commands) for commands in SECTIONS.values()) == len(NAMES)


def test_help_names_every_command_with_what_it_is_for(quick: Quick) -> None:
    text = " ".join(quick("--help").text.split())
    for name, (_, short) in COMMANDS.items():
        assert f"{name} {short}" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example_that_it_accepts(name: str, quick: Quick) -> None:
    command = loaded(name)
    assert command.name == name
    assert "--ledger" in quick(name, "--help").text
    shown = examples(name)
    assert shown
    for line in shown:
        words = shlex.split(line.removeprefix('eval "$(').removesuffix(')"'))
        assert words[:2] == ["forecast", name]
        command.make_context(name, words[2:])  # a wrong option or a missing argument would raise


@pytest.mark.parametrize(("typed", "meant"), [("lst", "list"), ("resolv", "resolve"), ("verfy", "verify")])
def test_a_mistyped_command_is_answered_with_the_near_one(typed: str, meant: str, quick: Quick) -> None:
    answer = quick(typed, status=2)
    assert f"there is no command '{typed}'; did you mean" in answer.err
    assert repr(meant) in answer.err
    assert answer.out == b""


def test_a_mistyped_option_is_answered_with_the_near_one(article: Quick) -> None:
    assert "'--status'" in article("list", "--statu", "due", status=2).err


def test_the_ledger_may_be_named_before_and_after_the_command(article: Quick, quick: Quick) -> None:
    elsewhere = article.ledger.with_name("elsewhere.db")
    article.ledger.rename(elsewhere)
    quick("list", status=1)
    before = quick("--ledger", elsewhere, "list", "--json").out
    assert before == quick("list", "--ledger", elsewhere, "--json").out
    assert before == quick("list", "--ledger", f"sqlite:///{elsewhere}", "--json").out
    later = quick("--ledger", "nowhere.db", "list", "--ledger", elsewhere, "--json").out
    assert before == later


def test_the_version(quick: Quick) -> None:
    assert quick("--version").text == f"forecast {__version__}\n"


def test_without_a_ledger_the_two_ways_to_begin_are_named(quick: Quick) -> None:
    answer = quick(status=1)
    assert f"forecast init --seed {SEED}" in answer.err
    assert answer.err.count("\n") == 1
    assert not quick.ledger.exists()


def test_the_summary_says_where_what_is_due_and_the_score(article: Quick) -> None:
    text = article().text
    assert str(article.ledger) in text
    assert "20 questions, 19 forecasts: 12 due, 8 waiting" in text
    assert "due (12)" in text
    assert "no score yet" in text
    assert text.count("?\n") == 5
    article("resolve", "1", "no")
    assert "Brier 0.1406 (0 to 1, lower is better), n = 1" in article().text


def test_the_summary_of_an_empty_ledger(empty: Quick) -> None:
    answer = empty()
    assert "0 questions, 0 forecasts" in answer.text
    assert "forecast add" in answer.err
