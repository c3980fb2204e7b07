"""A program on a pseudo-terminal: keys in, bytes out, and the CPU time that it took so far."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class Terminal:
    """One process with a terminal of its own of ``columns`` by ``lines``."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
        cwd: Path | None = None,
    ) -> None:
        """Start it."""
        self.output = b""
        self.pid, self.handle = pty.fork()
        if not self.pid:
            if cwd is not None:
                os.chdir(cwd)
            os.execvpe(command[0], list(command), {"TERM": "xterm-256color", "COLORTERM": "truecolor", **env})
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, whatever it is doing."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        os.close(self.handle)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.handle, keys.encode())

    def read(self, seconds: float) -> bytes:
        """What comes within ``seconds``; empty at the end of the program."""
        if not select.select([self.handle], [], [], seconds)[0]:
            return b""
        with suppress(OSError):
            chunk = os.read(self.handle, 65_536)
            self.output += chunk
            return chunk
        return b""

    def until(self, marker: str, *, after: int = 0, seconds: float = 60) -> int:
        """Read until ``marker`` is there, beyond ``after`` bytes of output; where the output then ends."""
        end = time.monotonic() + seconds
        while marker.encode() not in self.output[after:]:
            assert time.monotonic() < end, f"{marker!r} never came; the last was {self.output[-400:]!r}"
            self.read(0.02)
        return len(self.output)

    def quiet(self, seconds: float = 0.3, most: float = 20) -> int:
        """Read until nothing has come for ``seconds``; where the output then ends."""
        end, last = time.monotonic() + most, time.monotonic()
        while time.monotonic() < end and time.monotonic() - last < seconds:
            if self.read(0.02):
                last = time.monotonic()
        return len(self.output)

    def cpu(self) -> float:
        """CPU seconds of all its threads that are alive, as the scheduler counts them."""
        spent = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    def ended(self, seconds: float = 20) -> int:
        """Wait for its end; the exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.05)
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("the program did not end")
