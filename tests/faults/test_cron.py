"""The real cron runs the reminder at its minute, and the message arrives by mail and at a webhook."""

from __future__ import annotations

import email.policy
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from running import Process, Surroundings

CRON = Path("/usr/sbin/cron")
PID = Path("/run/crond.pid")
PATIENCE = 80
"""Seconds: the next minute, and what starting a program takes on a loaded machine."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CRON.exists() or os.getuid() != 0, reason="/usr/sbin/cron is absent, or this is not root"),
]


@pytest.fixture
def crontab() -> Iterator[Callable[[], str]]:
    """What root's crontab says; it is as it was in the end."""

    def read() -> str:
        return subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout

    before = read()
    yield read
    if before:
        subprocess.run(["crontab", "-"], input=before, text=True, check=True)
    else:
        subprocess.run(["crontab", "-r"], capture_output=True)


@pytest.fixture
def daemon(crontab: Callable[[], str]) -> Iterator[None]:
    """A cron that runs, ended with the test unless it was there before."""
    del crontab
    if PID.exists() and Path(f"/proc/{PID.read_text().strip() or 'none'}").exists():
        yield
        return
    PID.unlink(missing_ok=True)
    running = subprocess.Popen([CRON, "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.kill()
        running.wait(10)
        PID.unlink(missing_ok=True)


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    """A mail server and a webhook on this machine."""
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "channels")
    from channel_servers import http_server, mail_server

    with mail_server() as mail, http_server() as hook:
        yield mail, hook


def user_of(folder: Path, servers: tuple[Any, Any]) -> Process:
    """Somebody whose paths are hard to write, whose reminders go by mail and to a webhook."""
    mail, hook = servers
    home = folder / 'it\'s 100% \\a "home"'
    home.mkdir(parents=True)
    reminders = home / "reminders.toml"
    reminders.write_text(
        'allow = ["127.0.0.1"]\n[channels]\nterminal = false\n'
        f'mail = "mailto://127.0.0.1:{mail.port}?from=ledger@example.org&to=me@example.org"\n'
        f'hook = "webhook+http://127.0.0.1:{hook.port}/here"\n'
    )
    reminders.chmod(0o600)
    config = {"FORECAST_CONFIG": str(home / "config.toml")}
    return Process(Surroundings(home, home / "my ledger.db", extra=config))


def due_question(user: Process, key: str) -> None:
    """A ledger with one question whose deadline passed a minute ago."""
    now = datetime.now(UTC)
    early, by = ((now - timedelta(minutes=ago)).strftime("%Y-%m-%dT%H:%M:%SZ") for ago in (5, 1))
    user("init", clock=early)
    user("add", f"Does {key} come?", "60%", "--by", by, "--key", key, clock=early)


def announced(user: Process) -> list[dict[str, Any]]:
    lines = user("export", "--format", "jsonl", clock=real_now()).text.splitlines()
    return [line for line in lines if '"announced"' in line]


def real_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_cron_sends_what_is_due_in_its_own_zone_and_in_another(
    tmp_path: Path, servers: tuple[Any, Any], crontab: Callable[[], str], daemon: None
) -> None:
    theirs = crontab() + "# somebody's own line, 100%\n59 23 31 12 * /bin/true # once a year\n"
    subprocess.run(["crontab", "-"], input=theirs, text=True, check=True)
    here, elsewhere = (user_of(tmp_path / name, servers) for name in ("here", "elsewhere"))
    due_question(here, "here")
    due_question(elsewhere, "elsewhere")
    run = datetime.now().astimezone() + timedelta(seconds=75 if datetime.now(UTC).second > 40 else 60)
    india = run.astimezone(UTC) + timedelta(hours=5, minutes=30)
    here("schedule", "install", "--kind", "cron", "--at", f"{run:%H:%M}", "--zone", system_zone(), clock=real_now())
    words = ("--at", f"{india:%H:%M}", "--weekly", f"{india:%a}", "--zone", "Asia/Kolkata")
    elsewhere("schedule", "install", "--kind", "cron", *words, clock=real_now())
    assert crontab().startswith(theirs)
    assert crontab().count(">>> forecast-remind-") == 2
    assert "TZ=Asia/Kolkata" in crontab()
    until = time.monotonic() + PATIENCE
    while not (announced(here) and announced(elsewhere)) and time.monotonic() < until:
        time.sleep(1)
    told = here("schedule", "status", "--json", clock=real_now()).json()
    assert told["last_said"] is not None
    assert told["schedules"][0]["next_run"][11:16] == f"{run.astimezone(UTC):%H:%M}"
    check_arrived(servers, {"here", "elsewhere"})
    for user in (here, elsewhere):
        assert len(announced(user)) == 2  # the mail and the webhook, each once
        user("schedule", "remove")
    assert crontab() == theirs


def system_zone() -> str:
    from ledger.services.schedules.computer import Computer

    return Computer().zone()


def check_arrived(servers: tuple[Any, Any], keys: set[str]) -> None:
    mail, hook = servers
    letters = [BytesParser(EmailMessage, policy=email.policy.default).parsebytes(one.content) for one in mail.envelopes]
    assert len(letters) == len(keys)
    for key in keys:
        assert sum(f"Does {key} come?" in letter.get_content() for letter in letters) == 1
        assert sum(f"Does {key} come?".encode() in request for request in hook.requests) == 1
