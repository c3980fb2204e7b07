"""``export --format ics`` and ``resolve --from`` as commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar
from running import Process, Quick


def test_the_name_or_the_format_makes_a_calendar(mixed: Quick, tmp_path: Path) -> None:
    said = mixed("export", "-o", tmp_path / "a.ics")
    assert (said.out, said.err) == (b"", f"26 events written to {tmp_path / 'a.ics'}\n")
    named = mixed("export", "--format", "ics").out
    assert (tmp_path / "a.ics").read_bytes() == named
    assert b"\r\nSTATUS:CANCELLED\r\n" in named
    assert len(Calendar.from_ical(named).events) == 26
    assert "is there already" in mixed("export", "-o", tmp_path / "a.ics", status=1).err
    mixed("export", "-o", tmp_path / "a.ics", "--force", "--tag", "loud")
    (one,) = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).events
    assert one["summary"] == "Closes: Do they cheer?"
    assert one["status"] == "TENTATIVE"


def test_a_calendar_cannot_be_written_where_nothing_can(mixed: Quick, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "a.ics"):
        answer = mixed("export", "--format", "ics", "-o", path, status=1)
        assert answer.err.startswith("forecast: ")
        assert answer.err.count("\n") == 1
    assert list(tmp_path.glob("*.partial")) == []


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "outcomes.csv"
    path.write_text("id;outcome;known at\ncheer;no;now\nwho;Bo;now\nrain;yes;\n")
    return path


def test_outcomes_come_from_a_table_all_or_none(mixed: Quick, table: Path) -> None:
    before = mixed.ledger.read_bytes()
    refused = mixed("resolve", "--from", table, status=1)
    assert refused.out == b""
    assert refused.err.splitlines()[0].startswith("outcomes.csv, line 4: rain has its deadline ahead")
    assert refused.err.splitlines()[1:] == ["nothing was written: mend 1 line, or leave it out with --skip-unmatched"]
    rehearsed = mixed("resolve", "--from", table, "--dry-run", "--skip-unmatched")
    assert rehearsed.text.splitlines()[-1] == "outcomes.csv: would record 2 outcomes"
    assert mixed.ledger.read_bytes() == before
    said = mixed("resolve", "--from", table, "--skip-unmatched")
    assert said.text.splitlines() == [
        "#22 who: Bo (line 3)", "#26 cheer: no (line 2)", "outcomes.csv: recorded 2 outcomes",
    ]  # fmt: skip
    again = mixed("resolve", "--from", table, "--skip-unmatched", "--json").json()
    problem = again.pop("problems")[0]["problem"]
    assert problem.startswith("rain has its deadline ahead")
    assert again == {
        "file": "outcomes.csv", "dry_run": False, "written": False, "recorded": [], "already_there": 2,
        "repeated": 0, "without_outcome": 0,
    }  # fmt: skip
    mixed("verify")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rain", "yes", "--from", "x.csv"), "from the file alone"), (("--from", "x", "--note", "n"), "file alone"),
        ((), "Missing argument 'ID'"), (("rain",), "Missing argument 'OUTCOME'"),
        (("rain", "yes", "--dry-run"), "go with --from"), (("rain", "yes", "--json"), "go with --from"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_a_wrong_command_line(
    mixed: Quick, arguments: tuple[str, ...], words: str
) -> None:
    assert words in mixed("resolve", *arguments, status=2).err


@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b'id,outcome\n1,"', b"id\n", b"\x1f\x8b"])
def test_a_bad_table_is_one_line(mixed: Quick, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    for where in (path, tmp_path, tmp_path / "none.csv"):
        answer = mixed("resolve", "--from", where, "--json", status=1)
        assert answer.out == b""
        assert answer.err.startswith("forecast: ")
        assert answer.err.count("\n") == 1


def test_hostile_words_of_a_table_do_not_act_on_the_terminal(mixed: Quick, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J.csv"
    path.write_text("id,outcome,x\x1b]0;t\x07\n\x1b[31mq\u202e,yes,\nwho,\x9bm\u2028,\n")
    answer = mixed("resolve", "--from", path, status=1)
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2028"} & set(answer.text + answer.err)
    answer = mixed("resolve", "--from", path, "--json", status=1)
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2028"} & set(answer.text + answer.err)


def test_the_calendar_library_is_loaded_by_a_calendar_alone(forecast: Process) -> None:
    import subprocess
    import sys

    modules = "sys, ledger.cli.app, ledger.cli.exporting, ledger.services.calendar_export"
    code = f"import {modules}; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=forecast.environment(), capture_output=True, text=True)
    assert done.stdout == "False\n"
