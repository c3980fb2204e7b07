"""Reminders as processes that are killed, or run all at once: ``python reminder_worker.py ACT LEDGER SAID …``.

Channels write what they are given as one line to the end of a file, and take their time about it, so that a kill finds
them before, within and after the writing. The answer is JSON on standard output.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NoReturn

from ledger import clock
from ledger.services.channels import Message
from ledger.services.reminding import remind
from ledger.storage.location import Location

BEGIN = datetime(2027, 1, 1, 12, tzinfo=UTC)
CHANNELS = ("mail", "desk")


class Written:
    """A channel into a file, that of others beside it."""

    def __init__(self, name: str, file: int, pause: float) -> None:
        self.name, self._file, self._pause = name, file, pause

    def deliver(self, message: Message) -> None:
        """Write it in one piece, with a pause before and after."""
        line = json.dumps([self.name, message.key, [[one.why, one.question, one.repeat] for one in message.items]])
        time.sleep(self._pause)
        os.write(self._file, f"{line}\n".encode())
        time.sleep(self._pause)


def one_pass(ledger: Path, said: Path, day: int, pause: float) -> list[str]:
    """A reminder on a day; the failures it told of."""
    told: list[str] = []
    file = os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    channels = [Written(name, file, pause) for name in CHANNELS]
    with clock.set_to(BEGIN + timedelta(days=day)):
        list(remind(Location(ledger), channels, told.append))
    os.close(file)
    return told


def child(ledger: Path, said: Path, day: int, pause: float) -> int:
    """A reminder in a process of its own."""
    made = os.fork()
    if not made:
        _run(ledger, said, day, pause)
    return made


def _run(ledger: Path, said: Path, day: int, pause: float) -> NoReturn:
    status = 1
    try:
        failed = [one for one in one_pass(ledger, said, day, pause) if not one.startswith("waiting for")]
        status = 2 if failed else 0
    finally:
        os._exit(status)


def killed(ledger: Path, said: Path, kills: int, seed: int) -> list[int]:
    """A reminder a day, killed at a random moment; after every fifth one is let be. How many lines there were then."""
    random, lengths = Random(seed), []
    started = time.monotonic()
    one_pass(ledger, said, 0, 0.005)
    longest = 1.2 * (time.monotonic() - started) + 0.02
    for day in range(1, kills + 1):
        one = child(ledger, said, day, 0.005)
        time.sleep(random.uniform(0, longest))
        os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
        if day % 5 == 0:
            one_pass(ledger, said, day, 0)
        lengths.append(len(said.read_bytes().splitlines()))
    one_pass(ledger, said, kills + 1, 0)
    return lengths


def together(ledger: Path, said: Path, how_many: int) -> list[int]:
    """As many reminders at once; how each ended."""
    children = [child(ledger, said, 0, 0.01) for _ in range(how_many)]
    return [os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in children]


def main() -> None:
    """Run what is told."""
    act, ledger, said, *rest = sys.argv[1:]
    acts = {"killed": killed, "together": together}
    json.dump(acts[act](Path(ledger), Path(said), *map(int, rest)), sys.stdout)  # type: ignore[operator]


if __name__ == "__main__":
    main()
