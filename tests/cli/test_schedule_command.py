"""``forecast schedule`` as a user runs it, with a crontab that is a file, and no systemd."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from running import Quick

CRONTAB = """#!/bin/sh
kept="$HOME/kept"
case $1 in
  -l) if [ -f "$kept" ]; then cat "$kept"; else echo "no crontab for me" >&2; exit 1; fi;;
  -r) rm "$kept";;
  -) cat > "$kept";;
esac
"""


@pytest.fixture
def cron(empty: Quick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Quick:
    """The command line of somebody who has ``crontab`` and nothing else."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "crontab").write_text(CRONTAB)
    (tools / "crontab").chmod(0o755)
    (tools / "systemctl").symlink_to("/bin/false")
    monkeypatch.setenv("HOME", str(empty.around.home))
    empty.around.extra["PATH"] = f"{tools}:/usr/bin:/bin"
    return empty


def kept(cron: Quick) -> Path:
    return cron.around.home / "kept"


def test_show_prints_what_install_writes_and_remove_leaves_nothing(cron: Quick) -> None:
    shown = cron("schedule", "show", "--at", "09:00")
    assert not kept(cron).exists()
    assert "crontab:" in shown.err
    answer = cron("schedule", "install", "--at", "09:00")
    assert answer.text.startswith("installed: daily at 09:00 in UTC (cron)\n")
    assert "next run 2 June 2026, 09:00:00 in UTC (2026-06-02T09:00:00Z)\n" in answer.text
    assert kept(cron).read_text() == shown.text
    assert str(cron.ledger) in shown.text
    assert cron("schedule", "install").text.startswith("installed so already: daily at 09:00 in UTC (cron)\n")
    assert cron("schedule", "remove").text == "removed from cron\n"
    assert not kept(cron).exists()
    assert cron("schedule", "remove").text == "no schedule is installed for this ledger\n"


def test_status_in_words_and_in_json(cron: Quick) -> None:
    assert cron("schedule").text == "not installed; to do so: forecast schedule install --at 09:00\n"
    assert cron("schedule", "status", "--json").json() == {"installed": False, "schedules": [], "last_said": None}
    cron("schedule", "install", "--weekly", "fri", "--at", "17:30", "--at", "8:00")
    told = cron("schedule", "status", "--json").json()
    (one,) = told["schedules"]
    assert one["plan"] == {"at": ["08:00", "17:30"], "weekly": ["fri"], "zone": "UTC"}
    assert (one["kind"], one["next_run"], one["last_run"]) == ("cron", "2026-06-05T08:00:00Z", None)
    cron("add", "Soon?", "60%", "--by", "2026-06-02T00:00:00Z")
    cron("remind", clock="2026-06-05T08:00:01Z")
    assert "last said something 5 June 2026, 08:00:01 in UTC" in cron("schedule", clock="2026-06-05T09:00:00Z").text
    assert "next run 5 June 2026, 17:30:00 in UTC" in cron("schedule", clock="2026-06-05T09:00:00Z").text


def test_the_line_that_is_installed_is_a_command_that_works(cron: Quick) -> None:
    cron("schedule", "install")
    line = next(line for line in kept(cron).read_text().splitlines() if not line.startswith("#"))
    done = subprocess.run(["/bin/sh", "-c", line.split(" ", 5)[5].replace("\\%", "%")], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_timer_leaves_the_terminal_unsaid(cron: Quick) -> None:
    cron("add", "Soon?", "60%", "--by", "2026-06-02T00:00:00Z")
    assert "remind --quiet --log --ledger" in cron("schedule", "show").text
    later = "2026-06-03T09:00:00Z"
    assert cron("remind", "--quiet", "--log", clock=later).text.startswith("1 question due")
    assert cron("remind", "--quiet", clock=later).text.startswith("1 question due")


def test_show_of_another_kind_as_json(cron: Quick) -> None:
    told = cron("schedule", "show", "--kind", "launchd", "--json").json()
    assert told["kind"] == "launchd"
    (file,) = told["files"]
    assert file["path"].startswith(str(cron.around.home / "Library" / "LaunchAgents" / told["name"]))
    assert told["next_run"] == "2026-06-02T09:00:00Z"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("install", "--at", "25:00"), "--at '25:00': there is no such time of day; the last is 23:59"),
        (("show", "--zone", "Europe/Berlim"), "'Europe/Berlim' is not a time zone; did you mean 'Europe/Berlin'"),
        (("show", "--weekly", "someday"), "--weekly 'someday': write a weekday, such as mon, tue, wed, thu, fri"),
        (("install", "--kind", "at"), "--kind 'at': choose systemd, cron, launchd, windows"),
        (("install", "--kind", "systemd"), "systemd does not answer (systemctl --user): log in, or choose --kind cron"),
        (("install", "--kind", "launchd"), "launchd runs on macOS only: choose another --kind"),
        (("install", "--kind", "windows"), "tasks are for Windows only: choose another --kind"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(words: tuple[str, ...], told: str, cron: Quick) -> None:
    answer = cron("schedule", *words, status=1)
    assert answer.err.startswith(f"forecast: {told}")
    assert answer.err.count("\n") == 1
    assert answer.out == b""
    assert sorted(path.name for path in cron.around.home.rglob("*") if path.is_file()) == []


def test_a_ledger_that_no_schedule_can_name(cron: Quick) -> None:
    other = cron.on(cron.ledger.with_name("line\nbreak.db"))
    answer = other("schedule", "show", status=1)
    assert "holds a line break, which no schedule can name: rename it or move it" in answer.err
    assert answer.err.count("\n") == 1


def test_without_any_timer_the_ways_out_are_named(empty: Quick, tmp_path: Path) -> None:
    answer = empty("schedule", "install", status=1, PATH=str(tmp_path))
    assert answer.err == (
        "forecast: no timer answers here (systemctl --user, crontab): install cron, or run forecast watch\n"
    )


def test_a_mistyped_action_is_answered_with_the_near_one(empty: Quick) -> None:
    assert "there is no action 'instal'; did you mean 'install'?" in empty("schedule", "instal", status=2).err
    assert "there is no action 'x'; there are install, show, remove, status" in empty("schedule", "x", status=2).err


@pytest.mark.parametrize("action", ["install", "show", "remove", "status"])
def test_each_action_has_help_with_an_example(action: str, quick: Quick) -> None:
    text = quick("schedule", action, "--help").text
    assert f"forecast schedule {action}" in text
    assert "--ledger" in text
