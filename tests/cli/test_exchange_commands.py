"""Import and export, verify, rebuild, doctor and completion as commands."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from running import Process, Quick

SEED = "korybko-2024-11-11"


def test_csv_out_and_in_and_out_again(article: Quick, templates: dict[str, Path], tmp_path: Path) -> None:
    article("resolve", "2", "no")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    answer = article("export", "-o", first)
    assert answer.out == b""
    assert str(first) in answer.err
    other = article.on(tmp_path / "other.db")
    other.ledger.write_bytes(templates["empty"].read_bytes())
    assert "added 20 questions and 19 statements" in other("import", first).text
    other("export", "-o", second)
    assert first.read_bytes() == second.read_bytes()
    assert "added 0 questions and 0 statements" in other("import", first).text
    assert article("export").out == first.read_bytes()


def test_the_name_decides_on_the_format(article: Quick, tmp_path: Path) -> None:
    article("export", "-o", tmp_path / "a.jsonl")
    article("export", "--format", "jsonl", "-o", tmp_path / "b.txt")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.txt").read_bytes()
    assert article("export", "--format", "jsonl").out == (tmp_path / "b.txt").read_bytes()
    assert "is there already" in article("export", "-o", tmp_path / "a.jsonl", status=1).err
    article("export", "-o", tmp_path / "a.jsonl", "--force")


def test_a_dry_run_writes_nothing(article: Quick, empty: Quick, tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text(
        "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags\n"
        "q,Will it?,Ann,0.5,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,2026-12-31T00:00:00Z,,,\n"
    )
    before = empty.ledger.read_bytes()
    assert "would add 1 question and 1 statement" in empty("import", file, "--dry-run").text
    assert empty("import", file, "--dry-run", "--json").json()["statements"] == 1
    assert empty.ledger.read_bytes() == before
    assert empty("import", file, "--json").json()["dry_run"] is False
    assert empty("list", "--json").json()["counts"]["questions"] == 1


def test_a_shipped_set_is_added_once(empty: Quick) -> None:
    assert "20 questions and 19 forecasts" in empty("import", "--seed", SEED).text
    assert "already there" in empty("import", "--seed", SEED).text
    assert "--seed takes no other option" in empty("import", "--seed", SEED, "--dry-run", status=2).err


def test_verify_ends_with_three_and_names_the_entry(article: Quick) -> None:
    answer = article("verify")
    assert answer.text.startswith("the record verifies: 41 entries, head ")
    assert "--checkpoint" in answer.err
    assert article("verify", "--json").json()["ok"] is True
    with sqlite3.connect(article.ledger) as connection:
        connection.execute("UPDATE forecast SET probability = 0.5 WHERE entry = 4")
    connection.close()
    answer = article("verify", status=3)
    assert "entry 4" in answer.text
    assert "does not verify" in answer.text
    found = article("verify", "--json", status=3).json()
    assert (found["ok"], found["entries"]) == (False, 41)
    article("rebuild")
    article("verify")


def test_a_book_that_cannot_be_read_is_told_in_one_line(article: Quick) -> None:
    with sqlite3.connect(article.ledger) as connection:
        connection.execute("UPDATE question SET state = 'unheard-of' WHERE id = 4")
        connection.execute("UPDATE question SET deadline = 9e18 WHERE id = 5")
    connection.close()
    for command in (["list"], ["list", "--json"], ["show", "4"], ["show", "5"], ["due"]):
        answer = article(*command, status=None)
        assert answer.status in {1, 3}
        assert answer.err.startswith("forecast: ")
        assert answer.err.count("\n") == 1


def test_doctor_looks_around(article: Quick) -> None:
    found = article("doctor", "--json").json()
    assert found["ok"] is True
    names = [check["name"] for check in found["checks"]]
    text = article("doctor").text
    assert all(name in text for name in names)
    article.ledger.chmod(0o644)
    assert "look" in article("doctor", status=1).text
    assert article("doctor", "--json", status=1).json()["ok"] is False


@pytest.mark.parametrize(("shell", "sign"), [("bash", "complete -o nosort"), ("zsh", "#compdef"), ("fish", "complete")])
def test_completion_is_printed_or_installed(shell: str, sign: str, quick: Quick, around: object) -> None:
    script = quick("completion", shell).text
    assert sign in script
    assert "_FORECAST_COMPLETE" in script
    assert quick("completion", SHELL=f"/bin/{shell}").text == script
    said = quick("completion", shell, "--install").text
    path = Path(said.strip().split(" is at ")[1])
    assert path.is_relative_to(quick.around.home)
    assert path.read_text() == script


def test_completion_needs_a_shell_it_knows(quick: Quick) -> None:
    assert "name bash, zsh or fish" in quick("completion", status=1, SHELL="/bin/tcsh").err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("forecast re", {"resolve", "reopen", "redact", "rebuild", "remind", "report"}),
        (
            "forecast show n",
            {"no-mission-without-us", "nato-russia-war", "nato-loses-conventional-war", "nato-races-to-dnieper"},
        ),
        ("forecast score --policy ", {"time-average", "last", "first", "all"}),
        ("forecast init --seed k", {SEED}),
        ("forecast show nothing-like-it", set()),
    ],
)
def test_the_shell_is_offered_commands_questions_and_choices(
    words: str, offered: set[str], article: Quick, forecast: Process
) -> None:
    told = {"_FORECAST_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    answer = forecast(**told)
    assert {line.split(",")[1] for line in answer.text.split()} == offered


def test_completion_without_a_ledger_is_quiet(forecast: Process) -> None:
    told = {"_FORECAST_COMPLETE": "bash_complete", "COMP_WORDS": "forecast show n", "COMP_CWORD": "2"}
    answer = forecast(**told)
    assert (answer.out.strip(), answer.err) == (b"", "")
