"""What an import says of its outcomes, one thing and many; and where no ledger can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Quick

from ledger.services.wording import counted

HEAD = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags,condition\n"
TIMES = "0.5,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z"


def row(key: str, outcome: str = "", condition: str = "") -> str:
    return f"{key},Is it {key}?,Ann,{TIMES},,{outcome},,{condition}\n"


def brought(quick: Quick, tmp_path: Path, *rows: str) -> tuple[str, str]:
    file = tmp_path / "in.csv"
    file.write_text(HEAD + "".join(rows))
    answer = quick("import", file)
    return answer.text, answer.err


def test_a_number_of_things() -> None:
    assert counted(1, "question") == "1 question"
    assert counted(0, "question") == "0 questions"
    assert counted(1200, "entry", "entries") == "1,200 entries"


def test_one_is_told_as_one_and_two_as_two(empty: Quick, tmp_path: Path) -> None:
    said, noted = brought(empty, tmp_path, row("a", "1"))
    assert said == "in.csv: added 1 question and 1 statement\n"
    assert "1 outcome came without resolved_at: that question closed at its deadline\n" in noted
    said, noted = brought(empty, tmp_path, row("a", "1"), row("b", "0"))
    assert said == "in.csv: added 1 question and 1 statement\n1 statement was there already\n"
    assert "2 outcomes came without resolved_at: those questions closed at their deadline\n" in noted


def test_a_void_question_has_no_outcome_that_lacks_its_time(empty: Quick, tmp_path: Path) -> None:
    assert "resolved_at" not in brought(empty, tmp_path, row("a", "void"))[1]


def test_an_outcome_that_waits_for_a_condition_is_said_to_wait(empty: Quick, tmp_path: Path) -> None:
    rows = (row("first"), row("then", "1", "first=yes"))
    noted = brought(empty, tmp_path, *rows)[1]
    assert (
        "line 3: the outcome of then is kept; it does not count while then waits for its condition, #1 first\n" in noted
    )
    assert empty("list", "--status", "waiting", "--json").json()["questions"][0]["key"] == "then"
    empty("resolve", "first", "yes")
    assert "waits" not in brought(empty, tmp_path, *rows)[1]
    assert empty("list", "--search", "then", "--json").json()["questions"][0]["status"] == "resolved"


@pytest.mark.parametrize("place", ["/dev/null", ":memory:", "sqlite:///:memory:"])
@pytest.mark.parametrize("command", [["init"], ["list"]])
def test_what_keeps_nothing_is_no_place_for_a_ledger(place: str, command: list[str], quick: Quick) -> None:
    answer = quick("--ledger", place, *command, status=1)
    name = place.removeprefix("sqlite:///")
    assert answer.err == (
        f"forecast: {name} is no place for a ledger, which is a file that lasts; name one: --ledger ledger.db\n"
    )
    assert not Path(":memory:").exists()
