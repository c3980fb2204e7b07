"""What a ledger's file rests on: settings that survive a power cut, modes that keep others out."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from running import COMMAND, Process, Quick

from ledger.storage import sqlite
from ledger.storage.engine import writing
from ledger.storage.sqlite import has_sound_wal


def test_a_writing_connection_loses_nothing_in_a_power_cut(empty: Quick) -> None:
    """Only WAL with FULL (2) and DELETE with EXTRA (3) lose no acknowledged commit."""
    with writing(empty.ledger) as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    safe = (
        {"journal_mode": "wal", "synchronous": 2} if has_sound_wal() else {"journal_mode": "delete", "synchronous": 3}
    )
    assert settings == safe | {"foreign_keys": 1, "recursive_triggers": 1}


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 0), True),
    ],
)  # fmt: skip
def test_wal_is_used_only_where_its_reset_is_sound(version: tuple[int, ...], sound: bool) -> None:
    assert has_sound_wal(version) is sound


@pytest.mark.parametrize("sound", [False, True])
def test_a_ledger_of_either_journal_mode_is_read_and_written(
    article: Quick, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that a newer SQLite left in WAL is taken back to DELETE by an older one, and the other way round."""
    for now in (sound, not sound, sound):
        monkeypatch.setattr(sqlite, "has_sound_wal", lambda now=now: now)
        article("update", "1", "50%")
        connection = sqlite3.connect(article.ledger)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal" if now else "delete",)
        connection.close()
        article("verify")


@pytest.mark.parametrize("mask", ["000", pytest.param("022", marks=pytest.mark.slow)])
def test_every_file_is_the_users_own(forecast: Process, tmp_path: Path, mask: str) -> None:
    told = " && ".join(
        f'"$@" {command}'
        for command in (
            "init --seed korybko-2024-11-11", "resolve 1 no", f"export -o {tmp_path / 'out.csv'}",
            f"export -o {tmp_path / 'out.jsonl.gz'}", "verify",
        )
    )  # fmt: skip
    nested = {"FORECAST_LEDGER": "", "XDG_DATA_HOME": str(tmp_path / "data")}
    script = f"umask {mask}; {told}"
    command = ["sh", "-c", script, "sh", *COMMAND]
    subprocess.run(command, env=forecast.environment(**nested), check=True, capture_output=True)
    ledger = tmp_path / "data" / "forecast-ledger" / "ledger.db"
    made = [*ledger.parent.iterdir(), tmp_path / "out.csv", tmp_path / "out.jsonl.gz"]
    assert {path.name for path in made} == {"ledger.db", "ledger.db.lock", "out.csv", "out.jsonl.gz"}
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in made} == {path.name: "0o600" for path in made}
    assert ledger.parent.stat().st_mode & 0o777 == 0o700


def test_what_a_writer_leaves_when_killed_is_the_users_own(empty: Quick, forecast: Process, tmp_path: Path) -> None:
    """The side files of a transaction (a rollback journal, a WAL and its index) hold the same words."""
    file = tmp_path / "in.csv"
    header = "question_id,title,forecaster,probability,forecast_at,deadline,outcome\n"
    rows = (f"q{n},Is it {n}?,ann,0.5,2024-01-01T00:00:00Z,2024-12-31T00:00:00Z,1\n" for n in range(20_000))
    file.write_text(header + "".join(rows))
    file.chmod(0o600)
    command = [*COMMAND, "import", str(file)]
    with subprocess.Popen(command, env=forecast.environment(), umask=0, stderr=subprocess.DEVNULL) as running:
        side: set[Path] = set()
        while running.poll() is None and not side:
            side = set(empty.ledger.parent.glob("ledger.db-*"))
            time.sleep(0.005)
        os.kill(running.pid, signal.SIGKILL)
    assert side, "the import ended before it could be watched"
    assert [path for path in tmp_path.iterdir() if path.is_file() and path.stat().st_mode & 0o077] == []
    assert empty("journal", "--limit", 1, "--json").json()["size"] == 0
    empty("verify")
