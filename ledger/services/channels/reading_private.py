"""A TOML file that holds secrets: read only if nobody else can read or change it, with no word of it in a message."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

LARGEST = 262_144
"""Bytes."""


def private_toml(path: Path) -> dict[str, object] | str:
    """The file's tables, or the line that says why it is not read; no file is an empty one."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        return {}
    except OSError as problem:
        return f"it cannot be read ({problem.strerror})"
    with os.fdopen(handle, "rb") as file:
        return _open_to_others(os.fstat(handle), path) or _parsed(file.read(LARGEST + 1))


def _open_to_others(found: os.stat_result, path: Path) -> str | None:
    """What is wrong with the file as such; modes and owners mean nothing on Windows."""
    if not stat.S_ISREG(found.st_mode):
        return "it is no file"
    if os.name == "nt":
        return None
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        return f"it holds secrets, and others can read or change it (mode {mode:04o}); run: chmod 600 {path}"
    return (
        None if found.st_uid in {os.geteuid(), 0} else "it holds secrets, and belongs to somebody else; it is not read"
    )


def _parsed(content: bytes) -> dict[str, object] | str:
    import tomllib

    if len(content) > LARGEST:
        return f"it has more than {LARGEST:,} bytes, too many for a list of channels"
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return "it is not written in UTF-8"
    except ValueError as problem:  # its own words may quote the file
        place = re.search(r"at line (\d+), column (\d+)", str(problem))
    except RecursionError:
        place = None
    where = f" at line {place[1]}, column {place[2]}" if place else ""
    return f'it is no TOML{where}; a channel is a line under [channels] such as: mail = "mailtos://…"'
