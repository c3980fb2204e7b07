"""How a run ends when something fails that is nobody's mistake: a reader that leaves, a full disk, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from running import COMMAND, Process, Quick

from ledger.cli import listing
from ledger.errors import DamageError, RefusedError

FULL = Path("/dev/full")


def raising(problem: BaseException) -> object:
    def command(*_: object, **__: object) -> None:
        raise problem

    return command


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (RefusedError("no \x1b[31m"), 1, "forecast: no ␛[31m\n"),
        (DamageError("bad"), 3, "forecast: bad\n"),
        (KeyboardInterrupt(), 130, "forecast: cancelled; nothing was written\n"),
        (PermissionError(13, "Permission denied", "/a\x07b"), 1, "forecast: /a␇b: Permission denied\n"),
        (
            OSError(28, "No space left on device"),
            1,
            "forecast: the output could not be written: No space left on device\n",
        ),
    ],
)
def test_a_failure_is_one_line_and_a_status(
    problem: BaseException, status: int, said: str, quick: Quick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing.command_line, "callback", raising(problem))
    answer = quick("list", status=status)
    assert answer.err.lstrip("\n") == said
    assert answer.out == b""


def test_a_bug_is_not_hidden(quick: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing.command_line, "callback", raising(ZeroDivisionError("a bug")))
    with pytest.raises(ZeroDivisionError):
        quick("list")


def test_cancelled_after_the_record_says_so(article: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ledger.cli.output.say", interrupted)
    answer = article("void", "1", "--reason", "r", status=130)
    assert "cancelled; what was recorded is kept" in answer.err
    monkeypatch.undo()
    assert article("show", "1", "--json").json()["status"] == "void"


def run(forecast: Process, *arguments: str, **extra: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], env=forecast.environment(), timeout=60, **extra)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not FULL.exists(), reason="/dev/full is absent")
def test_an_output_that_cannot_be_written_is_one_line(article: Quick, forecast: Process) -> None:
    for command in (["list"], ["journal", "--json"], ["export"], ["--help"]):
        with FULL.open("wb") as full:
            done = run(forecast, *command, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1
        last = done.stderr.decode().splitlines()[-1]
        assert last == "forecast: the output could not be written: No space left on device"
        assert b"Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_failure_to_tell(article: Quick, forecast: Process) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    for command in (["list"], ["journal"], ["export"], ["show", "1", "--json"]):
        done = run(forecast, *command, stdout=writer, stderr=subprocess.PIPE)
        assert not any(word in done.stderr for word in (b"Broken", b"Traceback", b"Exception ignored", b"forecast:"))
    os.close(writer)


def test_a_closed_output_is_no_failure(article: Quick, forecast: Process) -> None:
    told = 'exec "$@" >&-'
    done = subprocess.run(
        ["/bin/sh", "-c", told, "sh", *COMMAND, "list"], env=forecast.environment(), capture_output=True, timeout=60
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_a_terminal_without_the_letters_gets_escapes(article: Quick, forecast: Process) -> None:
    answer = forecast("list", PYTHONIOENCODING="ascii")
    assert rb"37.5 % (25\u201350)" in answer.out


def test_ctrl_c_while_waiting_for_another_writer(article: Quick, forecast: Process) -> None:
    from ledger.storage.locking import writer_lock

    with writer_lock(article.ledger, "a long import", lambda _: None):
        waiting = subprocess.Popen(
            [*COMMAND, "void", "1", "--reason", "r"], env=forecast.environment(), stderr=subprocess.PIPE
        )
        assert waiting.stderr is not None
        assert b"a long import" in waiting.stderr.readline()
        time.sleep(0.2)
        waiting.send_signal(signal.SIGINT)
        _, rest = waiting.communicate(timeout=30)
    assert waiting.returncode == 130
    assert rest.decode().strip() == "forecast: cancelled; nothing was written"
    assert article("show", "1", "--json").json()["status"] == "due"
