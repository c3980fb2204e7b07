"""A process that writes to a ledger and is killed, or runs as another user: ``python worker.py ACT HOME LEDGER …``.

Everything is imported and run once beforehand, so that a killed child dies while it writes, and another user,
who may not read this interpreter's files, needs none of them any more.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from running import Quick, Surroundings

BY = ("--by", "2027-01-01", "--zone", "UTC")


READING = ("list", "show 1", "due", "score --json", "journal", "verify", "doctor", "rebuild")


def warm_up(also: tuple[str, ...] = ()) -> None:
    """Load all that a command may need."""
    with TemporaryDirectory() as folder:
        quick = Quick(Surroundings(Path(folder), Path(folder) / "warm.db"))
        quick("init")
        write(quick, "warm", lambda _: None)
        quick("export", "-o", Path(folder) / "warm.csv")
        quick("import", Path(folder) / "warm.csv")
        for command in also:
            quick(*command.split())
        Path(folder, "text.db").write_text("no ledger")
        quick.on(Path(folder) / "text.db")("list", status=1)


def write(quick: Quick, token: str, acknowledge: object) -> None:
    """Three writes, each acknowledged when its command has ended well."""
    assert callable(acknowledge)
    quick("add", f"Is it {token}?", "60%", *BY, "--key", token, "--forecaster", "ann")
    acknowledge(f"add {token}")
    quick("update", token, "70%", "--reason", token, "--forecaster", "bob")
    acknowledge(f"update {token}")
    quick("resolve", token, "yes", "--known-at", "now", "--note", token)
    acknowledge(f"resolve {token}")


def killed_children(quick: Quick, seed: int, rounds: int, writers: int) -> list[str]:
    """Let ``writers`` children write and kill each at a random moment, ``rounds`` times; what they acknowledged."""
    random, reader, writer = Random(seed), *os.pipe()
    for number in range(rounds):
        children = [_child(quick, f"s{seed}r{number}w{one}", writer) for one in range(writers)]
        for child in children:
            time.sleep(random.uniform(0.005, 0.2))
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as stream:
        return stream.read().splitlines()


def _child(quick: Quick, name: str, writer: int) -> int:
    child = os.fork()
    if not child:
        _write_on(quick, name, writer)
    return child


def _write_on(quick: Quick, name: str, writer: int) -> NoReturn:
    try:
        for number in count():
            write(quick, f"{name}n{number}", lambda told: os.write(writer, f"{told}\n".encode()))
    finally:
        os.write(writer, f"failed {name}\n".encode())
        os._exit(1)


def killed_imports(quick: Quick, seed: int, rounds: int, file: Path) -> list[bool]:
    """Import ``file`` in a child and kill it at a random moment, until one ends: whether each ended well."""
    random, ended = Random(seed), list[bool]()
    started = time.monotonic()
    quick("import", file, "--dry-run")
    longest = 3 * (time.monotonic() - started)
    for _ in range(rounds):
        child = os.fork()
        if not child:
            quick("import", file)
            os._exit(0)
        time.sleep(random.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        ended.append(os.waitpid(child, 0)[1] == 0)
        if ended[-1]:
            break
    return ended


def as_user(quick: Quick, uid: int, commands: list[list[str]]) -> list[tuple[int, str, str]]:
    """Become another user for good, and run commands: their status and what they said."""
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    answers = [quick(*command, status=None) for command in commands]
    return [(answer.status, answer.text, answer.err) for answer in answers]


def main() -> None:
    """Run what is told; the answer is JSON on standard output."""
    act, home, ledger, *rest = sys.argv[1:]
    quick = Quick(Surroundings(Path(home), Path(ledger)))
    warm_up(READING if act == "as-user" else ())
    if act == "write":
        said: list[str] = []
        for number in range(int(rest[1])):
            write(quick, f"{rest[0]}n{number}", said.append)
        json.dump(said, sys.stdout)
    elif act == "kill":
        json.dump(killed_children(quick, *map(int, rest)), sys.stdout)
    elif act == "kill-import":
        json.dump(killed_imports(quick, int(rest[0]), int(rest[1]), Path(rest[2])), sys.stdout)
    elif act == "as-user":
        json.dump(as_user(quick, int(rest[0]), json.loads(rest[1])), sys.stdout)


if __name__ == "__main__":
    main()
