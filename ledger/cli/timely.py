"""Printing that gives up on a reader who does not read, for a command that holds the writers' lock meanwhile."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from select import select

_PIECE = 512
"""Bytes that a pipe with room takes at once without blocking (POSIX)."""


class _Gathered(StringIO):
    def __init__(self, colour: bool) -> None:
        super().__init__()
        self._colour = colour

    def isatty(self) -> bool:
        """Whether what is gathered is for a terminal."""
        return self._colour


@contextmanager
def printed_within(seconds: float) -> Iterator[None]:
    """Gather what the block prints, then write it within so many seconds; raises ``OSError`` where that fails."""
    stream = sys.stdout
    if stream is None:  # closed by whoever started us
        raise OSError(errno.EBADF, "it is closed")
    gathered = _Gathered(stream.isatty())
    with redirect_stdout(gathered):
        yield
    _write(gathered.getvalue(), seconds)


def _write(text: str, seconds: float) -> None:
    stream = sys.stdout
    stream.flush()
    try:
        handle = -1 if sys.platform == "win32" else stream.fileno()
    except (OSError, ValueError):  # no file, as in a test
        handle = -1
    if handle < 0:
        stream.write(text)
        stream.flush()
        return
    octets = text.encode(stream.encoding, stream.errors or "strict")
    until = time.monotonic() + seconds
    while octets:
        _, ready, _ = select([], [handle], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise OSError(errno.ETIMEDOUT, f"nobody read it within {seconds:.0f} seconds")
        octets = octets[os.write(handle, octets[:_PIECE]) :]
