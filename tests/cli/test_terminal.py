"""On a real terminal (a pseudo one): its width is kept, its colours are ours, and nothing of a text acts on it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest
from running import COMMAND, Process, Quick

from ledger.domain.text import display_width

COLOURS = re.compile(r"\x1b\[[0-9]{1,2}m")


def on_terminal(forecast: Process, *arguments: str, columns: int = 80, **extra: str) -> str:
    """What a terminal is sent on both streams."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = forecast.environment(**{"TERM": "xterm", **extra})
    with subprocess.Popen([*COMMAND, *arguments], env=environment, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said = b"".join(iter(lambda: _read(ours), b""))
        assert process.wait(60) == 0, said.decode()
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


def _read(ours: int) -> bytes:
    try:
        return os.read(ours, 65_536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize("columns", [80, 132])
def test_a_list_fits_and_is_coloured(columns: int, article: Quick, forecast: Process) -> None:
    said = on_terminal(forecast, "list", columns=columns)
    assert "\x1b[33m" in said
    lines = COLOURS.sub("", said).splitlines()
    assert len(lines) == 22
    assert max(map(display_width, lines)) <= columns
    assert sum("…" in line for line in lines) >= 15
    for command in (["due"], ["show", "3"], []):
        plain = COLOURS.sub("", on_terminal(forecast, *command, columns=columns)).splitlines()
        tables = [line for line in plain if not line.startswith(("source", "deadline", "opened", "ledger"))]
        assert max(map(display_width, tables)) <= columns


def test_colours_can_be_declined(article: Quick, forecast: Process) -> None:
    for arguments, extra in ((["list", "--no-color"], {}), (["list"], {"NO_COLOR": "1"}), (["list"], {"TERM": "dumb"})):
        assert "\x1b" not in on_terminal(forecast, *arguments, **extra)


def test_no_text_acts_on_the_terminal(empty: Quick, forecast: Process, tmp_path: Path) -> None:
    attack = "\x1b]52;c;cm0=\x07\x9b2J\u202ex\x1b[31m"
    empty(
        "add", f"Is {attack} it?", "40%", "--by", "2026-06-10", "--criteria", attack, "--tag", attack.replace(";", ",")
    )
    for command in (["list"], ["show", "1"], ["due", "--within", "30d"], ["journal"], ["export"]):
        said = COLOURS.sub("", on_terminal(forecast, *command))
        assert "␛" in said or "\\u001b" in said
        assert not set(said) & set("\x07\x9b\u202e"), command
        assert "\x1b" not in said or command == ["export"], command  # which has a bar, drawn by our own sequences
        assert "\x1b]" not in said


def test_an_import_shows_a_bar_of_our_own_words(empty: Quick, forecast: Process, tmp_path: Path) -> None:
    file = tmp_path / "\u202eevil.csv"
    file.write_text(
        "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags\n"
        "q,Will it?,Ann,0.5,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,2026-12-31T00:00:00Z,,,\n"
    )
    said = on_terminal(forecast, "import", str(file))
    assert "importing" in said
    assert "added 1 question and 1 statement" in said
    assert "\u202e" not in said
