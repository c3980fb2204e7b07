"""Many writers at once: nothing is lost, nothing doubled, and nobody is shown a lock."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter

import pytest
from running import Quick
from test_kill import WORKER, entries, recorded

WRITERS = 6
ROUNDS = 12


@pytest.mark.slow
def test_no_update_is_lost_and_no_lock_is_shown(empty: Quick) -> None:
    told = (str(empty.around.home), str(empty.ledger))
    running = [
        subprocess.Popen(
            [sys.executable, WORKER, "write", *told, f"w{writer}", str(ROUNDS)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for writer in range(WRITERS)
    ]  # fmt: skip
    finished, sizes = threading.Event(), list[int]()
    watching = threading.Thread(target=_watch, args=(empty, finished, sizes))
    watching.start()
    answers = [one.communicate(timeout=600) for one in running]
    finished.set()
    watching.join()

    assert [(one.returncode, err) for one, (_, err) in zip(running, answers, strict=True)] == [(0, b"")] * WRITERS
    acknowledged = [told for out, _ in answers for told in json.loads(out)]
    assert len(acknowledged) == len(set(acknowledged)) == 3 * WRITERS * ROUNDS
    assert recorded(empty) == set(acknowledged)
    assert sizes == sorted(sizes)
    kinds = Counter(entry["kind"] for entry in entries(empty))
    assert kinds == {
        "question": WRITERS * ROUNDS, "forecast": 2 * WRITERS * ROUNDS, "resolve": WRITERS * ROUNDS, "forecaster": 2,
    }  # fmt: skip
    empty("verify")


def _watch(quick: Quick, finished: threading.Event, sizes: list[int]) -> None:
    """Read all the while, as a screen would."""
    from ledger.services.opening import opened
    from ledger.storage.location import Location

    while not finished.wait(0.05):
        with opened(Location(quick.ledger)) as book:
            sizes.append(book.last_entry)


def test_who_waits_is_told_for_what(empty: Quick) -> None:
    """A writer that holds the queue for longer than a second is named to those who wait."""
    from ledger.storage.locking import writer_lock

    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(empty.ledger, "import of big.csv"):
            held.set()
            done.wait(1.5)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    answer = empty("add", "Will it rain?", "50%", "--by", "2027-01-01")
    holder.join()
    assert "waiting for another command that writes: import of big.csv" in answer.err
    assert len(entries(empty)) == 3
