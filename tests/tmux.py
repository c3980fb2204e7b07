"""The real program in a real tmux, driven as a person would: keys in, the visible screen out."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest


class Tmux:
    """A tmux server of its own with one window of ``columns`` by ``lines``, in which ``command`` runs."""

    def __init__(self, command: str, env: Mapping[str, str], folder: Path, columns: int = 80, lines: int = 24) -> None:
        """Start it; the test is skipped by name where there is no tmux."""
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed")
        self.keys = 0
        self._socket = str(folder / "tmux.socket")
        told = [f"{name}={value}" for name, value in env.items()]
        self._run("new-session", "-d", "-x", str(columns), "-y", str(lines), "env", *told, *command.split())

    def _run(self, *arguments: str) -> str:
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {"TERM": "xterm-256color"}
        done = subprocess.run(
            ["tmux", "-u", "-f", "/dev/null", "-S", self._socket, *arguments],
            capture_output=True, text=True, check=True, env=plain | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        return done.stdout

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names (``Enter``, ``Escape``, ``n``)."""
        for key in keys:
            self.keys += 1
            self._run("send-keys", key)

    def glance(self) -> None:
        """Look at a card as long as a person must: keys that come sooner settle nothing."""
        time.sleep(0.6)

    def type(self, text: str) -> None:
        """Type a text."""
        self.keys += len(text)
        self._run("send-keys", "-l", text)

    def screen(self) -> str:
        """What is visible."""
        return self._run("capture-pane", "-p")

    def until(self, *wanted: str, seconds: float = 60) -> str:
        """Wait until all of ``wanted`` are visible; the screen."""
        end = time.monotonic() + seconds
        while True:
            screen = self.screen()
            if all(one in screen for one in wanted):
                return screen
            assert time.monotonic() < end, f"{wanted} never came:\n{screen}"
            time.sleep(0.05)
