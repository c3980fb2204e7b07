"""Whether the disk has room for what is about to be recorded, asked before something is done that cannot be undone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ledger.errors import StoreError

_BLOCK = bytes(65_536)


def refuse_full(path: Path, octets: int) -> None:
    """Raise ``StoreError`` where the folder of ``path`` has no room for so many bytes, by writing and deleting them.

    Only who holds the writers' lock asks.
    """
    probe = path.with_name(f".{path.name}.room")
    try:
        probe.unlink(missing_ok=True)  # of one that was killed
        handle = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _fill(handle, octets)
        finally:
            os.close(handle)
            with suppress(OSError):
                probe.unlink()
    except OSError as problem:
        raise StoreError(
            f"{path}: there is no room to record what is said ({problem.strerror}); nothing was said; free some space"
        ) from problem


def _fill(handle: int, octets: int) -> None:
    while octets > 0:
        octets -= os.write(handle, _BLOCK[:octets])
