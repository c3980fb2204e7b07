"""``remind``, ``again`` and ``rules`` as people and scripts see them: output, JSON, exit status, failures."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

import pytest
from running import COMMAND, Process, Quick

NEXT_DAY = "2026-06-02T12:00:00Z"
FULL = Path("/dev/full")


@pytest.fixture
def due(empty: Quick) -> Quick:
    """One question due since the first of June, and one that closes on the tenth."""
    empty("add", "Rain?", "40%", "--by", "2026-06-01T06:00:00Z", "--key", "rain", clock="2026-05-30T12:00:00Z")
    empty("add", "Snow?", "40%", "--by", "2026-06-10T06:00:00Z", "--key", "snow", clock="2026-05-30T12:00:00Z")
    empty("rules", "--stale", "off", clock="2026-05-30T12:00:00Z")
    return empty


def size(quick: Quick) -> int:
    return int(quick("journal", "--limit", 1, "--json").json()["size"])


def test_what_is_due_is_said_once(due: Quick) -> None:
    answer = due("remind")
    assert answer.text == "1 question due\nDue (1)\n  rain: Rain? – due since 1 June 2026\n"
    assert answer.err == ""
    assert due("remind").text == "nothing to say\n"
    assert due("remind", "--quiet").out == b""
    assert due("remind", clock=NEXT_DAY).text.endswith("due since 1 June 2026 (said 1 time before)\n")


def test_json_for_scripts(due: Quick) -> None:
    item = {
        "why": "due", "question": 1, "key": "rain", "title": "Rain?", "at": "2026-06-01T06:00:00Z", "zone": "UTC",
        "repeat": 0, "also": [],
    }  # fmt: skip
    rehearsed = due("remind", "--dry-run", "--json").json()
    assert rehearsed["next"] == "2026-06-01T06:00:00Z"
    told = due("remind", "--json").json()
    assert told["channels"] == rehearsed["channels"]
    [channel] = told["channels"]
    assert (channel["channel"], channel["failure"]) == ("terminal", None)
    assert (channel["message"]["title"], channel["message"]["items"]) == ("1 question due", [item])
    assert due("remind", "--json").json() == {
        "channels": [{"channel": "terminal", "message": None, "failure": None}], "next": None,
    }  # fmt: skip
    assert due("remind", "--json", "--quiet").out == b""
    assert due("remind", "--dry-run", "--json").json()["next"] == "2026-06-02T00:00:00Z"


def test_a_rehearsal_and_a_test_record_nothing(due: Quick) -> None:
    before = size(due)
    assert "1 question due\nDue (1)" in due("remind", "--dry-run").text
    assert due("remind", "--test").text.startswith("Forecast Ledger: a test\nThis is a test")
    assert size(due) == before
    due("remind")
    assert due("remind", "--dry-run").text == "nothing to say; next at 2026-06-02T00:00:00Z\n"
    assert due("remind", "--dry-run", "--quiet").out == b""


def test_what_a_timer_prints_into_its_log_is_not_said_in_the_terminal(due: Quick) -> None:
    told = due("remind", "--log", "--json").json()
    assert [one["channel"] for one in told["channels"]] == ["log"]
    assert due("remind", "--quiet", "--log").out == b""
    assert due("remind").text.startswith("1 question due"), "nobody has seen it in a terminal yet"
    assert due("remind").text == "nothing to say\n"
    assert due("remind", "--log", clock=NEXT_DAY).text.endswith("(said 1 time before)\n")


def test_an_unknown_channel_is_one_clear_line(due: Quick) -> None:
    answer = due("remind", "--channel", "terminla", status=1)
    assert answer.err == "forecast: --channel 'terminla' is not set up; did you mean 'terminal'?\n"
    assert due("remind", "--channel", "terminal").text.startswith("1 question due")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["rules", "--zone", "Mars/Base"], "'Mars/Base' is not a time zone"),
        (["rules", "--weekly", "mon@25:00"], "--weekly 'mon@25:00': there is no such time of day; the last is 23:59"),
        (["again", "snow", "--on", "2026-07-01 25:00"], "2026-07-01 25:00"),
        (["again", "snow", "--on", "2026-07-01", "--zone", "Mars/Base"], "'Mars/Base' is not a time zone"),
        (["again", "snow", "--on", "2020-07-01"], "has passed"),
        (["again", "ran", "--on", "2026-07-01"], "rain"),
    ],
)
def test_bad_input_is_one_clear_line(due: Quick, command: list[str], said: str) -> None:
    before = size(due)
    answer = due(*command, status=1)
    [line] = answer.err.splitlines()
    assert line.startswith("forecast: ")
    assert said in line
    assert size(due) == before


def test_a_day_to_look_again(due: Quick) -> None:
    told = due("again", "snow", "--on", "2026-06-05", "--zone", "Europe/Kyiv", "--reason", "the new data")
    entry = size(due)
    when = "5 June 2026, 00:00:00 in Europe/Kyiv (2026-06-04T21:00:00Z)"
    assert told.text == f"snow: to look at again from {when} (entry {entry})\n"
    shown = due("show", "snow")
    assert f"to look at again\n{entry:>6}  {when}  recorded 2026-06-01T12:00:00Z  stands  the new data\n" in shown.text
    [day] = due("show", "snow", "--json").json()["look_again"]
    assert day == {
        "entry": entry, "recorded_at": "2026-06-01T12:00:00Z", "at": "2026-06-04T21:00:00Z", "takes_back": None,
        "zone": "Europe/Kyiv", "reason": "the new data", "stands": True, "redacted": False,
    }  # fmt: skip
    later = "2026-06-05T12:00:00Z"
    assert "snow: Snow? – to look at again since 4 June 2026" in due("remind", clock=later).text
    [listed] = due("due", "--json", clock=later).json()["look_again"]
    assert listed == {"number": 2, "key": "snow", "title": "Snow?", "zone": "Europe/Kyiv", "at": "2026-06-04T21:00:00Z"}
    assert "To look at again (1)" in due("due", clock=later).text
    due("again", "snow", "--off", "--reason", "not needed", clock=later)
    assert f"the day of entry {entry} taken back" in due("show", "snow").text
    assert due("due", "--json", clock=later).json()["look_again"] == []
    assert "name the day with --on" in due("again", "snow", status=2).err


def test_the_rules_are_shown_and_changed(due: Quick) -> None:
    lines = due("rules").text.splitlines()
    assert lines == [
        "no forecast is stale",
        "repeated after 1, 3, 7, 14, 30 days, then every 30",
        "no weekly review",
        "in UTC",
    ]
    told = due("rules", "--weekly", "mon@09:00", "--zone", "Europe/Berlin", "--json").json()
    assert (told["weekly"], told["zone"], told["next_weekly"]) == ("mon@09:00", "Europe/Berlin", "2026-06-08T07:00:00Z")
    assert told["entry"] == size(due)
    answer = due("remind", clock="2026-06-08T07:00:00Z")
    assert answer.text.splitlines()[0] == "Weekly review: 1 due, 1 closing"
    assert "  snow: Snow? – closes on 10 June 2026" in answer.text


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_loses_nothing(due: Quick, forecast: Process) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [*COMMAND, "remind"], env=forecast.environment(), stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "terminal: standard output took no message (No space left on device)\n"
    assert due("remind").text.startswith("1 question due")


def test_a_ledger_that_cannot_grow_says_nothing(due: Quick, forecast: Process) -> None:
    """A limit of the process stands for a full disk."""
    limit = due.ledger.stat().st_size + 1000

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [*COMMAND, "remind"], env=forecast.environment(), capture_output=True, preexec_fn=limited, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert line.startswith(f"forecast: {due.ledger}: there is no room to record what is said (File too large)")
    assert due("remind").text.startswith("1 question due")


@pytest.mark.parametrize("reader", ["gone", pytest.param("asleep", marks=pytest.mark.slow)])
def test_a_reader_that_does_not_read_loses_nothing(due: Quick, forecast: Process, reader: str) -> None:
    """One that sleeps is given up after the time limit, as the writers' lock is held meanwhile."""
    ends, writer = os.pipe()
    if reader == "gone":
        os.close(ends)
    else:
        os.set_blocking(writer, False)
        while True:
            try:
                os.write(writer, bytes(512))
            except BlockingIOError:
                break
        os.set_blocking(writer, True)
    done = subprocess.run(
        [*COMMAND, "remind"], env=forecast.environment(), stdout=writer, stderr=subprocess.PIPE, timeout=120
    )
    assert done.returncode == 1
    why = "Broken pipe" if reader == "gone" else "nobody read it within 10 seconds"
    assert done.stderr.decode() == f"terminal: standard output took no message ({why})\n"
    assert due("remind").text.startswith("1 question due")
    os.close(writer)
