"""``forecast watch`` as a process: what it says, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from running import COMMAND, Process, Quick

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def soon(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def watching(forecast: Process, *words: str, **extra: str) -> Iterator[subprocess.Popen[str]]:
    """A watch by the real clock, once it has said that it watches."""
    environment = forecast.environment(**extra)
    del environment["FORECAST_CLOCK"]
    running = subprocess.Popen(
        [*COMMAND, "watch", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stderr
        running.first = running.stderr.readline()  # type: ignore[attr-defined]
        yield running
    finally:
        running.kill()
        running.communicate()


def ended(running: subprocess.Popen[str], number: int) -> tuple[str, str, float]:
    """What it still said, and the seconds that it took to end with status 0."""
    begin = time.monotonic()
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    took = time.monotonic() - begin
    assert running.returncode == 0, err
    return out, err, took


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_at_once_with_one_line(number: signal.Signals, empty: Quick, forecast: Process) -> None:
    assert empty.ledger == forecast.ledger
    with watching(forecast) as running:
        assert running.first == f"watching {empty.ledger}: nothing to say as things stand\n"  # type: ignore[attr-defined]
        out, err, took = ended(running, number)
    assert (out, err) == ("", f"stopped ({number.name})\n")
    assert took < 1


def test_it_says_what_becomes_due_while_it_waits(empty: Quick, forecast: Process) -> None:
    empty("rules", "--stale", "off", clock=soon(-90))
    by = soon(8)
    empty("add", "Is it there?", "60%", "--by", by, clock=soon(-60))
    with watching(forecast, "--once") as running:
        assert running.first == f"watching {empty.ledger}: next at {by}\n"  # type: ignore[attr-defined]
        out, err = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "Is it there?" in out
    assert err == ""
    assert datetime.now(UTC) >= datetime.fromisoformat(by)
    assert empty("remind", clock=soon(0)).text == "nothing to say\n"


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_delivery_under_way_keeps_nobody_from_ending_it(
    empty: Quick, forecast: Process, silent: int, tmp_path: Path
) -> None:
    empty("add", "Is it there?", "60%", "--by", soon(-1), clock=soon(-60))
    channels = {
        "FORECAST_CHANNELS": f"hook=webhook+http://127.0.0.1:{silent}/ terminal=off",
        "FORECAST_CHANNELS_ALLOW": "127.0.0.1",
    }
    with watching(forecast, **channels) as running:
        time.sleep(2)
        out, err, took = ended(running, signal.SIGTERM)
    assert (out, err) == ("", "stopped (SIGTERM)\n")
    assert took < 1
    assert '"announced"' not in empty("export", "--format", "jsonl").text


def test_a_failing_channel_is_told_and_once_ends_with_one(empty: Quick, forecast: Process, silent: int) -> None:
    empty("add", "Is it there?", "60%", "--by", soon(-1), clock=soon(-60))
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    channels = {
        "FORECAST_CHANNELS": f"hook=webhook+http://127.0.0.1:{port}/ terminal=off",
        "FORECAST_CHANNELS_ALLOW": "127.0.0.1",
    }
    assert port != silent
    with watching(forecast, "--once", **channels) as running:
        out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert out == ""
    assert err.startswith("hook: ")
    assert err.endswith("; tried again in 1 min\n")
    assert err.count("\n") == 1


@pytest.mark.slow
def test_it_takes_no_time_of_the_processor_while_it_waits(article: Quick, forecast: Process) -> None:
    article("remind", clock=soon(0))
    with watching(forecast, "--at", "09:00") as running:
        time.sleep(3)
        before = processor_seconds(running.pid)
        time.sleep(10)
        assert processor_seconds(running.pid) - before <= 0.05  # 0.5 %
        assert ended(running, signal.SIGTERM)[2] < 1


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--at", "25:00"), "--at '25:00': there is no such time of day; the last is 23:59"),
        (("--weekly", "someday"), "--weekly 'someday': write a weekday, such as mon"),
        (("--at", "09:00", "--zone", "Mars/Base"), "'Mars/Base' is not a time zone"),
        (("--zone", "UTC"), "--zone is of the times that --at and --weekly name: name one, or leave it out"),
        (("--ledger", "/not/there.db"), "there is no ledger at /not/there.db"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    words: tuple[str, ...], told: str, empty: Quick, forecast: Process
) -> None:
    answer = forecast("watch", *words, status=1)
    assert answer.err.startswith(f"forecast: {told}")
    assert answer.err.count("\n") == 1
