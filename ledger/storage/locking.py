"""One writer at a time: a lock on a side file, whose queue the kernel keeps nearly fair.

SQLite's own waiting is neither fair nor patient, so writers stand in this queue first. The side file says who
writes, for the message to those who wait.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import StoreError

TELL_AFTER = 1.0
"""Seconds of waiting before the user is told for what."""

GIVE_UP_AFTER = 600.0


def _ignore(_: str) -> None:
    """Tell nobody."""


@contextmanager
def writer_lock(ledger: Path, purpose: str, tell: Callable[[str], None] = _ignore) -> Iterator[None]:
    """Hold the writers' lock of ``ledger`` inside the block; ``purpose`` is told to those who wait."""
    side = ledger.with_name(ledger.name + ".lock")
    try:
        handle = os.open(side, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise StoreError(
            f"{ledger}: the ledger is read-only here ({problem.strerror}); nothing was written; check owner and mode"
        ) from problem
    try:
        _take(handle, ledger, tell)
        _sign(handle, purpose)
        yield
    finally:
        os.close(handle)


def _take(handle: int, ledger: Path, tell: Callable[[str], None]) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - where there is no flock, SQLite's own lock is the only queue
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _wait(handle, ledger, tell)


def _wait(handle: int, ledger: Path, tell: Callable[[str], None]) -> None:
    import fcntl

    started, told = time.monotonic(), False
    while (waited := time.monotonic() - started) < GIVE_UP_AFTER:
        if waited > TELL_AFTER and not told:
            tell(f"waiting for another command that writes: {os.pread(handle, 200, 0).decode(errors='replace')}")
            told = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.002 if waited < TELL_AFTER else 0.05)
        else:
            return
    raise StoreError(f"{ledger}: another command has been writing for {GIVE_UP_AFTER:.0f} seconds; try again later")


def _sign(handle: int, purpose: str) -> None:
    """Leave a note of who writes; a disk too full for it stops nobody."""
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{purpose} (process {os.getpid()})".encode(), 0)
    except OSError:
        return
