"""What a path being typed may become: the names in its folder that begin as it does."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MOST = 200
"""So many names are offered; of more the first ones, and how many there are."""
_LOOKS = 1000
"""Names between two askings whether anybody still waits."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A path as it would be typed on, raw; a folder ends in a slash."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Completions:
    """What ``typed`` may become, and how many more than these there are."""

    typed: str
    candidates: list[Candidate]
    more: int = 0
    problem: str | None = None
    """Why there are none."""


def expanded(typed: str) -> Path:
    """The file that ``typed`` names, ``~`` read as the home; absolute, so that no name is taken for an option."""
    return Path(os.path.abspath(os.path.expanduser(typed)))  # noqa: PTH100, PTH111 - resolve() would follow links


def completions(typed: str, cancelled: Callable[[], bool] = lambda: False) -> Completions:
    """What ``typed`` may become, folders first; hidden names only where its last part begins with a dot."""
    if typed == "~":
        return Completions(typed, [Candidate("~/", "~/")])
    head, slash, stem = typed.rpartition("/")
    try:
        found = _names(expanded(head + slash) if head or slash else Path(), stem, cancelled)
    except (OSError, ValueError) as problem:  # a null byte is a ValueError
        said = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no such folder"
        return Completions(typed, [], problem=said.lower())
    found.sort(key=lambda one: (not one.endswith("/"), one.casefold(), one))
    return Completions(typed, [Candidate(head + slash + one, one) for one in found[:MOST]], max(0, len(found) - MOST))


def _names(folder: Path, stem: str, cancelled: Callable[[], bool]) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for at, entry in enumerate(entries):
            if at % _LOOKS == 0 and cancelled():
                break
            if entry.name.startswith(stem) and (stem.startswith(".") or not entry.name.startswith(".")):
                found.append(entry.name + "/" if _is_folder(entry) else entry.name)
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
